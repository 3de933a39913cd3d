//! What the pages of every application of a registered organisation share: conditions explained, shown and checked
//! one by one (B38, B39, B46), and the parts of a case that are taken up or returned (B9): `explained.html`,
//! `declared.html`, `checks.html`, `intake.html`.

use app::registry::course::conditions::{Check, HeldCondition};
use domain::kernel::{Coded, Date, RuleKey};
use domain::registry::course::{OnCourse, Said, Step, silent_from};

use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, fault_at};

/// One condition in the form of an application: its title and ground, the promise, the explanation.
pub struct ConditionField {
    pub title: String,
    pub law: String,
    pub met: String,
    pub is_met: bool,
    pub met_fault: String,
    pub says: String,
    pub words: String,
    pub says_fault: String,
}

/// The conditions that are declared, as they were typed.
pub fn fields<C: Coded>(
    shell: &Shell,
    asked: &[C],
    law: impl Fn(C) -> String,
    (form, faults): (&Form, &[FieldFault]),
) -> Vec<ConditionField> {
    let field = |condition: &C| {
        let (met, says) = (format!("met_{}", condition.code()), format!("says_{}", condition.code()));
        ConditionField {
            title: shell.coded(condition),
            law: law(*condition),
            is_met: form.is_ticked(&met),
            met_fault: fault_at(faults, &met).to_owned(),
            words: form.text(&says).to_owned(),
            says_fault: fault_at(faults, &says).to_owned(),
            met,
            says,
        }
    };
    asked.iter().map(field).collect()
}

/// What was typed of each condition.
pub fn said<C: Coded>(asked: &[C], form: &Form) -> Vec<Said<C>> {
    let said = |condition: &C| Said {
        condition: *condition,
        is_promised: form.is_ticked(&format!("met_{}", condition.code())),
        words: form.text(&format!("says_{}", condition.code())).to_owned(),
    };
    asked.iter().map(said).collect()
}

/// The form as it was handed in, so that a correction starts from there; the written promise is given anew.
pub fn as_told<'a, C: Coded + 'a>(
    statement: &str,
    held: impl Iterator<Item = &'a HeldCondition<C>>,
) -> Vec<(String, String)> {
    let mut fields = vec![("statement".to_owned(), statement.to_owned())];
    for one in held {
        fields.push((format!("met_{}", one.condition.code()), "yes".to_owned()));
        fields.push((format!("says_{}", one.condition.code()), one.words.clone()));
    }
    fields
}

/// One condition as it was explained and found.
pub struct ExplainedLine {
    pub title: String,
    pub law: String,
    pub words: String,
    /// Empty before the review.
    pub found: String,
    pub tone: &'static str,
    pub finding: String,
}

/// The conditions of an application; what the officer found is told once it is decided, or to officials.
pub fn explained<'a, C: Coded + 'a>(
    shell: &Shell,
    held: impl Iterator<Item = &'a HeldCondition<C>>,
    law: impl Fn(C) -> String,
    is_found: bool,
) -> Vec<ExplainedLine> {
    let line = |one: &HeldCondition<C>| {
        let (found, tone) = match one.is_met.filter(|_| is_found) {
            None => ("", ""),
            Some(true) => ("registry-condition-met", "ok"),
            Some(false) => ("registry-condition-barred", "stop"),
        };
        ExplainedLine {
            title: shell.coded(&one.condition),
            law: law(one.condition),
            words: one.words.clone(),
            found: if found.is_empty() { String::new() } else { shell.t(found) },
            tone,
            finding: if is_found { one.finding.clone() } else { String::new() },
        }
    };
    held.map(line).collect()
}

/// One condition in the officer's check.
pub struct CheckField {
    pub title: String,
    pub law: String,
    pub found: String,
    pub choices: Vec<Choice>,
    pub found_fault: String,
    pub note: String,
    pub words: String,
    pub note_fault: String,
}

