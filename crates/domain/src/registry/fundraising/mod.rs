//! The qualification to raise funds from the public: which conditions are declared and checked, how an
//! application goes from step to step, and on which grounds it is denied (B39).
//!
//! What the register knows by itself is `Gate::PublicFundraising`; here stands what it does not know. `claim` is
//! the way of public foundations that are older than the Charity Law, `course` the steps.

pub mod claim;
pub mod course;

pub use course::{Checked, FundraisingStage, Step, decide, denial_grounds};

use super::course::condition::unexplained;
use super::paper::PaperKind;
use crate::coded;
use crate::kernel::{Coded, Date, Finding, Refusal, RuleKey, Rules};

use super::credit::clock::years_after;

coded! {
    /// On what ground a certificate is asked for.
    pub enum FundraisingWay as "fundraising_way" {
        /// 申请: every condition is judged (PF74-5).
        Application = "application",
        /// 申领: a public foundation older than the law, on its registration certificate (PF74-9).
        Claim = "claim",
    }
}

coded! {
    /// A condition that the register does not know: explained and promised by the applicant, checked by the
    /// officer. In the order in which the law came to ask for them: the first were in Decree 59 (2016).
    pub enum Condition as "fundraising_condition" {
        /// 内部治理结构规范，理事会有效决策，负责人任职合规.
        Governance = "governance",
        /// 理事来自同一组织及关联组织不超过三分之一，近亲属不同时任职，非内地居民不超过三分之一.
        Council = "council",
        /// 秘书长专职，理事长与秘书长不由一人兼任，有专职工作人员.
        Staff = "staff",
        /// 监事依法履行职责.
        Supervisors = "supervisors",
        /// 依法办理税务登记，履行纳税义务.
        Tax = "tax",
        /// 内部管理和风险控制制度健全，规范执行.
        InternalRules = "internal_rules",
        /// 上一年度慈善活动年度支出和管理费用符合规定.
        Spending = "spending",
        /// 会计核算合法，按时报送年度工作报告，履行信息公开义务.
        Reports = "reports",
    }
}

impl Condition {
    /// Its item in Article 5 of the decree in force: Decree 59 numbered some of them otherwise than Decree 74.
    pub fn item(self, rules: Rules<'_>) -> i64 {
        let is_first_decree = !declared(rules).contains(&Self::Reports);
        match self {
            Self::Governance => 1,
            Self::Council => 2,
            Self::Staff => {
                if is_first_decree {
                    4
                } else {
                    2
                }
            }
            Self::Supervisors => {
                if is_first_decree {
                    5
                } else {
                    3
                }
            }
            Self::Tax | Self::Reports => 6,
            Self::InternalRules => 4,
            Self::Spending => 5,
        }
    }
}

/// The conditions that are declared under the rules of the day.
pub fn declared(rules: Rules<'_>) -> &'static [Condition] {
    let count = rules.count(RuleKey::FundraisingConditions);
    Condition::ALL.get(..count).unwrap_or(Condition::ALL)
}

/// What the applicant says of one condition.
pub type Said = super::course::Said<Condition>;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What is said of each condition.
    pub said: &'a [Said],
    /// The written promise that everything is true.
    pub promises: bool,
    /// What the papers show.
    pub papers: &'a [PaperKind],
    /// Whether a supervising unit other than the registering department must consent.
    pub has_unit: bool,
}

/// Everything that the form of an application lacks; empty when nothing (PF74-6).
pub fn faults(asked: &Asked<'_>, rules: Rules<'_>) -> Vec<Refusal> {
    let mut faults = unexplained(
        declared(rules),
        asked.said,
        || Refusal::new("fundraising.not-promised", "B39"),
        || Refusal::new("fundraising.words-missing", "B39"),
    );
    let needed = [
        Some(PaperKind::AuditReport),
        Some(PaperKind::Minutes),
        asked.has_unit.then_some(PaperKind::SupervisingConsent),
    ];
    for paper in needed.into_iter().flatten().filter(|paper| !asked.papers.contains(paper)) {
        let refusal = Refusal::new("fundraising.paper-missing", "B39").at("papers");
        faults.push(refusal.with_code("paper", paper));
    }
    if !asked.promises {
        faults.push(Refusal::new("fundraising.promise-missing", "B39").at("promise"));
    }
    faults
}

