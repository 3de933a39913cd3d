//! Being a charity on the web: the organisation applies for recognition and follows its application, the approval
//! office takes it up, reviews, decides and, where it was deceived, annuls it (B46).

pub mod desk;
pub mod desk_case;
pub mod own;
pub mod own_case;

use app::registry::charity::application::CharityForm;
use app::registry::charity::held::{CharityCase, HeldCondition};
use app::registry::charity::read::{Outlook, WholeCharity};
use domain::kernel::{Coded, Date};
use domain::registry::charity::{CharityCondition, CharityStage, Said};

use super::ending::papers_of;
use crate::shell::{FieldFault, Form, Shell, fault_at};

/// One condition in the form of an application: its title and ground, the promise, the explanation.
pub struct ConditionField {
    title: String,
    law: String,
    met: String,
    is_met: bool,
    met_fault: String,
    says: String,
    words: String,
    says_fault: String,
}

/// The conditions that are declared, as they were typed.
fn condition_fields(shell: &Shell, form: &Form, faults: &[FieldFault]) -> Vec<ConditionField> {
    let field = |condition: &CharityCondition| {
        let (met, says) = (format!("met_{}", condition.code()), format!("says_{}", condition.code()));
        ConditionField {
            title: shell.coded(condition),
            law: law(shell, *condition),
            is_met: form.is_ticked(&met),
            met_fault: fault_at(faults, &met).to_owned(),
            words: form.text(&says).to_owned(),
            says_fault: fault_at(faults, &says).to_owned(),
            met,
            says,
        }
    };
    CharityCondition::ALL.iter().map(field).collect()
}

/// The ground of a condition: article and item of the decree.
fn law(shell: &Shell, condition: CharityCondition) -> String {
    let (article, item) = condition.place();
    shell.txy("charity-item", article.to_string(), item.to_string())
}

/// What was typed into the form.
fn form_of(form: &Form) -> CharityForm {
    let said = |condition: &CharityCondition| Said {
        condition: *condition,
        is_promised: form.is_ticked(&format!("met_{}", condition.code())),
        words: form.text(&format!("says_{}", condition.code())).to_owned(),
    };
    CharityForm {
        said: CharityCondition::ALL.iter().map(said).collect(),
        statement: form.text("statement").to_owned(),
        promises: form.is_ticked("promise"),
        papers: papers_of(form),
    }
}

/// Which papers are asked for.
fn papers_hint(shell: &Shell, outlook: &Outlook) -> String {
    let names: Vec<String> = outlook.papers.iter().map(|kind| shell.coded(kind)).collect();
    shell.tx("charity-papers", names.join(&shell.t("apply-list-joint")))
}

/// What the statement says; foundations may leave it empty.
fn statement_hint(shell: &Shell, outlook: &Outlook) -> String {
    shell.t(if outlook.asks_statement { "charity-statement-hint" } else { "charity-statement-free" })
}

/// The tone of a stage.
fn tone(stage: CharityStage) -> &'static str {
    match stage {
        CharityStage::Applied | CharityStage::Accepted | CharityStage::Reviewed => "wait",
        CharityStage::Returned | CharityStage::Noticed | CharityStage::Answered => "warn",
        CharityStage::Recognised => "ok",
        CharityStage::Denied | CharityStage::Annulled | CharityStage::Ended => "stop",
        CharityStage::Withdrawn => "",
    }
}

/// What an application says, as far as it has come.
pub(crate) fn case_rows(shell: &Shell, whole: &WholeCharity) -> Vec<(String, String)> {
    let case = &whole.case;
    let mut rows = vec![
        (shell.t("registry-name"), whole.organisation.name.clone()),
        (shell.t("registry-code"), whole.organisation.uscc.clone()),
        (shell.t("charity-applied"), shell.moment(&case.applied_at)),
    ];
    let mut text = |key: &str, value: &str| {
        if !value.is_empty() {
            rows.push((shell.t(key), value.to_owned()));
        }
    };
    let day = |day: &Option<Date>| day.as_ref().map_or_else(String::new, |day| shell.date(day));
    text("charity-statement", &case.statement);
    text("charity-last-year", &last_year(shell, whole));
    text("charity-defects", &case.defects);
    text("charity-accepted-on", &day(&case.accepted_on));
    text("charity-approval", &case.extension_approval);
    text("charity-extension-reason", &case.extension_reason);
    text("charity-sent-back", &case.sent_back);
    course_rows(shell, case, &mut text, &day);
    rows
}

/// What the yearly report says of the spending of the year before; empty when there is none (CO58-4).
fn last_year(shell: &Shell, whole: &WholeCharity) -> String {
    let said = whole.last_year.as_ref().and_then(|year| Some((year.expense?, year.activity_expense?)));
    said.map_or_else(String::new, |(all, activity)| {
        shell.txy("charity-spent", shell.money(&all), shell.money(&activity))
    })
}

/// Opinion, decision, recognition and its end.
fn course_rows(
    shell: &Shell,
    case: &CharityCase,
    text: &mut impl FnMut(&str, &str),
    day: &impl Fn(&Option<Date>) -> String,
) {
    if let Some(is_fit) = case.is_fit {
        let word = shell.t(if is_fit { "charity-fit" } else { "charity-unfit" });
        text("ending-opinion", &shell.txy("ending-opinion-of", word, case.opinion.clone()));
    }
    if let Some(at) = &case.decided_at {
        text("ending-decided-at", &shell.moment(at));
        text("ending-decision", &case.decision);
    }
    text("charity-document", case.document_number.as_deref().unwrap_or_default());
    text("charity-recognised-on", &day(&case.recognised_on));
    text("charity-false-facts", &case.false_facts);
    text("charity-answer-by", &day(&case.answer_by));
    text("charity-answer-text", &case.answer);
    text("charity-annulment", &case.annulment);
    text("charity-ended-on", &day(&case.ended_on));
}

/// One condition as it was explained and found.
pub struct ExplainedLine {
    title: String,
    law: String,
    words: String,
    /// Empty before the review.
    found: String,
    tone: &'static str,
    finding: String,
}

/// The conditions of an application; what the officer found is told once it is decided, or to officials.
fn explained(shell: &Shell, whole: &WholeCharity, is_found: bool) -> Vec<ExplainedLine> {
    let line = |one: &HeldCondition| {
        let (found, tone) = match one.is_met.filter(|_| is_found) {
            None => ("", ""),
            Some(true) => ("registry-condition-met", "ok"),
            Some(false) => ("registry-condition-barred", "stop"),
        };
        ExplainedLine {
            title: shell.coded(&one.condition),
            law: law(shell, one.condition),
            words: one.words.clone(),
            found: if found.is_empty() { String::new() } else { shell.t(found) },
            tone,
            finding: if is_found { one.finding.clone() } else { String::new() },
        }
    };
    whole.conditions.iter().map(line).collect()
}
