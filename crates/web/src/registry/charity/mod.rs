//! Being a charity on the web: the organisation applies for recognition and follows its application, the approval
//! office takes it up, reviews, decides and, where it was deceived, annuls it (B46).

pub mod desk;
pub mod desk_case;
pub mod own;
pub mod own_case;

use app::registry::charity::application::CharityForm;
use app::registry::charity::held::CharityCase;
use app::registry::charity::read::{Outlook, WholeCharity};
use domain::kernel::{Coded, Date};
use domain::registry::charity::{CharityCondition, CharityStage};

use super::course;
use super::ending::papers_of;
use crate::shell::{Form, Shell};

/// The ground of a condition: article and item of the decree.
fn law(shell: &Shell, condition: CharityCondition) -> String {
    let (article, item) = condition.place();
    shell.txy("charity-item", article.to_string(), item.to_string())
}

/// What was typed into the form.
fn form_of(form: &Form) -> CharityForm {
    CharityForm {
        said: course::said(CharityCondition::ALL, form),
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
    text("course-defects", &case.defects);
    text("course-accepted-on", &day(&case.accepted_on));
    text("charity-approval", &case.extension_approval);
    text("charity-extension-reason", &case.extension_reason);
    text("course-sent-back", &case.sent_back);
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
        let word = shell.t(if is_fit { "course-fit" } else { "course-unfit" });
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
