//! What the three regulations punish: each list with its items, by kind of organisation (B23).
//!
//! Associations answer for the eight items of SAR30, institutions for the eight of PNR25, foundations for the six of
//! FR42. The lists are not the same, so an offence is cited by article, paragraph and item of the organisation's own
//! regulation, and one that its list does not know is refused. Articles are numbered as in the texts now in force;
//! before the revision of 2016 SAR29 and SAR30 were articles 32 and 33.

use super::organisation::OrganisationKind;
use crate::coded;
use crate::kernel::{Fact, Finding};

coded! {
    /// What an organisation did.
    pub enum Offence as "offence" {
        /// 涂改、出租、出借登记证书，或者出租、出借印章.
        CertificateLent = "certificate_lent",
        /// 超出章程规定的宗旨和业务范围进行活动.
        BeyondScope = "beyond_scope",
        /// 拒不接受或者不按照规定接受监督检查.
        RefusesSupervision = "refuses_supervision",
        /// 不按照规定办理变更登记.
        ChangeNotRegistered = "change_not_registered",
        /// 违反规定设立分支机构、代表机构，或者疏于管理造成严重后果; an institution may have none at all.
        Branches = "branches",
        /// 从事营利性的经营活动.
        ForProfit = "for_profit",
        /// 侵占、私分、挪用资产或者所接受的捐赠、资助.
        AssetsTaken = "assets_taken",
        /// 违反国家有关规定收取费用、筹集资金或者接受、使用捐赠、资助.
        UnlawfulFees = "unlawful_fees",
        /// 在填制会计凭证、登记会计账簿、编制财务会计报告中弄虚作假.
        FalseAccounts = "false_accounts",
        /// 未按照规定完成公益事业支出额度.
        SpendingMissed = "spending_missed",
        /// 未按照规定接受年度检查，或者年度检查不合格.
        InspectionFailed = "inspection_failed",
        /// 不履行信息公布义务或者公布虚假信息.
        DisclosureFailed = "disclosure_failed",
        /// 违反其他法律、法规: another law says what, and what follows.
        OtherLaw = "other_law",
    }
}

coded! {
    /// The regulation under which a kind of organisation stands.
    pub enum Statute as "statute" {
        /// 《社会团体登记管理条例》.
        Associations = "associations",
        /// 《民办非企业单位登记管理暂行条例》.
        Institutions = "institutions",
        /// 《基金会管理条例》.
        Foundations = "foundations",
    }
}

impl Statute {
    /// The regulation of a kind; none for what is no social organisation.
    pub fn of(kind: OrganisationKind) -> Option<Self> {
        match kind {
            OrganisationKind::SocialAssociation => Some(Self::Associations),
            OrganisationKind::SocialServiceInstitution => Some(Self::Institutions),
            OrganisationKind::Foundation => Some(Self::Foundations),
            OrganisationKind::Enterprise | OrganisationKind::PublicInstitution => None,
        }
    }
}

/// Where a law says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// In which regulation.
    pub statute: Statute,
    /// In which article.
    pub article: i64,
    /// In which paragraph; none where the article has one alone.
    pub paragraph: Option<i64>,
    /// In which item of the list.
    pub item: Option<i64>,
}

impl Place {
    /// A whole article, or an item of its first paragraph.
    pub(in crate::registry) const fn new(statute: Statute, article: i64, item: Option<i64>) -> Self {
        let paragraph = if item.is_some() { Some(1) } else { None };
        Self { statute, article, paragraph, item }
    }

    /// The finding with this place among its facts; `none` stands for no paragraph and no item.
    #[must_use]
    pub fn cited_in(self, finding: Finding) -> Finding {
        let place = |number: Option<i64>| number.map_or(Fact::from("none"), Fact::Number);
        finding
            .with_code("statute", self.statute)
            .with("article", self.article)
            .with("paragraph", place(self.paragraph))
            .with("item", place(self.item))
    }
}

/// The eight items that associations and institutions have in common, in the order of SAR30 and PNR25.
const OF_ASSOCIATIONS: [Offence; 8] = [
    Offence::CertificateLent,
    Offence::BeyondScope,
    Offence::RefusesSupervision,
    Offence::ChangeNotRegistered,
    Offence::Branches,
    Offence::ForProfit,
    Offence::AssetsTaken,
    Offence::UnlawfulFees,
];

/// The six items of FR42, in their order.
const OF_FOUNDATIONS: [Offence; 6] = [
    Offence::BeyondScope,
    Offence::FalseAccounts,
    Offence::ChangeNotRegistered,
    Offence::SpendingMissed,
    Offence::InspectionFailed,
    Offence::DisclosureFailed,
];

/// What the regulation of a kind punishes, in the order of its list; what another law punishes comes last, for all.
pub fn listed(kind: OrganisationKind) -> Vec<Offence> {
    let list: &[Offence] = match Statute::of(kind) {
        Some(Statute::Associations | Statute::Institutions) => &OF_ASSOCIATIONS,
        Some(Statute::Foundations) => &OF_FOUNDATIONS,
        None => &[],
    };
    list.iter().copied().chain([Offence::OtherLaw]).collect()
}