/// Whoever lost a certificate by revocation does not apply again for years (PF74-23); no condition at all while
/// the law set no years.
pub fn not_revoked(last: Option<Date>, on: Date, rules: Rules<'_>) -> Option<Finding> {
    let (code, rule) = ("fundraising.not-revoked", "B39");
    let years = rules.number(RuleKey::FundraisingBarYears);
    if years == 0 {
        return None;
    }
    let Some(revoked_on) = last else { return Some(Finding::met(code, rule).with("years", years)) };
    let finding = match years_after(revoked_on, years) {
        Some(free) => Finding::required(code, rule, free <= on).with("free", free),
        None => Finding::barred(code, rule).with("free", revoked_on),
    };
    Some(finding.with("years", years))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::specimen::{book, day};

    const AFTER: Date = Date::constant(2026, 9, 18);

    fn said(conditions: &[Condition]) -> Vec<Said> {
        let one = |condition: &Condition| Said {
            condition: *condition,
            is_promised: true,
            words: "示例说明".to_owned(),
        };
        conditions.iter().map(one).collect()
    }

    fn check(on: Date, asked: &Asked<'_>, expected: &[&str]) {
        let found = faults(asked, book().on(on));
        let told: Vec<String> =
            found.iter().map(|one| format!("{} {}", one.field.as_deref().unwrap_or(""), one.code)).collect();
        assert_eq!(told, expected, "{on}");
    }

    #[test]
    fn every_condition_of_the_decree_in_force_is_explained_and_promised() {
        use PaperKind::{AuditReport, Minutes, SupervisingConsent};
        let papers = [AuditReport, Minutes];
        let (all, first) = (said(Condition::ALL), said(&Condition::ALL[..5]));
        let whole = Asked { said: &all, promises: true, papers: &papers, has_unit: false };
        check(AFTER, &whole, &[]);
        check(day(2018, 9, 18), &Asked { said: &first, ..whole }, &[]);
        check(
            AFTER,
            &Asked { said: &first, ..whole },
            &[
                "met_internal_rules fundraising.not-promised",
                "says_internal_rules fundraising.words-missing",
                "met_spending fundraising.not-promised",
                "says_spending fundraising.words-missing",
                "met_reports fundraising.not-promised",
                "says_reports fundraising.words-missing",
            ],
        );
        check(
            AFTER,
            &Asked { promises: false, papers: &[Minutes], has_unit: true, ..whole },
            &[
                "papers fundraising.paper-missing",
                "papers fundraising.paper-missing",
                "promise fundraising.promise-missing",
            ],
        );
        let consent = [AuditReport, Minutes, SupervisingConsent];
        check(AFTER, &Asked { papers: &consent, has_unit: true, ..whole }, &[]);
    }

    #[test]
    fn the_items_are_those_of_the_decree_in_force() {
        let items = |on: Date| {
            let rules = book().on(on);
            declared(rules).iter().map(|one| one.item(rules)).collect::<Vec<_>>()
        };
        assert_eq!(items(day(2018, 9, 18)), [1, 2, 4, 5, 6]);
        assert_eq!(items(AFTER), [1, 2, 2, 3, 6, 4, 5, 6]);
    }

    #[test]
    fn a_revoked_certificate_bars_for_five_years() {
        let before = day(2024, 9, 4);
        for (last, on, expected) in [
            (None, AFTER, Some(Level::Met)),
            (Some(day(2021, 9, 18)), AFTER, Some(Level::Met)),
            (Some(day(2021, 9, 19)), AFTER, Some(Level::Barred)),
            (Some(day(2024, 9, 1)), before, None),
        ] {
            let found = not_revoked(last, on, book().on(on)).map(|finding| finding.level);
            assert_eq!(found, expected, "{last:?}");
        }
    }
}
