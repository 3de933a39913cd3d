//! Closing a project: contract, acceptance, evaluation and recipients, or not at all (S71, C55, E2, E3).

use crate::kernel::{Date, Finding, Refusal, RuleKey, Rules};

/// What is known of a project that somebody would close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Project {
    /// Whether both sides signed a contract.
    pub has_contract: bool,
    /// Months of its term, a begun month counting whole.
    pub months: i64,
    /// The day before which the plan had to be fixed.
    pub fix_before: Option<Date>,
    /// When the plan was fixed.
    pub fixed: Option<Date>,
    /// Its milestones and how far each has come.
    pub delivered: Delivered,
    /// Published rounds before the last.
    pub rounds_before: usize,
    /// Whether the final evaluation is published.
    pub has_final: bool,
    /// Whether recipients can be identified.
    pub has_recipients: bool,
    /// Valid answers of recipients and the minimum; `None` when nobody was asked.
    pub answers: Option<(i64, i64)>,
}

/// How far the milestones of a contract have come. A contract that ended before its time owes those alone that
/// were reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Milestones that are owed.
    pub milestones: i64,
    /// Those accepted.
    pub accepted: i64,
    /// Those whose result is published.
    pub published: i64,
}

/// Every condition of closing with its outcome, for a page that shows them before somebody asks.
pub fn findings(project: &Project, rules: Rules<'_>) -> Vec<Finding> {
    let mut found = vec![
        Finding::required("performance.closing-contract", "S71", project.has_contract),
        Finding::required("performance.closing-baseline", "E3", has_baseline(project)),
    ];
    found.extend(delivery_findings(project.delivered));
    let limit = rules.number(RuleKey::EvaluationSingleMaxMonths);
    if project.months > limit {
        let holds = project.rounds_before > 0;
        found.push(Finding::required("performance.closing-rounds", "E3", holds).with("months", limit));
    }
    if project.has_recipients {
        let (valid, minimum) = project.answers.unwrap_or_default();
        let holds = minimum > 0 && valid >= minimum;
        let finding = Finding::required("performance.closing-answers", "E2", holds);
        found.push(finding.with("valid", valid).with("minimum", minimum));
    }
    found.push(Finding::required("performance.closing-final", "S71", project.has_final));
    found
}

fn delivery_findings(delivered: Delivered) -> [Finding; 2] {
    let Delivered { milestones, accepted, published } = delivered;
    let all = Finding::required("performance.closing-acceptance", "S71", accepted >= milestones);
    let shown = Finding::required("performance.closing-publication", "C55", published >= accepted);
    [
        all.with("accepted", accepted).with("milestones", milestones),
        shown.with("published", published).with("accepted", accepted),
    ]
}

/// Refuses milestones that nobody accepted (S71), and acceptances that nobody published (C55).
fn undelivered(delivered: Delivered) -> impl Iterator<Item = Refusal> {
    let Delivered { milestones, accepted, published } = delivered;
    let open = (accepted < milestones).then(|| {
        let refusal = Refusal::new("performance.close-without-acceptance", "S71");
        refusal.with("open", milestones - accepted).with("milestones", milestones)
    });
    let hidden = (published < accepted)
        .then(|| Refusal::new("performance.close-unpublished", "C55").with("open", accepted - published));
    open.into_iter().chain(hidden)
}

/// Everything that keeps a project from being closed; empty when it may be.
pub fn problems(project: &Project, rules: Rules<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    if !project.has_contract {
        found.push(Refusal::new("performance.close-without-contract", "S71"));
        return found;
    }
    if !has_baseline(project) {
        found.push(Refusal::new("performance.close-without-baseline", "E3"));
    }
    found.extend(undelivered(project.delivered));
    let limit = rules.number(RuleKey::EvaluationSingleMaxMonths);
    if project.months > limit && project.rounds_before == 0 {
        let refusal = Refusal::new("performance.single-evaluation", "E3");
        found.push(refusal.with("months", project.months).with("limit", limit));
    }
    if project.has_recipients {
        found.extend(check_answers(project.answers).err());
    }
    if !project.has_final {
        found.push(Refusal::new("performance.close-without-final", "S71"));
    }
    found
}

/// Refuses too few valid answers of recipients (E2).
///
/// # Errors
/// `performance.recipients-not-asked`, `performance.answers-insufficient`.
pub fn check_answers(answers: Option<(i64, i64)>) -> Result<(), Refusal> {
    match answers {
        None => Err(Refusal::new("performance.recipients-not-asked", "E2")),
        Some((valid, minimum)) if minimum <= 0 || valid < minimum => {
            let refusal = Refusal::new("performance.answers-insufficient", "E2");
            Err(refusal.with("valid", valid).with("minimum", minimum).with("missing", minimum - valid))
        }
        Some(_) => Ok(()),
    }
}

fn has_baseline(project: &Project) -> bool {
    project.fixed.zip(project.fix_before).is_some_and(|(fixed, before)| fixed < before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::specimen::{day, rules};

    const WHOLE: Project = Project {
        has_contract: true,
        months: 12,
        fix_before: Some(Date::constant(2026, 3, 1)),
        fixed: Some(Date::constant(2026, 2, 20)),
        delivered: Delivered { milestones: 2, accepted: 2, published: 2 },
        rounds_before: 1,
        has_final: true,
        has_recipients: true,
        answers: Some((33, 30)),
    };

    fn whole_but(milestones: i64, accepted: i64, published: i64) -> Project {
        Project { delivered: Delivered { milestones, accepted, published }, ..WHOLE }
    }

    #[test]
    fn a_project_closes_with_contract_evaluation_and_recipients_only() {
        for (project, expected) in [
            (WHOLE, vec![]),
            (Project { has_contract: false, ..WHOLE }, vec!["performance.close-without-contract"]),
            (Project { has_final: false, ..WHOLE }, vec!["performance.close-without-final"]),
            (Project { answers: Some((27, 30)), ..WHOLE }, vec!["performance.answers-insufficient"]),
            (Project { answers: Some((30, 30)), ..WHOLE }, vec![]),
            (Project { answers: None, ..WHOLE }, vec!["performance.recipients-not-asked"]),
            (Project { answers: None, has_recipients: false, ..WHOLE }, vec![]),
            (Project { rounds_before: 0, ..WHOLE }, vec!["performance.single-evaluation"]),
            (Project { rounds_before: 0, months: 6, ..WHOLE }, vec![]),
            (Project { rounds_before: 0, months: 7, ..WHOLE }, vec!["performance.single-evaluation"]),
            (whole_but(2, 1, 1), vec!["performance.close-without-acceptance"]),
            (whole_but(2, 2, 1), vec!["performance.close-unpublished"]),
            (
                whole_but(2, 1, 0),
                vec!["performance.close-without-acceptance", "performance.close-unpublished"],
            ),
            (whole_but(0, 0, 0), vec![]),
            (Project { fixed: None, ..WHOLE }, vec!["performance.close-without-baseline"]),
            (Project { fixed: Some(day(2026, 3, 1)), ..WHOLE }, vec!["performance.close-without-baseline"]),
        ] {
            let found = problems(&project, rules());
            let codes: Vec<_> = found.iter().map(|refusal| refusal.code).collect();
            assert_eq!(codes, expected, "{project:?}");
            let barred = findings(&project, rules()).iter().filter(|one| one.level == Level::Barred).count();
            assert_eq!(barred, expected.len(), "what is shown is what is refused: {project:?}");
        }
    }
}
