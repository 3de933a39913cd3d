//! Cases in words: states with their tones, fields of the application, findings as lines.

use app::frozen::{freeze, thaw};
use app::registry::area;
use domain::kernel::{Finding, parse_date};
use domain::registry::registration::application::Answers;
use domain::registry::registration::{
    Basis, CaseState, DirectClass, LegalForm, OriginLevel, PersonalGround, Step,
};
use domain::registry::{BusinessField, OrganisationKind};

use crate::i18n;
use crate::shell::findings::{FindingLine, finding_lines};
use crate::shell::{Choice, FieldFault, Form, Shell, fault_at, words};
use domain::kernel::{Coded, Fen};

/// The tone of a state's tag.
pub(in crate::registry) fn tone(state: CaseState) -> &'static str {
    match state {
        CaseState::Draft | CaseState::Withdrawn => "",
        CaseState::Submitted | CaseState::Accepted | CaseState::UnderReview => "wait",
        CaseState::CorrectionRequested => "warn",
        CaseState::Approved | CaseState::CertificateIssued | CaseState::Announced => "ok",
        CaseState::Denied | CaseState::NotAccepted => "stop",
    }
}

/// Findings as lines, what bars first.
pub(super) fn lines(shell: &Shell, findings: &[Finding]) -> Vec<FindingLine> {
    finding_lines(shell, &thaw(&freeze(findings)))
}

/// The address part of a page: hyphens for the code's underscores.
pub(super) fn slug(code: &str) -> String {
    code.replace('_', "-")
}

/// One field of a page, ready for its macro.
pub(super) struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// What stands above it.
    pub label: String,
    /// A line below the label; may be empty.
    pub hint: String,
    /// Which macro shows it: line, area, date, count, money, radios, checks or select.
    pub kind: &'static str,
    /// As typed.
    pub value: String,
    /// For radios, checks and select.
    pub choices: Vec<Choice>,
    /// What is wrong with it; may be empty.
    pub error: String,
}

impl Field {
    /// The options, for the macros that ask for a list.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }
}

/// The fields of a page that organisations of this kind are asked, with what was typed.
pub(super) fn fields(
    shell: &Shell,
    (step, kind_of): (Step, OrganisationKind),
    answers: &Answers,
    faults: &[FieldFault],
) -> Vec<Field> {
    let field = |name: &&'static str| {
        let label = shell.t(&format!("apply-{}", slug(name)));
        let hint = format!("apply-{}-hint", slug(name));
        let value = match (*name, answers.text(name)) {
            // What the name says is offered; it may be made wider or narrower (B16).
            ("area", "") => area::of_name(answers.text("name")),
            (_, typed) => typed.to_owned(),
        };
        Field {
            name,
            label,
            hint: if i18n::has(&hint) { shell.t(&hint) } else { String::new() },
            kind: kind(name),
            choices: choices(shell, name, &value),
            value,
            error: fault_at(faults, name).to_owned(),
        }
    };
    step.fields().iter().filter(|name| Step::asks(kind_of, name)).map(field).collect()
}

fn kind(name: &str) -> &'static str {
    match name {
        "aim" | "scope" | "name_reason" | "charity_purpose" => "area",
        "premises_from" | "premises_until" => "date",
        "capital" | "state_assets" => "money",
        "basis"
        | "path"
        | "legal_form"
        | "origin_level"
        | "leads_other"
        | "has_branches"
        | "lost_rights"
        | "is_public"
        | "state_officers"
        | "is_charity"
        | "personal_name"
        | "personal_name_ground" => "radios",
        "fields" => "checks",
        "division" | "area" => "select",
        "individual_members" | "unit_members" | "sole_traders" | "outside_members" | "initiators"
        | "sponsor_people" | "sponsor_units" | "council" | "council_relatives" | "council_paid" | "staff" => {
            "count"
        }
        _ => "line",
    }
}

fn members<C: Coded>(shell: &Shell, current: &str) -> Vec<Choice> {
    C::ALL.iter().map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), current)).collect()
}

fn choices(shell: &Shell, name: &str, value: &str) -> Vec<Choice> {
    match name {
        "basis" => Basis::ALL
            .iter()
            .map(|one| {
                let hint = shell.t(&format!("apply-basis-{}-hint", slug(one.code())));
                Choice::new(one.code(), words::coded(shell.lang, *one), value).with_hint(hint)
            })
            .collect(),
        "path" => {
            let mut all = members::<DirectClass>(shell, value);
            all.push(Choice::new("supervised", shell.t("apply-path-supervised"), value));
            all
        }
        "legal_form" => members::<LegalForm>(shell, value),
        "origin_level" => members::<OriginLevel>(shell, value),
        "personal_name_ground" => members::<PersonalGround>(shell, value),
        "area" => area::areas().all().into_iter().map(|one| Choice::new(one.clone(), one, value)).collect(),
        "fields" => {
            let chosen: Vec<&str> = value.split(',').collect();
            let choice = |one: &BusinessField| {
                let is_chosen = if chosen.contains(&one.code()) { one.code() } else { "" };
                Choice::new(one.code(), words::coded(shell.lang, *one), is_chosen)
            };
            BusinessField::ALL.iter().map(choice).collect()
        }
        "division" => {
            let first = Choice::new("", shell.t("apply-choose"), value);
            let streets = app::divisions::streets()
                .map(|street| Choice::new(street.code.as_str(), street.full_name(), value));
            std::iter::once(first).chain(streets).collect()
        }
        _ if kind(name) == "radios" => {
            ["yes", "no"].map(|code| Choice::new(code, shell.t(&format!("apply-{code}")), value)).to_vec()
        }
        _ => Vec::new(),
    }
}

/// The answers of a submitted form.
pub(super) fn typed(step: Step, form: &Form) -> Answers {
    let text = |name: &&'static str| ((*name).to_owned(), form.every(name).join(","));
    Answers(step.fields().iter().map(text).collect())
}

/// An answer as people read it.
pub(super) fn answer(shell: &Shell, name: &'static str, answers: &Answers) -> String {
    let text = answers.text(name);
    if text.is_empty() {
        return "—".to_owned();
    }
    match kind(name) {
        "date" => parse_date(text).map_or_else(|_| text.to_owned(), |day| shell.date(&day)),
        "money" => Fen::parse_yuan(text).map_or_else(|_| text.to_owned(), |amount| shell.money(&amount)),
        "radios" | "checks" => {
            let chosen = choices(shell, name, text).into_iter().filter(|one| one.chosen);
            chosen.map(|one| one.label).collect::<Vec<_>>().join(&shell.t("apply-list-joint"))
        }
        "select" if name == "division" => app::divisions::name_of(text),
        _ if name == "identity" => masked(text),
        _ => text.to_owned(),
    }
}

/// A number of which only the ends are shown.
fn masked(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    let hidden = |at: usize| at >= 3 && at + 2 < signs.len();
    signs.iter().enumerate().map(|(at, sign)| if hidden(at) { '*' } else { *sign }).collect()
}

/// The page that this address names, if organisations of this kind are asked it.
pub(super) fn step_of(slug: &str, kind: OrganisationKind) -> Option<Step> {
    Step::from_code(&slug.replace('-', "_")).filter(|step| step.is_asked_of(kind))
}

/// The pages that organisations of this kind are asked, in order.
pub(super) fn steps(kind: OrganisationKind) -> Vec<Step> {
    Step::ALL.iter().copied().filter(|step| step.is_asked_of(kind)).collect()
}
