//! Being a charity: which conditions an existing organisation declares for its recognition, how its application
//! goes from step to step, on which grounds it is denied or annulled, and what founders who apply as a charity are
//! asked (B46, B12, B38).
//!
//! What the register knows by itself is `Gate::Charity`; here stands what it does not know. `course` are the steps,
//! `founding` is the application for registration as a charity.

pub mod course;
pub mod founding;
pub mod idle;

pub use course::{Annulment, CharityStage, Checked, Step, decide, denial_grounds, may_extend};

use super::OrganisationKind;
use super::course::condition::{WORDS_MAX, unexplained};
use super::paper::PaperKind;
use crate::coded;
use crate::kernel::{Coded, Refusal};

coded! {
    /// A condition that the register does not know: explained and promised by the applicant, checked by the
    /// officer (CO58-4, CO58-5). In the order of the decree.
    pub enum CharityCondition as "charity_condition" {
        /// 以开展慈善活动为宗旨，业务范围符合慈善法第三条.
        Purpose = "purpose",
        /// 上一年度慈善活动年度支出和管理费用符合规定.
        Spending = "spending",
        /// 不以营利为目的，收益和结余全部用于慈善目的，财产没有分配.
        NonProfit = "non_profit",
        /// 章程有剩余财产转给宗旨相同或者相近的慈善组织的规定，符合慈善法第十一条.
        Charter = "charter",
        /// 有健全的财务制度和合理的薪酬制度.
        Finance = "finance",
        /// 没有不得担任慈善组织负责人的情形.
        Heads = "heads",
        /// 没有其他违反法律、法规、国家政策的行为.
        Lawful = "lawful",
    }
}

impl CharityCondition {
    /// Article and item of the decree; both decrees, of 2016 and of 2024, number them alike.
    pub fn place(self) -> (i64, i64) {
        match self {
            Self::Purpose | Self::Spending => (4, 2),
            Self::NonProfit | Self::Charter => (4, 3),
            Self::Finance => (4, 4),
            Self::Heads => (5, 1),
            Self::Lawful => (5, 4),
        }
    }
}

/// What the applicant says of one condition.
pub type Said = super::course::Said<CharityCondition>;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What kind of organisation asks.
    pub kind: OrganisationKind,
    /// What is said of each condition.
    pub said: &'a [Said],
    /// Why it asks, its charitable purpose and what it does for it.
    pub statement: &'a str,
    /// The written promise that everything is true.
    pub promises: bool,
    /// What the papers show.
    pub papers: &'a [PaperKind],
    /// Whether a supervising unit other than the registering department must consent.
    pub has_unit: bool,
}

/// The papers that an organisation of this kind brings: the vote of its members or council, unless it is a
/// foundation an audit of the last year, and the consent of its supervising unit if it has one (CO58-6, CO58-7).
pub fn papers_needed(kind: OrganisationKind, has_unit: bool) -> Vec<PaperKind> {
    let audit = kind != OrganisationKind::Foundation;
    [
        Some(PaperKind::Minutes),
        audit.then_some(PaperKind::AuditReport),
        has_unit.then_some(PaperKind::SupervisingConsent),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Everything that the form of an application lacks; empty when nothing (CO58-7).
pub fn faults(asked: &Asked<'_>) -> Vec<Refusal> {
    let mut faults = unexplained(
        CharityCondition::ALL,
        asked.said,
        || Refusal::new("charity.not-promised", "B46"),
        || Refusal::new("charity.words-missing", "B46"),
    );
    let length = asked.statement.trim().chars().count();
    // Foundations bring no statement; what they add may still not be endless (CO58-7).
    let is_asked = asked.kind != OrganisationKind::Foundation;
    if length > WORDS_MAX || (is_asked && length == 0) {
        faults.push(Refusal::new("charity.statement-missing", "B46").at("statement").with("most", WORDS_MAX));
    }
    let needed = papers_needed(asked.kind, asked.has_unit);
    for paper in needed.into_iter().filter(|paper| !asked.papers.contains(paper)) {
        faults.push(Refusal::new("charity.paper-missing", "B46").at("papers").with_code("paper", paper));
    }
    if !asked.promises {
        faults.push(Refusal::new("charity.promise-missing", "B46").at("promise"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(conditions: &[CharityCondition]) -> Vec<Said> {
        let one = |condition: &CharityCondition| Said {
            condition: *condition,
            is_promised: true,
            words: "示例说明".to_owned(),
        };
        conditions.iter().map(one).collect()
    }

    fn check(asked: &Asked<'_>, expected: &[&str]) {
        let found = faults(asked);
        let told: Vec<String> =
            found.iter().map(|one| format!("{} {}", one.field.as_deref().unwrap_or(""), one.code)).collect();
        assert_eq!(told, expected, "{asked:?}");
    }

    #[test]
    fn each_kind_brings_its_papers_and_explains_every_condition() {
        use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution};
        use PaperKind::{AuditReport, Minutes, SupervisingConsent};
        let all = said(CharityCondition::ALL);
        let papers = [Minutes, AuditReport];
        let whole = Asked {
            kind: SocialServiceInstitution,
            said: &all,
            statement: "帮助困难老人（示例）",
            promises: true,
            papers: &papers,
            has_unit: false,
        };
        check(&whole, &[]);
        check(&Asked { kind: SocialAssociation, ..whole }, &[]);
        check(&Asked { kind: Foundation, statement: "", papers: &[Minutes], ..whole }, &[]);
        check(
            &Asked { statement: " ", papers: &[Minutes], has_unit: true, promises: false, ..whole },
            &[
                "statement charity.statement-missing",
                "papers charity.paper-missing",
                "papers charity.paper-missing",
                "promise charity.promise-missing",
            ],
        );
        check(
            &Asked { said: &said(&CharityCondition::ALL[..6]), ..whole },
            &["met_lawful charity.not-promised", "says_lawful charity.words-missing"],
        );
        let consent = [Minutes, AuditReport, SupervisingConsent];
        check(&Asked { papers: &consent, has_unit: true, ..whole }, &[]);
        let long = "长".repeat(WORDS_MAX + 1);
        check(
            &Asked { kind: Foundation, statement: &long, ..whole },
            &["statement charity.statement-missing"],
        );
    }

    #[test]
    fn the_places_are_in_the_order_of_the_decree() {
        let places: Vec<(i64, i64)> = CharityCondition::ALL.iter().map(|one| one.place()).collect();
        assert_eq!(places, [(4, 2), (4, 2), (4, 3), (4, 3), (4, 4), (5, 1), (5, 4)]);
    }
}
