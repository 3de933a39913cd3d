//! What an ended organisation gave back, on the case's pages: certificate, seals, vouchers, as the window writes it down
//! (B22, B23).

use app::Error;
use app::documents::Document;
use app::registry::ending::read::WholeEnding;
use app::registry::ending::surrender::{DeclareVoid, RecordSurrender, Surrendered};
use domain::kernel::Coded;
use domain::registry::ending::surrender::{Thing, Way, may_void};

use crate::documents::preview::Steps;
use crate::shell::{Choice, FieldFault, Form, Shell, Typed, Visit, fault_at};

/// One thing that is still to be given back, to be written down.
pub struct OwedField {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
    pub fault: String,
}

/// The things that are still to be given back, as fields; nothing for whoever does not take them back.
pub(super) fn owed_fields(
    shell: &Shell,
    whole: &WholeEnding,
    form: &Form,
    faults: &[FieldFault],
) -> Vec<OwedField> {
    if !shell.is_role("approval_officer") {
        return Vec::new();
    }
    let field = |thing: &Thing| OwedField {
        name: thing.code(),
        label: shell.coded(thing),
        choices: ways(shell, form.trimmed(thing.code())),
        fault: fault_at(faults, thing.code()).to_owned(),
    };
    whole.owed.iter().map(field).collect()
}

/// Handed in, lost, or not yet.
fn ways(shell: &Shell, current: &str) -> Vec<Choice> {
    let not_yet = Choice::new("", shell.t("ending-not-back"), current);
    let ways = [Way::HandedIn, Way::Lost].map(|way| Choice::new(way.code(), shell.coded(&way), current));
    ways.into_iter().chain([not_yet]).collect()
}

/// What may be declared void now, in words; empty when nothing may, or for whoever does not.
pub(super) fn void_text(shell: &Shell, whole: &WholeEnding) -> String {
    let held: Vec<Thing> = whole.surrendered.iter().map(|one| one.thing).collect();
    match may_void(whole.case.kind, whole.case.stage, &held) {
        Ok(left) if shell.is_role("approval_officer") => named(shell, &left),
        _ => String::new(),
    }
}

/// The things in words.
pub(super) fn named(shell: &Shell, things: &[Thing]) -> String {
    let names: Vec<String> = things.iter().map(|thing| shell.coded(thing)).collect();
    names.join(&shell.t("apply-list-joint"))
}

/// What was given back, row by row, and what is not.
pub(super) fn rows(shell: &Shell, whole: &WholeEnding) -> Vec<(String, String)> {
    let line = |one: &Surrendered| {
        let said = shell.txy("ending-surrendered", shell.coded(&one.way), shell.date(&one.given_on));
        let note = if one.note.is_empty() { said } else { format!("{said} {}", one.note) };
        (shell.coded(&one.thing), note)
    };
    let given = whole.surrendered.iter().map(line);
    let owed = whole.owed.iter().map(|thing| (shell.coded(thing), shell.t("ending-not-back")));
    given.chain(owed).collect()
}

/// Writes down what was given back, as it was typed.
pub(super) async fn record(
    visit: &Visit,
    steps: &Steps<'_>,
    number: i64,
    form: &Form,
) -> Result<Vec<Document>, Error> {
    let mut typed = Typed::of(visit, form);
    let mut things = Vec::new();
    for thing in Thing::ALL {
        if let Some(way) = Way::from_code(typed.text(thing.code()).trim()) {
            things.push((*thing, way));
        }
    }
    let (given_on, note) = (typed.date("given_on"), typed.text("surrender_note"));
    steps.take_typed(typed, &RecordSurrender { number, things, given_on, note }).await
}

/// Declares void what was not given back.
pub(super) async fn declare_void(
    visit: &Visit,
    steps: &Steps<'_>,
    number: i64,
    form: &Form,
) -> Result<Vec<Document>, Error> {
    let mut typed = Typed::of(visit, form);
    let reason = typed.text("void_reason");
    steps.take_typed(typed, &DeclareVoid { number, reason }).await
}
