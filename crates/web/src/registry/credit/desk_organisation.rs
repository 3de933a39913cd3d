//! One organisation's credit file on the desk: penalties, letters, places, cases; and what may be added to it.

use app::papers::GivePaper;
use app::registry::credit::held::{HeldListing, HeldPenalty, ListingCase};
use app::registry::credit::letter::{HeldLetter, RecordLetter, RecordReturn};
use app::registry::credit::penalty::ConfirmPenalty;
use app::registry::credit::proposal::ProposeListing;
use app::registry::credit::read;
use app::registry::{Organisation, profile};
use app::uploads::StoredFile;
use app::{Error, RequestKey};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::credit::{FineBase, ListingGround, PenaltyKind};
use domain::registry::{Offence, OrganisationKind, PaperKind};

use super::penalty_form::{self, After};
use super::{mendable, missing, plain, show_as};
use crate::registry::seal::{self, SealLine};
use crate::shell::{Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Typed, Visit, fault_at};

/// A penalty on the page.
struct PenaltyLine {
    id: i64,
    kind: String,
    amount: String,
    number: String,
    /// Its decision, when this office issued it.
    href: String,
    notes: Vec<String>,
    imposed: String,
    until: String,
    finished: String,
    state: String,
    /// Its case, when it is one of the registrar's own.
    case_href: String,
    /// Another authority's that waits for its second person.
    may_confirm: bool,
}

/// A letter, a place or a case on the page.
struct Line {
    first: String,
    second: String,
    third: String,
    fourth: String,
    href: String,
}

#[derive(Template)]
#[template(path = "registry/credit/desk_organisation.html")]
struct OrganisationPage<'a> {
    shell: &'a Shell,
    held: Organisation,
    base: String,
    listing: String,
    seals: Vec<SealLine>,
    penalties: Vec<PenaltyLine>,
    letters: Vec<Line>,
    places: Vec<Line>,
    cases: Vec<Line>,
    kinds: Vec<Choice>,
    offences: Vec<Choice>,
    bases: Vec<Choice>,
    may_fine_by_multiple: bool,
    may_replace: bool,
    ranges: Vec<String>,
    afters: Vec<After>,
    grounds: Vec<Choice>,
    open_letters: Vec<Choice>,
    is_officer: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/credit/organisations/{uscc}
