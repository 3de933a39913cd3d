//! A penalty on the desk: on which item it rests, what a fine may be, and what is left to do after it was confirmed.

use app::registry::credit::held::HeldPenalty;
use app::registry::credit::penalty::{FinishPenalty, Footing, RecordPenalty};
use app::registry::credit::sealing::{GiveBackSealed, RecordObeyed, SealDuringStop};
use app::{Error, RequestKey};
use domain::kernel::{Coded, Fen, OrganisationId, Rules};
use domain::registry::credit::fine::{FineRange, range};
use domain::registry::credit::{FineBase, Illegal, PenaltyKind};
use domain::registry::offence::{Fining, Place, listed};
use domain::registry::{Offence, OrganisationKind};

use super::missing;
use crate::i18n::{self, Value};
use crate::shell::{Choice, Form, Shell, Typed, Visit};

/// What is left to do with confirmed penalties: one form for each step.
pub(super) struct After {
    pub step: &'static str,
    /// The field that names the penalty.
    pub which: &'static str,
    /// The field of the day.
    pub day: &'static str,
    pub day_label: String,
    pub title: String,
    pub penalties: Vec<Choice>,
}

/// Reads the form of a penalty.
pub(super) fn record(typed: &mut Typed<'_>, form: &Form, organisation: OrganisationId) -> RecordPenalty {
    let offence = typed.chosen("offence", Offence::OtherLaw, missing("B23"));
    let kind = typed.chosen("kind", PenaltyKind::Warning, missing("B23"));
    let turnover = typed.yuan_or_zero("illegal_turnover");
    let illegal = Illegal { turnover, gains: typed.yuan_or_zero("illegal_gains") };
    let evidence = typed.text("illegal_evidence");
    let base = FineBase::from_code(form.trimmed("fine_base"));
    let (amount, until) = (typed.yuan_or_zero("amount"), typed.date_if_any("until"));
    let (mend_by, replaced) = (typed.date_if_any("mend_by"), typed.text("replaced"));
    let act = RecordPenalty {
        organisation,
        kind,
        amount,
        until,
        document_number: typed.text("document_number"),
        authority: typed.text("authority"),
        imposed_on: typed.date("imposed_on"),
        reason: typed.text("reason"),
        footing: Footing { offence, illegal, base, evidence, mend_by, replaced },
    };
    // A fine has its amount and its article, a suspension its last day, counted from the day on which it was imposed.
    for (field, on) in [
        ("amount", "kind"),
        ("amount", "offence"),
        ("amount", "illegal_turnover"),
        ("amount", "illegal_gains"),
        ("illegal_turnover", "offence"),
        ("illegal_turnover", "amount"),
        ("illegal_evidence", "illegal_turnover"),
        ("illegal_evidence", "illegal_gains"),
        ("fine_base", "illegal_turnover"),
        ("fine_base", "illegal_gains"),
        ("replaced", "offence"),
        ("mend_by", "imposed_on"),
        ("until", "kind"),
        ("until", "imposed_on"),
    ] {
        typed.hangs(field, on);
    }
    act
}

/// One of the steps after a penalty was confirmed.
pub(super) async fn follow(
    visit: &Visit,
    mut typed: Typed<'_>,
    key: &RequestKey,
    step: &str,
) -> Result<(), Error> {
    match step {
        "finish" => {
            let (penalty, on) = (typed.number("finished_penalty", missing("B23")), typed.date("finished_on"));
            typed.ask(visit, key, &FinishPenalty { penalty, on }).await
        }
        "seal" => {
            let (penalty, on) = (typed.number("sealed_penalty", missing("B23")), typed.date("sealed_on"));
            typed.ask(visit, key, &SealDuringStop { penalty, on }).await
        }
        "give-back" => {
            let (penalty, on) =
                (typed.number("returned_penalty", missing("B23")), typed.date("given_back_on"));
            typed.ask(visit, key, &GiveBackSealed { penalty, on }).await
        }
        "obeyed" => {
            let (penalty, on) = (typed.number("obeyed_penalty", missing("B23")), typed.date("obeyed_on"));
            typed.ask(visit, key, &RecordObeyed { penalty, on }).await
        }
        _ => Err(Error::NotFound),
    }
}

/// The steps with their fields: which penalty, and the day.
const STEPS: [(&str, &str, &str); 4] = [
    ("finish", "finished_penalty", "finished_on"),
    ("seal", "sealed_penalty", "sealed_on"),
    ("give-back", "returned_penalty", "given_back_on"),
    ("obeyed", "obeyed_penalty", "obeyed_on"),
];

/// Whether a step is left to do with a penalty.
fn is_left(step: &str, one: &HeldPenalty) -> bool {
    let is_sealable = one.kind == PenaltyKind::Suspension && one.sealed_on.is_none();
    one.state == "confirmed"
        && match step {
            "finish" => one.finished_on.is_none(),
            "seal" => is_sealable,
            "give-back" => one.sealed_on.is_some() && one.given_back_on.is_none(),
            _ => one.has_orders() && one.obeyed_on.is_none(),
        }
}