/// The officer's check of every condition, as it was typed.
pub fn check_fields<C: Coded>(
    shell: &Shell,
    asked: impl Iterator<Item = C>,
    law: impl Fn(C) -> String,
    (form, faults): (&Form, &[FieldFault]),
) -> Vec<CheckField> {
    let field = |condition: C| {
        let (found, note) = (format!("found_{}", condition.code()), format!("finding_{}", condition.code()));
        CheckField {
            title: shell.coded(&condition),
            law: law(condition),
            choices: yes_no(shell, form.trimmed(&found)),
            found_fault: fault_at(faults, &found).to_owned(),
            words: form.text(&note).to_owned(),
            note_fault: fault_at(faults, &note).to_owned(),
            found,
            note,
        }
    };
    asked.map(field).collect()
}

/// Whether a case may be taken up as it stands.
pub fn may_accept(stage: impl OnCourse) -> bool {
    Step::Accept.from(stage, false).is_ok()
}

/// Whether defects may be told as the case stands: once, and before silence takes it up.
///
/// # Errors
/// A day beyond the published calendar, as a page.
pub fn may_correct(
    visit: &Visit,
    stage: impl OnCourse,
    is_corrected: Option<bool>,
    received_on: Option<Date>,
) -> Result<bool, PageError> {
    let (rules, now) = (visit.city.book.on(visit.shell.now().date()), visit.shell.now());
    let silent = received_on.map(|day| silent_from(day, now, rules, &visit.city.calendar)).transpose();
    let silent = silent.map_err(|refusal| visit.error(refusal.into()))?.flatten();
    Ok(silent.is_none() && Step::Correct.from(stage, is_corrected == Some(true)).is_ok())
}

/// What taking an application up means, and from when silence does it (B9).
pub fn accept_hint(visit: &Visit) -> String {
    let rules = visit.city.book.on(visit.shell.now().date());
    visit.shell.by_rules(rules, "course-accept-hint", &[("days", RuleKey::CorrectionWorkingDays)])
}

/// What was told of its defects, and since when it is taken up.
pub fn intake_rows(shell: &Shell, defects: Option<&str>, accepted_on: Option<Date>) -> Vec<(String, String)> {
    let defects = defects.filter(|text| !text.is_empty()).map(str::to_owned);
    let accepted = accepted_on.as_ref().map(|day| shell.date(day));
    [("course-defects", defects), ("course-accepted-on", accepted)]
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| (shell.t(key), value)))
        .collect()
}

/// Met, or not.
pub fn yes_no(shell: &Shell, current: &str) -> Vec<Choice> {
    [("yes", "registry-condition-met"), ("no", "registry-condition-barred")]
        .map(|(value, key)| Choice::new(value, shell.t(key), current))
        .into()
}

/// What was chosen by `yes_no`.
pub fn chosen(form: &Form, field: &str) -> Option<bool> {
    match form.trimmed(field) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The officer's check as it was typed.
pub fn checks<C: Coded>(form: &Form) -> Vec<Check<C>> {
    let check = |condition: &C| Check {
        condition: *condition,
        is_met: chosen(form, &format!("found_{}", condition.code())),
        finding: form.text(&format!("finding_{}", condition.code())).to_owned(),
    };
    C::ALL.iter().map(check).collect()
}

/// The conditions that the director may name beside those found not met, which are grounds by themselves.
pub fn ground_choices<'a, C: Coded + 'a>(
    shell: &Shell,
    held: impl Iterator<Item = &'a HeldCondition<C>>,
    form: &Form,
) -> Vec<Choice> {
    let choice = |one: &HeldCondition<C>| Choice {
        value: one.condition.code().to_owned(),
        label: shell.coded(&one.condition),
        hint: String::new(),
        chosen: form.has("ground", one.condition.code()),
    };
    held.filter(|one| one.is_met != Some(false)).map(choice).collect()
}