pub async fn show_one(visit: Visit, Path(uscc): Path<String>) -> Result<Response, PageError> {
    page(&visit, &uscc, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    uscc: &str,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (city, shell) = (&visit.city, &visit.shell);
    let held = profile::organisation(city, uscc).await.map_err(fail)?;
    let penalties = read::penalties(city, held.id, true).await.map_err(fail)?;
    let letters = read::letters(city, held.id).await.map_err(fail)?;
    let places = read::open_places(city, held.id).await.map_err(fail)?;
    let cases = read::cases_of(city, held.id).await.map_err(fail)?;
    let is_director = shell.is_role("approval_director");
    let mut lines = Vec::new();
    for one in &penalties {
        lines.push(penalty_line(visit, one, held.kind, is_director).await?);
    }
    let by_hand = ListingGround::ALL
        .iter()
        .filter(|ground| ground.list().is_some() && !ground.follows_from_penalty())
        .copied();
    let page = OrganisationPage {
        base: shell.url(format!("/desk/credit/organisations/{uscc}")),
        listing: shell.coded(&held.listing),
        seals: seal::lines(visit, held.id).await?,
        open_letters: letters
            .iter()
            .filter(|one| one.returned_on.is_none())
            .map(|one| Choice::new(one.id.to_string(), one.mail_number.clone(), form.trimmed("letter")))
            .collect(),
        afters: penalty_form::afters(shell, &penalties, form),
        offences: penalty_form::offences(shell, held.kind, form.trimmed("offence")),
        bases: super::choices(shell, FineBase::ALL.iter().copied(), form.trimmed("fine_base")),
        may_fine_by_multiple: penalty_form::may_fine_by_multiple(held.kind),
        may_replace: penalty_form::may_replace(held.kind),
        ranges: penalty_form::typed_ranges(shell, form, city.book.on(shell.now().date())),
        penalties: lines,
        letters: letters.iter().map(|one| letter_line(shell, one)).collect(),
        places: places.iter().map(|one| place_line(shell, one)).collect(),
        cases: cases.iter().map(|one| case_line(shell, one)).collect(),
        kinds: super::choices(shell, PenaltyKind::ALL.iter().copied(), form.trimmed("kind")),
        grounds: super::choices(shell, by_hand, form.trimmed("ground")),
        is_officer: shell.is_role("approval_officer"),
        held,
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

async fn penalty_line(
    visit: &Visit,
    one: &HeldPenalty,
    kind: OrganisationKind,
    is_director: bool,
) -> Result<PenaltyLine, PageError> {
    let shell = &visit.shell;
    let decision = read::decision_of(&visit.city, one.id).await.map_err(|error| visit.error(error))?;
    Ok(PenaltyLine {
        href: decision.map_or_else(String::new, |code| shell.url(format!("/documents/{code}"))),
        notes: penalty_form::notes(visit, one, kind),
        id: one.id,
        kind: shell.coded(&one.kind),
        amount: if one.fine().0 > 0 { shell.money(&one.fine()) } else { "—".to_owned() },
        number: one.document_number.clone(),
        imposed: shell.date(&one.imposed_on),
        // Before its decision a stop is told in days.
        until: match one.measure().stop_days {
            Some(days) if one.is_own() && one.state == "recorded" => shell.tx("penalty-told-stop", days),
            _ => super::date_or_dash(shell, one.until_on),
        },
        finished: super::date_or_dash(shell, one.finished_on),
        state: if one.is_own() {
            super::penalty_stage(shell, one)
        } else {
            shell.t(&format!("credit-penalty-{}", one.state))
        },
        case_href: if one.is_own() {
            shell.url(format!("/desk/credit/penalties/{}", one.id))
        } else {
            String::new()
        },
        may_confirm: is_director && one.state == "recorded" && !one.is_own(),
    })
}

fn letter_line(shell: &Shell, one: &HeldLetter) -> Line {
    Line {
        first: one.mail_number.clone(),
        second: shell.date(&one.sent_on),
        third: super::date_or_dash(shell, one.returned_on),
        fourth: one.address.clone(),
        href: String::new(),
    }
}

fn place_line(shell: &Shell, one: &HeldListing) -> Line {
    Line {
        first: shell.coded(&one.list),
        second: shell.coded(&one.ground()),
        third: shell.date(&one.arose_on),
        fourth: super::date_or_dash(shell, one.listed_on),
        href: String::new(),
    }
}

fn case_line(shell: &Shell, one: &ListingCase) -> Line {
    Line {
        first: one.number.to_string(),
        second: shell.coded(&one.ground),
        third: shell.date(&one.arose_on),
        fourth: super::stage_text(shell, one.stage, one.statement_kind, one.heard_on),
        href: shell.url(format!("/desk/credit/cases/{}", one.number)),
    }
}

/// POST /desk/credit/organisations/{uscc}: one of the page's small forms, by its `step`.
pub async fn update(visit: Visit, Path(uscc): Path<String>, form: Form) -> Result<Response, PageError> {
    let held = profile::organisation(&visit.city, &uscc).await.map_err(|error| visit.error(error))?;
    let step = form.trimmed("step").to_owned();
    if step == "range" {
        // The range is shown beside what was typed; nothing is written.
        return page(&visit, &uscc, &form, plain()).await;
    }
    match perform(&visit, &held, &step, &form).await {
        Ok(Some(case)) => Ok(visit.done(&format!("/desk/credit/penalties/{case}"), "penalty-proposed")),
        Ok(None) => Ok(visit.done(&format!("/desk/credit/organisations/{uscc}"), &format!("credit-{step}"))),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &uscc, &form, faults).await
        }
    }
}

/// Does the step; the outcome is the case that it opened.
async fn perform(visit: &Visit, held: &Organisation, step: &str, form: &Form) -> Result<Option<i64>, Error> {
    let (organisation, key) = (held.id, form.key());
    let mut typed = Typed::of(visit, form);
    match step {
        "penalty" => {
            let act = penalty_form::record(&mut typed, form, organisation);
            let is_own = act.footing.offence != Offence::OtherLaw;
            let penalty = typed.ask(visit, &key, &act).await?;
            return Ok(is_own.then_some(penalty));
        }
        "confirm" | "drop" => {
            let act =
                ConfirmPenalty { penalty: form.number("penalty").unwrap_or(0), is_right: step == "confirm" };
            typed.ask(visit, &key, &act).await?;
        }
        "letter" => {
            let (sent_on, mail_number) = (typed.date("sent_on"), typed.text("mail_number"));
            typed.ask(visit, &key, &RecordLetter { organisation, sent_on, mail_number }).await?;
        }
        "return" => {
            let (letter, returned_on) = (typed.number("letter", missing("B35")), typed.date("returned_on"));
            typed.ask(visit, &key, &RecordReturn { letter, returned_on }).await?;
        }
        _ => penalty_form::follow(visit, typed, &key, step).await?,
    }
    Ok(None)
}

/// POST /desk/credit/organisations/{uscc}/proposal, with a paper that shows it or without.
pub async fn propose(visit: Visit, Path(uscc): Path<String>, typed: FileForm) -> Result<Response, PageError> {
    let held = profile::organisation(&visit.city, &uscc).await.map_err(|error| visit.error(error))?;
    match try_propose(&visit, &held, &typed).await {
        Ok(number) => Ok(visit.done(&format!("/desk/credit/cases/{number}"), "credit-proposed")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &uscc, &typed.form, faults).await
        }
    }
}

async fn try_propose(visit: &Visit, held: &Organisation, sent: &FileForm) -> Result<i64, Error> {
    let form = &sent.form;
    let mut typed = Typed::of(visit, form);
    let ground = typed.chosen("ground", ListingGround::Unreachable, missing("B35"));
    // Letters and the clock show their own day; it is asked for all other grounds.
    let shows_itself = matches!(ground, ListingGround::Unreachable | ListingGround::AbnormalTwoYears);
    let arose_on = if shows_itself && form.trimmed("arose_on").is_empty() {
        visit.shell.now().date()
    } else {
        typed.date("arose_on")
    };
    let evidence = typed.text("evidence");
    let paper = match sent.files.iter().find(|file| file.field == "file") {
        Some(file) if typed.is_whole() => {
            let file = StoredFile::store(&visit.city, "B35", &file.name, &file.bytes)?;
            let give = GivePaper {
                kind: PaperKind::Other,
                title: String::new(),
                file,
                valid_until: None,
                on_behalf_of: None,
            };
            Some(visit.city.act(&visit.actor, &RequestKey::None, &give).await?)
        }
        _ => None,
    };
    let act = ProposeListing { organisation: held.id, ground, arose_on, evidence, paper };
    typed.ask(visit, &form.key(), &act).await
}
