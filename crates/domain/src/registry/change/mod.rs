//! Change of what is registered: which items, with which papers, within which days, by whom (B16, B21); its place on
//! the course of every application (B9); the approval of an amended charter, and the days for a new supervising unit in `release`; what a new value must be in
//! `value`.

pub mod release;
pub mod value;

use crate::coded;
use crate::kernel::{Calendar, Coded, Date, PersonId, Refusal, RuleKey, Rules};

use super::OrganisationKind;
use super::course::{self, Intake, OnCourse, Place, Step};
use super::paper::PaperKind;

coded! {
    /// A registered item that may change (B16).
    pub enum ChangeItem as "change_item" {
        /// 名称.
        Name = "name",
        /// 住所.
        Domicile = "domicile",
        /// 法定代表人.
        LegalRepresentative = "legal_representative",
        /// 宗旨.
        Aim = "aim",
        /// 业务范围.
        Scope = "scope",
        /// 活动地域.
        Area = "area",
        /// 注册资金（开办资金）.
        Capital = "capital",
        /// 业务主管单位.
        SupervisingUnit = "supervising_unit",
        /// 章程: approved, not registered (SAR18).
        Charter = "charter",
    }
}

coded! {
    /// How far a change has come.
    pub enum ChangeStage as "change_stage" {
        /// The organisation asked for it.
        Applied = "applied",
        /// An officer gave an opinion.
        Reviewed = "reviewed",
        /// The item has changed.
        Approved = "approved",
        /// It stays as it was.
        Refused = "refused",
    }
}

/// Where a change stands: its stage, and how far its taking up has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeStanding {
    /// Its stage.
    pub stage: ChangeStage,
    /// How far its taking up has come; none for one from before that was kept, which counts as taken up.
    pub intake: Option<Intake>,
}

impl OnCourse for ChangeStanding {
    fn place(self) -> Option<Place> {
        match self.stage {
            ChangeStage::Applied => Intake::place(self.intake),
            ChangeStage::Reviewed if self.intake != Some(Intake::Withdrawn) => Some(Place::Reviewed),
            _ => None,
        }
    }

    fn at(place: Place) -> Self {
        let stage = if place == Place::Reviewed { ChangeStage::Reviewed } else { ChangeStage::Applied };
        Self { stage, intake: Some(Intake::at(place)) }
    }

    fn wrong_stage(self) -> Refusal {
        match (self.place(), self.intake) {
            (Some(Place::Applied | Place::Returned), Some(intake))
            | (None, Some(intake @ Intake::Withdrawn)) => course::not_accepted(intake),
            _ => Refusal::new("change.wrong-stage", "B21").with_code("stage", self.stage),
        }
    }

    fn corrected_once() -> Refusal {
        course::corrected_once()
    }
}

impl ChangeItem {
    /// Whether the public is told (B16: name, domicile, legal representative).
    pub fn is_announced(self) -> bool {
        matches!(self, Self::Name | Self::Domicile | Self::LegalRepresentative)
    }

    /// Whether it stands in the register and on the certificate; a charter is approved and kept on file (B16).
    pub fn is_registered(self) -> bool {
        self != Self::Charter
    }

    /// The paper without which it is not applied for, beside the minutes: an audit before a change of legal
    /// representative, the right to the new premises, the verified funds, the charter itself (B21, B11).
    pub fn paper(self) -> Option<PaperKind> {
        match self {
            Self::LegalRepresentative => Some(PaperKind::AuditReport),
            Self::Domicile => Some(PaperKind::PremisesRight),
            Self::Capital => Some(PaperKind::CapitalVerification),
            Self::Charter => Some(PaperKind::Charter),
            Self::Name | Self::Aim | Self::Scope | Self::Area | Self::SupervisingUnit => None,
        }
    }

