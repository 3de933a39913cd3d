//! What the register tells the public: that an organisation came to be, changed, ended, may raise funds or no more.

use super::change::ChangeItem;
use super::ending::EndingKind;
use crate::coded;
use crate::kernel::Coded;

coded! {
    /// What an announcement is of.
    pub enum AnnouncementKind as "announcement_kind" {
        /// An organisation has come to be.
        Establishment = "establishment",
        /// It has another name.
        Name = "name",
        /// Another domicile.
        Domicile = "domicile",
        /// Another legal representative.
        Representative = "representative",
        /// It has ended by its own wish.
        Cancellation = "cancellation",
        /// Its registration was annulled or its certificate revoked.
        Revocation = "revocation",
        /// It may raise funds from the public.
        Fundraising = "fundraising",
        /// It may no more.
        FundraisingRevoked = "fundraising_revoked",
        /// It is a charity.
        Charity = "charity",
        /// It is one no more.
        CharityAnnulled = "charity_annulled",
    }
}

/// The matter that a document of a change names.
pub const CHANGE: &str = "change";

impl AnnouncementKind {
    /// The matter that its document names, and the item that changed; an establishment names none.
    pub fn names(self) -> (Option<&'static str>, Option<ChangeItem>) {
        match self {
            Self::Establishment => (None, None),
            Self::Name => (Some(CHANGE), Some(ChangeItem::Name)),
            Self::Domicile => (Some(CHANGE), Some(ChangeItem::Domicile)),
            Self::Representative => (Some(CHANGE), Some(ChangeItem::LegalRepresentative)),
            Self::Cancellation => (Some(EndingKind::Cancellation.code()), None),
            Self::Revocation => (Some(EndingKind::Revocation.code()), None),
            Self::Fundraising => (Some("fundraising"), None),
            Self::FundraisingRevoked => (Some("fundraising-revoked"), None),
            Self::Charity => (Some("charity"), None),
            Self::CharityAnnulled => (Some("charity-annulled"), None),
        }
    }

    /// The kind of a document that names this matter and item.
    pub fn of(matter: Option<&str>, item: Option<&str>) -> Option<Self> {
        let is = |kind: &&Self| {
            let (own, changed) = kind.names();
            own == matter && changed.is_none_or(|changed| Some(changed.code()) == item)
        };
        Self::ALL.iter().find(is).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_what_its_document_names() {
        for kind in AnnouncementKind::ALL {
            let (matter, item) = kind.names();
            assert_eq!(AnnouncementKind::of(matter, item.map(Coded::code)), Some(*kind));
        }
        for (matter, item, expected) in [
            (None, None, Some(AnnouncementKind::Establishment)),
            (Some("change"), Some("scope"), None),
            (Some("revocation"), None, Some(AnnouncementKind::Revocation)),
            (Some("else"), None, None),
        ] {
            assert_eq!(AnnouncementKind::of(matter, item), expected, "{matter:?} {item:?}");
        }
    }

    #[test]
    fn every_change_that_is_announced_has_a_kind() {
        for item in ChangeItem::ALL.iter().filter(|item| item.is_announced()) {
            assert!(AnnouncementKind::of(Some(CHANGE), Some(item.code())).is_some(), "{item:?}");
        }
    }
}