/// The steps that are open, each with the penalties that it is for.
pub(super) fn afters(shell: &Shell, penalties: &[HeldPenalty], form: &Form) -> Vec<After> {
    let choice = |one: &HeldPenalty, which| {
        Choice::new(one.id.to_string(), one.document_number.clone(), form.trimmed(which))
    };
    let made = STEPS.map(|(step, which, day)| After {
        step,
        which,
        day,
        day_label: shell.t(&format!("credit-{}", day.replace('_', "-"))),
        title: shell.t(&format!("credit-after-{step}")),
        penalties: penalties.iter().filter(|one| is_left(step, one)).map(|one| choice(one, which)).collect(),
    });
    made.into_iter().filter(|one| !one.penalties.is_empty()).collect()
}

/// What an organisation of this kind may be punished for, each with where its regulation has it.
pub(super) fn offences(shell: &Shell, kind: OrganisationKind, current: &str) -> Vec<Choice> {
    let choice = |one: Offence| {
        let cited = one.place(kind).map_or_else(String::new, |place| cited(shell, place));
        Choice::new(one.code(), shell.coded(&one), current).with_hint(cited)
    };
    listed(kind).into_iter().map(choice).collect()
}

/// Whether the regulation of this kind measures fines by a multiple.
pub(super) fn may_fine_by_multiple(kind: OrganisationKind) -> bool {
    listed(kind).iter().any(|one| one.allows(kind).fine == Fining::ByMultiple)
}

/// Whether the regulation of this kind lets someone be ordered to be replaced.
pub(super) fn may_replace(kind: OrganisationKind) -> bool {
    listed(kind).iter().any(|one| one.allows(kind).may_replace)
}

/// A place in a regulation, in words.
pub(in crate::registry) fn cited(shell: &Shell, place: Place) -> String {
    let number = |one: Option<i64>| one.map_or_else(|| "none".to_owned(), |number| number.to_string());
    let facts = [
        ("statute", Value::from(shell.coded(&place.statute))),
        ("article", Value::from(place.article.to_string())),
        ("paragraph", Value::from(number(place.paragraph))),
        ("item", Value::from(number(place.item))),
    ];
    i18n::text_with(shell.lang, "place-cited", &facts)
}

/// What a fine may be by the amounts that were typed, by each of them.
pub(super) fn typed_ranges(shell: &Shell, form: &Form, rules: Rules<'_>) -> Vec<String> {
    let amount = |field| Fen::parse_yuan(form.trimmed(field)).unwrap_or(Fen::ZERO);
    let illegal = Illegal { turnover: amount("illegal_turnover"), gains: amount("illegal_gains") };
    FineBase::ALL
        .iter()
        .filter_map(|base| range(illegal, *base, rules))
        .map(|one| told(shell, &one))
        .collect()
}

fn told(shell: &Shell, one: &FineRange) -> String {
    let facts = [
        ("base", Value::from(shell.coded(&one.base))),
        ("amount", Value::from(shell.money(&one.amount))),
        ("min", Value::from(one.times_min.to_string())),
        ("max", Value::from(one.times_max.to_string())),
        ("least", Value::from(shell.money(&one.least()))),
        ("most", Value::from(shell.money(&one.most()))),
    ];
    i18n::text_with(shell.lang, "credit-range", &facts)
}

/// What a penalty rests on, confiscates and orders, line by line.
pub(super) fn notes(visit: &Visit, one: &HeldPenalty, kind: OrganisationKind) -> Vec<String> {
    let shell = &visit.shell;
    let mut notes = Vec::new();
    if let Some(offence) = one.offence {
        let place = offence.place(kind).map_or_else(String::new, |place| cited(shell, place));
        notes.push(shell.txy("credit-offence-at", shell.coded(&offence), place));
    }
    let rules = visit.city.book.on(one.imposed_on);
    if let Some(range) = one.fine_base.and_then(|base| range(one.illegal(), base, rules)) {
        notes.push(told(shell, &range));
    }
    let day = |key: &str, on: Option<domain::kernel::Date>| on.map(|on| shell.tx(key, shell.date(&on)));
    let money = one.confiscated_fen.filter(|amount| amount.0 > 0);
    notes.extend(money.map(|amount| shell.tx("credit-confiscated-note", shell.money(&amount))));
    // Before the decision a term to mend is days, which run from it.
    let is_waiting = one.is_own() && one.state != "confirmed";
    notes.extend(day("credit-mend-by-note", one.mend_by.filter(|_| !is_waiting)));
    let days = one.mend_days().filter(|_| is_waiting);
    notes.extend(days.map(|days| shell.tx("penalty-mend-note", days)));
    let replaced = one.replaced.as_deref().filter(|name| !name.is_empty());
    notes.extend(replaced.map(|name| shell.tx("credit-replaced-note", name)));
    notes.extend(day("credit-obeyed-note", one.obeyed_on));
    notes.extend(day("credit-sealed-note", one.sealed_on));
    notes.extend(day("credit-given-back-note", one.given_back_on));
    notes
}