    /// Whether organisations of this kind have it: an area of activity is registered of associations alone (B16; SAR12,
    /// PNR12, FR11).
    pub fn is_of(self, kind: OrganisationKind) -> bool {
        self != Self::Area || kind == OrganisationKind::SocialAssociation
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Which item.
    pub item: ChangeItem,
    /// As it stands now.
    pub old: &'a str,
    /// As it is to be.
    pub new: &'a str,
    /// The day on which the supervising unit consented.
    pub consent_on: Date,
    /// What the papers show.
    pub papers: &'a [PaperKind],
}

/// Everything that keeps a change from being applied for; empty when it may be.
pub fn faults(asked: &Asked<'_>, today: Date, rules: Rules<'_>, calendar: &Calendar) -> Vec<Refusal> {
    let mut faults = Vec::new();
    if asked.new == asked.old && !asked.new.is_empty() {
        faults.push(Refusal::new("change.nothing-new", "B21").at("value"));
    }
    if asked.consent_on > today {
        faults.push(Refusal::new("change.consent-ahead", "B21").at("consent_on"));
    } else {
        match rules.deadline(calendar, RuleKey::ChangeApplicationDays, asked.consent_on) {
            Ok(last) if last.due < today => faults.push(
                Refusal::new("change.too-late", "B21")
                    .at("consent_on")
                    .with("days", i64::from(last.count))
                    .with("last", last.due),
            ),
            Ok(_) => {}
            Err(refusal) => faults.push(refusal.at("consent_on")),
        }
    }
    for needed in [Some(PaperKind::Minutes), asked.item.paper()].into_iter().flatten() {
        if !asked.papers.contains(&needed) {
            let code = match needed {
                PaperKind::AuditReport => "change.audit-missing",
                _ => "change.paper-missing",
            };
            faults.push(Refusal::new(code, "B21").at("papers").with_code("paper", needed));
        }
    }
    faults
}

/// Whether an officer may give an opinion now.
///
/// # Errors
/// It is not taken up, an opinion was given, or it is decided.
pub fn may_review(at: ChangeStanding) -> Result<(), Refusal> {
    Step::Review.from(at, true).map(|_| ())
}

/// Whether an officer may compare the charter with the law's list now: an amended one, from its receipt until it is
/// decided, and not while it is back with the organisation (B11).
///
/// # Errors
/// Nothing of the charter changes, it is being corrected, or it is decided.
pub fn may_check(item: ChangeItem, at: ChangeStanding) -> Result<(), Refusal> {
    if item != ChangeItem::Charter {
        return Err(Refusal::new("change.no-charter", "B21").with_code("item", item));
    }
    match at.place() {
        Some(Place::Applied | Place::Accepted | Place::Reviewed) => Ok(()),
        Some(Place::Returned) | None => Err(at.wrong_stage()),
    }
}

/// Whether `decider` may decide now: after the opinion of another person (S10, C14).
///
/// # Errors
/// Not reviewed, decided already, or both are one person.
pub fn may_decide(
    at: ChangeStanding,
    reviewer: Option<PersonId>,
    decider: Option<PersonId>,
) -> Result<(), Refusal> {
    if at.place() != Some(Place::Reviewed) {
        return Err(at.wrong_stage());
    }
    other_person(reviewer, decider)
}

/// Refuses a decision by whoever prepared it (C14).
///
/// # Errors
/// Both are one person.
pub fn other_person(prepared: Option<PersonId>, decider: Option<PersonId>) -> Result<(), Refusal> {
    match prepared {
        Some(person) if decider == Some(person) => Err(Refusal::new("change.same-person", "C14")),
        _ => Ok(()),
    }
}

/// The items of an organisation of this kind, in the order of the list.
pub fn items(kind: OrganisationKind) -> impl Iterator<Item = ChangeItem> {
    ChangeItem::ALL.iter().copied().filter(move |item| item.is_of(kind))
}

/// Refuses an item that organisations of this kind do not have.
///
/// # Errors
/// `change.no-such-item`.
pub fn expect_item(item: ChangeItem, kind: OrganisationKind) -> Result<(), Refusal> {
    if item.is_of(kind) {
        return Ok(());
    }
    Err(Refusal::new("change.no-such-item", "B16").at("item").with_code("item", item).with_code("kind", kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, calendar, day};

    fn check(item: ChangeItem, consent: Date, papers: &[PaperKind], expected: &[&str]) {
        let asked = Asked { item, old: "旧", new: "新", consent_on: consent, papers };
        let today = day(2014, 4, 30);
        let found = faults(&asked, today, book().on(today), calendar());
        let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
        assert_eq!(codes, expected, "{item:?} {consent} {papers:?}");
    }

    #[test]
    fn a_change_is_asked_for_in_time_and_with_its_papers() {
        use PaperKind::{AuditReport, CapitalVerification, Minutes, PremisesRight};
        let (early, last, late) = (day(2014, 4, 1), day(2014, 3, 31), day(2014, 3, 28));
        check(ChangeItem::Name, early, &[Minutes], &[]);
        check(ChangeItem::Name, last, &[Minutes], &[]);
        check(ChangeItem::Name, late, &[Minutes], &["change.too-late"]);
        check(ChangeItem::Name, day(2014, 5, 1), &[Minutes], &["change.consent-ahead"]);
        check(ChangeItem::Name, early, &[], &["change.paper-missing"]);
        check(ChangeItem::LegalRepresentative, early, &[Minutes], &["change.audit-missing"]);
        check(ChangeItem::LegalRepresentative, early, &[Minutes, AuditReport], &[]);
        check(ChangeItem::Domicile, early, &[Minutes], &["change.paper-missing"]);
        check(ChangeItem::Domicile, early, &[Minutes, PremisesRight], &[]);
        check(ChangeItem::Capital, early, &[Minutes, CapitalVerification], &[]);
        check(ChangeItem::Charter, early, &[Minutes], &["change.paper-missing"]);
        check(ChangeItem::Charter, last, &[Minutes, PaperKind::Charter], &[]);
        check(ChangeItem::Charter, late, &[Minutes, PaperKind::Charter], &["change.too-late"]);
    }

    #[test]
    fn what_stays_as_it_is_is_no_change() {
        let papers = [PaperKind::Minutes];
        let today = day(2014, 4, 30);
        let asked =
            Asked {
                item: ChangeItem::Scope, old: "养老", new: "养老", consent_on: today, papers: &papers
            };
        let found = faults(&asked, today, book().on(today), calendar());
        assert_eq!(found.first().map(|one| one.code), Some("change.nothing-new"));
    }

    #[test]
    fn another_person_decides_what_one_has_reviewed() {
        use ChangeStage::{Applied, Approved, Refused, Reviewed};
        let (one, two) = (Some(PersonId(1)), Some(PersonId(2)));
        for (stage, reviewer, decider, expected) in [
            (Reviewed, one, two, ""),
            (Reviewed, one, one, "change.same-person"),
            (Applied, None, two, "change.wrong-stage"),
            (Approved, one, two, "change.wrong-stage"),
            (Refused, one, two, "change.wrong-stage"),
        ] {
            let at = ChangeStanding { stage, intake: Some(Intake::Accepted) };
            let code = may_decide(at, reviewer, decider).err().map_or("", |refusal| refusal.code);
            assert_eq!(code, expected, "{stage:?}");
        }
    }

    #[test]
    fn a_change_is_taken_up_before_it_is_reviewed_and_returned_once() {
        use ChangeStage::{Applied, Approved, Reviewed};
        use Intake::{Accepted, Received, Returned, Withdrawn};
        let at = |stage, intake| ChangeStanding { stage, intake };
        for (standing, review, check, correct) in [
            (at(Applied, Some(Received)), "course.not-accepted", "", ""),
            (
                at(Applied, Some(Returned)),
                "course.not-accepted",
                "course.not-accepted",
                "course.not-accepted",
            ),
            (at(Applied, Some(Accepted)), "", "", "change.wrong-stage"),
            // From before the taking up was kept.
            (at(Applied, None), "", "", "change.wrong-stage"),
            (at(Reviewed, Some(Accepted)), "change.wrong-stage", "", "change.wrong-stage"),
            (
                at(Reviewed, Some(Withdrawn)),
                "course.not-accepted",
                "course.not-accepted",
                "course.not-accepted",
            ),
            (at(Approved, Some(Accepted)), "change.wrong-stage", "change.wrong-stage", "change.wrong-stage"),
        ] {
            let code = |found: Result<(), Refusal>| found.err().map_or("", |refusal| refusal.code);
            assert_eq!(code(may_review(standing)), review, "{standing:?}");
            assert_eq!(code(may_check(ChangeItem::Charter, standing)), check, "{standing:?}");
            assert_eq!(code(Step::Correct.from(standing, false).map(|_| ())), correct, "{standing:?}");
        }
        let again = Step::Correct.from(at(Applied, Some(Received)), true).err().map(|refusal| refusal.code);
        assert_eq!(again, Some("course.corrected-once"));
        let next = Step::Accept.from(at(Applied, Some(Received)), true);
        assert_eq!(next, Ok(at(Applied, Some(Accepted))));
    }

    #[test]
    fn name_domicile_and_legal_representative_are_announced() {
        let all = ChangeItem::ALL.iter().filter(|item| item.is_announced());
        let told: Vec<&str> = all.map(|item| item.code()).collect();
        assert_eq!(told, ["name", "domicile", "legal_representative"]);
    }

    #[test]
    fn every_kind_has_its_registered_items() {
        use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution};
        for (kind, has_area) in
            [(SocialAssociation, true), (SocialServiceInstitution, false), (Foundation, false)]
        {
            let found: Vec<ChangeItem> = items(kind).collect();
            assert_eq!(found.len(), if has_area { 9 } else { 8 }, "{kind:?}");
            assert!(found.contains(&ChangeItem::Aim) && found.contains(&ChangeItem::Scope));
            assert_eq!(found.contains(&ChangeItem::Area), has_area, "{kind:?}");
            assert_eq!(expect_item(ChangeItem::Area, kind).is_ok(), has_area, "{kind:?}");
        }
        let refusal = expect_item(ChangeItem::Area, Foundation).unwrap_err();
        assert_eq!(
            (refusal.code, refusal.rule, refusal.field.as_deref()),
            ("change.no-such-item", "B16", Some("item"))
        );
    }
}
