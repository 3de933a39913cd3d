//! The charter checklist: what the law wants a charter to say, item by item, by the kind of organisation (B11, B2).
//!
//! Why: an officer compares the draft charter with the law's own list before anybody gives an opinion, so that what
//! it lacks is told at once in the one correction notice, and nothing is registered on a charter that lacks it.
//! Takes the kind and what an officer found of each item; gives the faults of the form, the conditions of the case
//! and the lines of the notice. Filings of community organisations have no charter and no list.

use crate::coded;
use crate::kernel::{Coded, Finding, PersonId, Refusal};
use crate::registry::OrganisationKind;

/// The longest note, in characters.
const NOTE_MAX: usize = 200;

coded! {
    /// What a charter has to say.
    pub enum CharterItem as "charter_item" {
        /// Name and domicile.
        NameAndDomicile = "name_and_domicile",
        /// Aim, scope and area of an association.
        AimScopeAndArea = "aim_scope_and_area",
        /// Aim and scope of an institution.
        AimAndScope = "aim_and_scope",
        /// Aim and scope of the public benefit work of a foundation.
        BenefitAimAndScope = "benefit_aim_and_scope",
        /// Who may be a member, with which rights and duties.
        Membership = "membership",
        /// Democratic organisation, and how the executive body comes to be.
        DemocraticOrganisation = "democratic_organisation",
        /// Organisation and management of an institution.
        Organisation = "organisation",
        /// Conditions for leaders, how they come to office and leave it.
        Leaders = "leaders",
        /// How the legal representative or head comes to office and leaves it.
        Head = "head",
        /// The amount of the original fund.
        OriginalFund = "original_fund",
        /// The council: who, with which powers, by which rules, for how long.
        Council = "council",
        /// The duties of the legal representative.
        RepresentativeDuties = "representative_duties",
        /// The supervisors: duties, qualification, how they come to office, for how long.
        Supervisors = "supervisors",
        /// How financial reports are made and approved.
        Accounts = "accounts",
        /// How property is managed and used by a foundation.
        PropertyRules = "property_rules",
        /// Principles of managing and using assets.
        Assets = "assets",
        /// How the charter is amended.
        Amendment = "amendment",
        /// How it ends, and what becomes of its assets.
        Ending = "ending",
        /// When and how a foundation ends, and what becomes of its property.
        FoundationEnding = "foundation_ending",
        /// Whatever else the charter has to settle.
        OtherMatters = "other_matters",
        /// No profit is shared out, and no property divided when it ends (B2).
        NoDistribution = "no_distribution",
        /// It serves the public, and favours nobody in particular.
        PublicBenefit = "public_benefit",
    }
}

impl CharterItem {
    /// The rule on which it rests.
    pub fn rule(self) -> &'static str {
        if self == Self::NoDistribution { "B2" } else { "B11" }
    }

    /// The field of an officer's answer.
    pub fn field(self) -> String {
        format!("item-{}", self.code())
    }

    /// The field of an officer's note.
    pub fn note_field(self) -> String {
        format!("note-{}", self.code())
    }
}

/// What the charter of such an organisation has to say, in the order of the law; what another provision adds comes
/// last. Empty where the law lists nothing.
pub fn items(kind: OrganisationKind) -> &'static [CharterItem] {
    use CharterItem as I;
    match kind {
        OrganisationKind::SocialAssociation => &[
            I::NameAndDomicile,
            I::AimScopeAndArea,
            I::Membership,
            I::DemocraticOrganisation,
            I::Leaders,
            I::Assets,
            I::Amendment,
            I::Ending,
            I::OtherMatters,
        ],
        OrganisationKind::SocialServiceInstitution => &[
            I::NameAndDomicile,
            I::AimAndScope,
            I::Organisation,
            I::Head,
            I::Assets,
            I::Amendment,
            I::Ending,
            I::OtherMatters,
            I::NoDistribution,
        ],
        OrganisationKind::Foundation => &[
            I::NameAndDomicile,
            I::BenefitAimAndScope,
            I::OriginalFund,
            I::Council,
            I::RepresentativeDuties,
            I::Supervisors,
            I::Accounts,
            I::PropertyRules,
            I::FoundationEnding,
            I::PublicBenefit,
        ],
        _ => &[],
    }
}

/// What an officer found of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which item.
    pub item: CharterItem,
    /// Whether the charter says it.
    pub is_there: bool,
    /// On which page, or what is missing; may be empty.
    pub note: String,
}

/// The marks in the order of the list, when every item has one.
///
/// # Errors
/// Every fault at its field: `registration.charter-item-open` for an item without an answer,
/// `registration.text-too-long` for a note (B11).
pub fn whole(kind: OrganisationKind, marks: &[Mark]) -> Result<Vec<Mark>, Vec<Refusal>> {
    let (mut sound, mut faults) = (Vec::new(), Vec::new());
    for item in items(kind) {
        let Some(mark) = marks.iter().find(|mark| mark.item == *item) else {
            let refusal = Refusal::new("registration.charter-item-open", item.rule());
            faults.push(refusal.with_code("item", *item).at(item.field()));
            continue;
        };
        if mark.note.trim().chars().count() > NOTE_MAX {
            let refusal = Refusal::new("registration.text-too-long", item.rule()).with("max", NOTE_MAX);
            faults.push(refusal.at(item.note_field()));
        }
        sound.push(mark.clone());
    }
    if faults.is_empty() { Ok(sound) } else { Err(faults) }
}

/// The items that the charter lacks.
pub fn lacking(marks: &[Mark]) -> Vec<&Mark> {
    marks.iter().filter(|mark| !mark.is_there).collect()
}

