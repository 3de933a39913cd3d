//! Public fundraising on the web: the organisation applies and follows its application, the approval office
//! takes it up, reviews and decides it (B39).

pub mod desk;
pub mod desk_case;
pub mod own;
pub mod own_case;

use app::registry::fundraising::application::FundraisingForm;
use app::registry::fundraising::held::FundraisingCase;
use app::registry::fundraising::read::WholeFundraising;
use domain::kernel::{Coded, RuleKey, Rules};
use domain::registry::fundraising::{Condition, FundraisingStage, FundraisingWay, Said, declared};

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

/// The conditions that are declared under these rules, as they were typed.
fn condition_fields(
    shell: &Shell,
    rules: Rules<'_>,
    form: &Form,
    faults: &[FieldFault],
) -> Vec<ConditionField> {
    let field = |condition: &Condition| {
        let (met, says) = (format!("met_{}", condition.code()), format!("says_{}", condition.code()));
        ConditionField {
            title: shell.coded(condition),
            law: law(shell, *condition, rules),
            is_met: form.is_ticked(&met),
            met_fault: fault_at(faults, &met).to_owned(),
            words: form.text(&says).to_owned(),
            says_fault: fault_at(faults, &says).to_owned(),
            met,
            says,
        }
    };
    declared(rules).iter().map(field).collect()
}

/// The ground of a condition: the decree in force and the item of its article.
fn law(shell: &Shell, condition: Condition, rules: Rules<'_>) -> String {
    let source = &rules.rule(RuleKey::FundraisingConditions).source;
    shell.txy("fundraising-item", source, condition.item(rules).to_string())
}

/// What was typed into the form.
fn form_of(form: &Form, rules: Rules<'_>) -> FundraisingForm {
    let said = |condition: &Condition| Said {
        condition: *condition,
        is_promised: form.is_ticked(&format!("met_{}", condition.code())),
        words: form.text(&format!("says_{}", condition.code())).to_owned(),
    };
    FundraisingForm {
        said: declared(rules).iter().map(said).collect(),
        statement: form.text("statement").to_owned(),
        promises: form.is_ticked("promise"),
        papers: papers_of(form),
    }
}

/// The tone of a stage.
fn tone(stage: FundraisingStage) -> &'static str {
    match stage {
        FundraisingStage::Applied | FundraisingStage::Accepted | FundraisingStage::Reviewed => "wait",
        FundraisingStage::Returned => "warn",
        FundraisingStage::Granted => "ok",
        FundraisingStage::Denied | FundraisingStage::Revoked | FundraisingStage::Ended => "stop",
        FundraisingStage::Withdrawn => "",
    }
}

/// What an application says, as far as it has come.
pub(crate) fn case_rows(shell: &Shell, whole: &WholeFundraising) -> Vec<(String, String)> {
    let case = &whole.case;
    let mut rows = vec![
        (shell.t("registry-name"), whole.organisation.name.clone()),
        (shell.t("registry-code"), whole.organisation.uscc.clone()),
        (shell.t("fundraising-way"), shell.coded(&case.way)),
        (shell.t("fundraising-applied"), shell.moment(&case.applied_at)),
    ];
    let mut text = |key: &str, value: &str| {
        if !value.is_empty() {
            rows.push((shell.t(key), value.to_owned()));
        }
    };
    let label = match case.way {
        FundraisingWay::Application => "fundraising-statement",
        FundraisingWay::Claim => "fundraising-claim-statement",
    };
    text(label, &case.statement);
    text("fundraising-defects", &case.defects);
    let day =
        |day: &Option<domain::kernel::Date>| day.as_ref().map_or_else(String::new, |day| shell.date(day));
    text("fundraising-accepted-on", &day(&case.accepted_on));
    text("fundraising-sent-back", &case.sent_back);
    course_rows(shell, case, &mut text, &day);
    rows
}

/// Opinion, decision, certificate and its end.
fn course_rows(
    shell: &Shell,
    case: &FundraisingCase,
    text: &mut impl FnMut(&str, &str),
    day: &impl Fn(&Option<domain::kernel::Date>) -> String,
) {
    if let Some(is_fit) = case.is_fit {
        let word = shell.t(if is_fit { "fundraising-fit" } else { "fundraising-unfit" });
        text("ending-opinion", &shell.txy("ending-opinion-of", word, case.opinion.clone()));
    }
    if let Some(at) = &case.decided_at {
        text("ending-decided-at", &shell.moment(at));
        text("ending-decision", &case.decision);
    }
    text("fundraising-certificate", case.certificate.as_deref().unwrap_or_default());
    text("fundraising-granted-on", &day(&case.granted_on));
    text("fundraising-penalty-number", case.penalty_number.as_deref().unwrap_or_default());
    text("fundraising-penalty-reason", &case.penalty_reason);
    text("fundraising-penalty-on", &day(&case.penalty_on));
    text("fundraising-ended-on", &day(&case.ended_on));
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
fn explained(
    shell: &Shell,
    whole: &WholeFundraising,
    rules: Rules<'_>,
    is_found: bool,
) -> Vec<ExplainedLine> {
    let line = |one: &app::registry::fundraising::held::HeldCondition| {
        let (found, tone) = match one.is_met.filter(|_| is_found) {
            None => ("", ""),
            Some(true) => ("registry-condition-met", "ok"),
            Some(false) => ("registry-condition-barred", "stop"),
        };
        ExplainedLine {
            title: shell.coded(&one.condition),
            law: law(shell, one.condition, rules),
            words: one.words.clone(),
            found: if found.is_empty() { String::new() } else { shell.t(found) },
            tone,
            finding: if is_found { one.finding.clone() } else { String::new() },
        }
    };
    whole.conditions.iter().map(line).collect()
}