impl Offence {
    /// Where the regulation of this kind names it; none when it does not.
    pub fn place(self, kind: OrganisationKind) -> Option<Place> {
        let statute = Statute::of(kind)?;
        let article = match (statute, self) {
            (Statute::Associations, Self::OtherLaw) => return Some(Place::new(statute, 31, None)),
            (Statute::Institutions, Self::OtherLaw) => return Some(Place::new(statute, 26, None)),
            (Statute::Associations, _) => 30,
            (Statute::Institutions, _) => 25,
            (Statute::Foundations, _) => 42,
        };
        let at = listed(kind).iter().position(|one| *one == self && self != Self::OtherLaw)?;
        let item = i64::try_from(at).ok()?.checked_add(1)?;
        Some(Place::new(statute, article, Some(item)))
    }

    /// Whether a penalty on this kind may rest on it: its list names it, or another law does.
    pub fn is_of(self, kind: OrganisationKind) -> bool {
        listed(kind).contains(&self)
    }

    /// What the article that punishes it allows beside a warning and a stop of activity.
    pub fn allows(self, kind: OrganisationKind) -> Allowed {
        match (Statute::of(kind), self) {
            (_, Self::OtherLaw) | (None, _) => Allowed { fine: Fining::ByOtherLaw, may_replace: false },
            (Some(Statute::Associations), _) => Allowed { fine: Fining::ByMultiple, may_replace: true },
            (Some(Statute::Institutions), _) => Allowed { fine: Fining::ByMultiple, may_replace: false },
            (Some(Statute::Foundations), _) => Allowed { fine: Fining::Never, may_replace: false },
        }
    }
}

/// How a fine is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fining {
    /// As a multiple of illegal turnover or illegal gains, which are confiscated (SAR30, PNR25).
    ByMultiple,
    /// Not at all (FR42).
    Never,
    /// As the other law says.
    ByOtherLaw,
}

/// What an article allows beside a warning and a stop of activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// How it measures a fine.
    pub fine: Fining,
    /// Whether the person responsible may be ordered to be replaced: SAR30 alone says so.
    pub may_replace: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use OrganisationKind::{Enterprise, Foundation, SocialAssociation, SocialServiceInstitution};

    #[test]
    fn every_item_of_every_list_is_cited_where_the_law_has_it() {
        use Offence as O;
        for (kind, statute, article, list) in [
            (
                SocialAssociation,
                Statute::Associations,
                30,
                &[
                    O::CertificateLent,
                    O::BeyondScope,
                    O::RefusesSupervision,
                    O::ChangeNotRegistered,
                    O::Branches,
                    O::ForProfit,
                    O::AssetsTaken,
                    O::UnlawfulFees,
                ][..],
            ),
            (
                SocialServiceInstitution,
                Statute::Institutions,
                25,
                &[
                    O::CertificateLent,
                    O::BeyondScope,
                    O::RefusesSupervision,
                    O::ChangeNotRegistered,
                    O::Branches,
                    O::ForProfit,
                    O::AssetsTaken,
                    O::UnlawfulFees,
                ],
            ),
            (
                Foundation,
                Statute::Foundations,
                42,
                &[
                    O::BeyondScope,
                    O::FalseAccounts,
                    O::ChangeNotRegistered,
                    O::SpendingMissed,
                    O::InspectionFailed,
                    O::DisclosureFailed,
                ],
            ),
        ] {
            for (item, offence) in (1..).zip(list) {
                let expected = Place { statute, article, paragraph: Some(1), item: Some(item) };
                assert_eq!(offence.place(kind), Some(expected), "{offence:?} of {kind:?}");
            }
            let all = <Offence as crate::kernel::Coded>::ALL;
            let others: Vec<Offence> = all.iter().copied().filter(|one| !list.contains(one)).collect();
            for offence in others.into_iter().filter(|one| *one != Offence::OtherLaw) {
                assert_eq!(offence.place(kind), None, "{offence:?} of {kind:?}");
                assert!(!offence.is_of(kind), "{offence:?} of {kind:?}");
            }
        }
        assert_eq!(listed(Enterprise), [Offence::OtherLaw]);
    }

    #[test]
    fn another_law_is_cited_where_the_regulation_points_to_it() {
        let article = |kind| Offence::OtherLaw.place(kind).map(|place| (place.article, place.item));
        assert_eq!(article(SocialAssociation), Some((31, None)));
        assert_eq!(article(SocialServiceInstitution), Some((26, None)));
        assert_eq!(article(Foundation), None);
        assert_eq!(article(Enterprise), None);
        assert!(Offence::OtherLaw.is_of(Enterprise) && Offence::OtherLaw.is_of(Foundation));
    }

    #[test]
    fn each_regulation_allows_what_it_says() {
        for (offence, kind, fine, may_replace) in [
            (Offence::Branches, SocialAssociation, Fining::ByMultiple, true),
            (Offence::Branches, SocialServiceInstitution, Fining::ByMultiple, false),
            (Offence::SpendingMissed, Foundation, Fining::Never, false),
            (Offence::OtherLaw, SocialAssociation, Fining::ByOtherLaw, false),
            (Offence::OtherLaw, Enterprise, Fining::ByOtherLaw, false),
        ] {
            assert_eq!(offence.allows(kind), Allowed { fine, may_replace }, "{offence:?} {kind:?}");
        }
    }
}