/// What the checklist says of the case, for whoever decides: that nobody has compared the charter with the list, or
/// each item that it lacks, or that it lacks none.
pub fn findings(kind: OrganisationKind, checked: Option<&[Mark]>) -> Vec<Finding> {
    let total = items(kind).len();
    if total == 0 {
        return Vec::new();
    }
    let Some(marks) = checked else {
        return vec![Finding::barred("registration.charter-unchecked", "B11").with("total", total)];
    };
    let lacks = lacking(marks);
    if lacks.is_empty() {
        return vec![Finding::met("registration.charter-whole", "B11").with("total", total)];
    }
    let lack = |mark: &&Mark| {
        let finding = Finding::barred("registration.charter-lacks", mark.item.rule());
        finding.with_code("item", mark.item).with("note", mark.note.trim())
    };
    lacks.iter().map(lack).collect()
}

/// Whether an opinion may be given: after the charter was compared with the list (B11).
///
/// # Errors
/// `registration.charter-unchecked`.
pub fn expect_checked(kind: OrganisationKind, is_checked: bool) -> Result<(), Refusal> {
    let total = items(kind).len();
    if is_checked || total == 0 {
        return Ok(());
    }
    Err(Refusal::new("registration.charter-unchecked", "B11").with("total", total))
}

/// Whether `person` may decide a case whose charter these people compared with the list (B9).
///
/// # Errors
/// `registration.decides-own-check`.
pub fn may_decide(checkers: &[PersonId], person: PersonId) -> Result<(), Refusal> {
    if checkers.contains(&person) {
        return Err(Refusal::new("registration.decides-own-check", "B9"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;

    const INSTITUTION: OrganisationKind = OrganisationKind::SocialServiceInstitution;

    fn all_there(kind: OrganisationKind) -> Vec<Mark> {
        let mark = |item: &CharterItem| Mark { item: *item, is_there: true, note: String::new() };
        items(kind).iter().map(mark).collect()
    }

    #[test]
    fn each_kind_has_the_list_of_its_law_and_a_filing_has_none() {
        for (kind, count, last) in [
            (OrganisationKind::SocialAssociation, 9, CharterItem::OtherMatters),
            (INSTITUTION, 9, CharterItem::NoDistribution),
            (OrganisationKind::Foundation, 10, CharterItem::PublicBenefit),
        ] {
            assert_eq!((items(kind).len(), items(kind).last()), (count, Some(&last)), "{kind:?}");
        }
        for kind in OrganisationKind::ALL.iter().filter(|kind| !kind.is_social_organisation()) {
            assert!(items(*kind).is_empty() && findings(*kind, None).is_empty(), "{kind:?}");
            assert_eq!(expect_checked(*kind, false), Ok(()), "{kind:?}");
        }
        assert_eq!(CharterItem::NoDistribution.rule(), "B2");
        assert_eq!(CharterItem::PublicBenefit.rule(), "B11");
    }

    #[test]
    fn a_checklist_is_whole_or_tells_every_fault_at_once() {
        let told = |marks: &[Mark]| -> Vec<String> {
            let faults = whole(INSTITUTION, marks).err().unwrap_or_default();
            let text = |no: &Refusal| format!("{} {}", no.field.as_deref().unwrap_or_default(), no.code);
            faults.iter().map(text).collect()
        };
        let mut marks = all_there(INSTITUTION);
        assert_eq!(whole(INSTITUTION, &marks).map(|sound| sound.len()), Ok(9));
        marks.remove(0);
        marks[0].note = "页".repeat(201);
        assert_eq!(
            told(&marks),
            [
                "item-name_and_domicile registration.charter-item-open",
                "note-aim_and_scope registration.text-too-long"
            ]
        );
        assert_eq!(told(&[]).len(), 9);
        // An answer to an item of another kind's list counts for nothing.
        let stray = Mark { item: CharterItem::Membership, is_there: true, note: String::new() };
        let kept = whole(INSTITUTION, &[all_there(INSTITUTION), vec![stray]].concat()).unwrap();
        assert!(kept.iter().all(|mark| mark.item != CharterItem::Membership));
    }

    #[test]
    fn what_the_charter_lacks_bars_under_its_own_rule() {
        let unchecked = findings(INSTITUTION, None);
        assert_eq!(unchecked[0].refusal().map(|no| no.code), Some("registration.charter-unchecked"));
        let mut marks = all_there(INSTITUTION);
        assert_eq!(findings(INSTITUTION, Some(&marks))[0].level, Level::Met);
        for mark in marks
            .iter_mut()
            .filter(|mark| matches!(mark.item, CharterItem::Amendment | CharterItem::NoDistribution))
        {
            mark.is_there = false;
        }
        let found = findings(INSTITUTION, Some(&marks));
        let rules: Vec<_> = found.iter().map(|one| (one.code, one.rule, one.level)).collect();
        assert_eq!(
            rules,
            [
                ("registration.charter-lacks", "B11", Level::Barred),
                ("registration.charter-lacks", "B2", Level::Barred)
            ]
        );
    }

    #[test]
    fn the_checklist_comes_before_the_opinions_and_whoever_filled_it_in_does_not_decide() {
        assert_eq!(expect_checked(INSTITUTION, true), Ok(()));
        let code = expect_checked(INSTITUTION, false).unwrap_err().code;
        assert_eq!(code, "registration.charter-unchecked");
        assert_eq!(may_decide(&[PersonId(1)], PersonId(2)), Ok(()));
        let code = may_decide(&[PersonId(1)], PersonId(1)).unwrap_err().code;
        assert_eq!(code, "registration.decides-own-check");
    }
}
