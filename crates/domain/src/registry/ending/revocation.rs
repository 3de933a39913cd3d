//! The listed grounds on which the authority annuls a registration or revokes a certificate (B23, B27).

use crate::coded;
use crate::kernel::{Coded, Date, Refusal, RuleKey, Rules};

use super::super::inspection::duty::months_after;
use super::super::offence::{Offence, Place, Statute};
use super::super::organisation::OrganisationKind;

coded! {
    /// Why the authority ends an organisation. What an offence list names has the code of its offence.
    pub enum RevocationGround as "revocation_ground" {
        /// 申请登记时弄虚作假骗取登记.
        FraudInRegistration = "fraud_in_registration",
        /// 取得证书之日起一年未开展活动.
        Idle = "idle",
        /// 业务主管单位撤销批准: of institutions.
        UnitWithdrew = "unit_withdrew",
        /// 符合注销条件，不办理注销登记仍继续开展活动: of foundations.
        GoesOnAfterEnd = "goes_on_after_end",
        /// 连续两年未参加年检或者年检不合格: the inspection proposes it, a person decides.
        TwoYearsAbsentOrFailed = "two_years_absent_or_failed",
        /// 涂改、出租、出借登记证书或者印章，情节严重.
        CertificateLent = "certificate_lent",
        /// 超出宗旨和业务范围活动，情节严重.
        BeyondScope = "beyond_scope",
        /// 拒不接受监督检查，情节严重.
        RefusesSupervision = "refuses_supervision",
        /// 不按照规定办理变更登记，情节严重.
        ChangeNotRegistered = "change_not_registered",
        /// 违反规定设立或者疏于管理分支机构、代表机构，情节严重.
        Branches = "branches",
        /// 侵占、私分、挪用资产或者捐赠，情节严重.
        AssetsTaken = "assets_taken",
        /// 从事营利性的经营活动，情节严重.
        ForProfit = "for_profit",
        /// 违反国家规定收取费用、筹集资金，情节严重.
        UnlawfulFees = "unlawful_fees",
        /// 会计凭证、账簿、财务会计报告弄虚作假，情节严重: of foundations.
        FalseAccounts = "false_accounts",
        /// 未按照规定完成公益事业支出额度，情节严重: of foundations.
        SpendingMissed = "spending_missed",
        /// 未按照规定接受年度检查或者年检不合格，情节严重: of foundations.
        InspectionFailed = "inspection_failed",
        /// 不履行信息公布义务或者公布虚假信息，情节严重: of foundations.
        DisclosureFailed = "disclosure_failed",
        /// 违反其他法律、法规，有关国家机关认为应当撤销登记: of associations and institutions.
        OtherLaw = "other_law",
    }
}

impl RevocationGround {
    /// The rule that lists it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::TwoYearsAbsentOrFailed => "B27",
            _ => "B23",
        }
    }

    /// Where the regulation of this kind names it; none where it does not, and for the inspection's own ground, which
    /// stands in the measures on inspection (B27).
    pub fn place(self, kind: OrganisationKind) -> Option<Place> {
        let statute = Statute::of(kind)?;
        let (associations, institutions, foundations) =
            (Statute::Associations, Statute::Institutions, Statute::Foundations);
        match (self, statute) {
            (Self::FraudInRegistration | Self::Idle, Statute::Associations) => {
                Some(Place::new(associations, 29, None))
            }
            (Self::FraudInRegistration | Self::UnitWithdrew, Statute::Institutions) => {
                Some(Place::new(institutions, 24, None))
            }
            (Self::FraudInRegistration | Self::Idle, Statute::Foundations) => {
                Some(Place { paragraph: None, ..Place::new(foundations, 41, Some(1)) })
            }
            (Self::GoesOnAfterEnd, Statute::Foundations) => {
                Some(Place { paragraph: None, ..Place::new(foundations, 41, Some(2)) })
            }
            _ => self.offence()?.place(kind),
        }
    }

    /// The offence that it is when grave; none for what ends an organisation without being a listed offence.
    pub fn offence(self) -> Option<Offence> {
        Offence::from_code(self.code())
    }

    /// The grounds on which an organisation of this kind may be ended, in the order of their codes.
    pub fn of(kind: OrganisationKind) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|ground| ground.is_of(kind)).collect()
    }

    fn is_of(self, kind: OrganisationKind) -> bool {
        self == Self::TwoYearsAbsentOrFailed || self.place(kind).is_some()
    }
}

/// What the register shows of the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What the organisation is.
    pub kind: OrganisationKind,
    /// Since when it is registered.
    pub registered_on: Date,
    /// Whether the inspection proposes revocation (B27).
    pub is_proposed_by_inspection: bool,
}

/// Whether a ground may be proposed today.
///
/// # Errors
/// Not on the list of the organisation's kind, or idle for less than a year (B23); no two bad years (B27).
pub fn may_propose(
    ground: RevocationGround,
    shown: Shown,
    today: Date,
    rules: Rules<'_>,
) -> Result<(), Refusal> {
    let idle = rules.number(RuleKey::RevocationIdleMonths);
    let refused = |code| Refusal::new(code, ground.rule()).at("ground");
    match ground {
        RevocationGround::Idle if shown.kind == OrganisationKind::SocialServiceInstitution => {
            Err(refused("ending.idle-not-of-this-kind"))
        }
        _ if !ground.is_of(shown.kind) => Err(Refusal::new("ending.ground-not-of-this-kind", "B23")
            .at("ground")
            .with_code("ground", ground)
            .with_code("kind", shown.kind)),
        RevocationGround::Idle if months_after(shown.registered_on, idle).is_none_or(|year| today < year) => {
            Err(refused("ending.idle-too-short").with("months", idle))
        }
        RevocationGround::TwoYearsAbsentOrFailed if !shown.is_proposed_by_inspection => {
            Err(refused("ending.not-two-bad-years").with("years", rules.number(RuleKey::AbsentYearsMax)))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    #[test]
    fn a_ground_needs_what_the_register_shows() {
        use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution};
        use RevocationGround::{BeyondScope, Idle, TwoYearsAbsentOrFailed};
        let (day_before, day_of) = (day(2014, 3, 4), day(2014, 3, 5));
        for (ground, kind, today, proposed, expected) in [
            (Idle, SocialAssociation, day_of, false, ""),
            (Idle, Foundation, day_before, false, "ending.idle-too-short"),
            (Idle, SocialServiceInstitution, day_of, false, "ending.idle-not-of-this-kind"),
            (TwoYearsAbsentOrFailed, SocialServiceInstitution, day_of, true, ""),
            (TwoYearsAbsentOrFailed, SocialServiceInstitution, day_of, false, "ending.not-two-bad-years"),
            (BeyondScope, SocialServiceInstitution, day_before, false, ""),
        ] {
            let registered_on = day(2013, 3, 5);
            let shown = Shown { kind, registered_on, is_proposed_by_inspection: proposed };
            let code = may_propose(ground, shown, today, rules()).err().map_or("", |refusal| refusal.code);
            assert_eq!(code, expected, "{ground:?} {kind:?} {today}");
        }
    }

    #[test]
    fn a_ground_is_cited_where_the_regulation_of_the_kind_has_it() {
        use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution};
        let at = |ground: RevocationGround, kind| {
            ground.place(kind).map(|place| (place.article, place.paragraph, place.item))
        };
        let (fraud, idle) = (RevocationGround::FraudInRegistration, RevocationGround::Idle);
        assert_eq!(at(fraud, SocialAssociation), Some((29, None, None)));
        assert_eq!(at(fraud, SocialServiceInstitution), Some((24, None, None)));
        assert_eq!(at(fraud, Foundation), Some((41, None, Some(1))));
        assert_eq!(at(idle, SocialAssociation), Some((29, None, None)));
        assert_eq!(at(idle, SocialServiceInstitution), None);
        assert_eq!(at(RevocationGround::UnitWithdrew, SocialServiceInstitution), Some((24, None, None)));
        assert_eq!(at(RevocationGround::GoesOnAfterEnd, Foundation), Some((41, None, Some(2))));
        assert_eq!(at(RevocationGround::Branches, SocialAssociation), Some((30, Some(1), Some(5))));
        assert_eq!(at(RevocationGround::Branches, SocialServiceInstitution), Some((25, Some(1), Some(5))));
        assert_eq!(at(RevocationGround::DisclosureFailed, Foundation), Some((42, Some(1), Some(6))));
        assert_eq!(at(RevocationGround::TwoYearsAbsentOrFailed, Foundation), None);
    }

    #[test]
    fn a_kind_is_ended_on_its_own_grounds_alone() {
        use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution};
        // SAR29 twice, SAR30 eight, SAR31; PNR24 twice, PNR25 eight, PNR26; FR41 three, FR42 six; and the inspection's.
        for (kind, count) in [(SocialAssociation, 12), (SocialServiceInstitution, 12), (Foundation, 10)] {
            let grounds = RevocationGround::of(kind);
            assert_eq!(grounds.len(), count, "{grounds:?}");
            for ground in RevocationGround::ALL.iter().copied() {
                let shown = Shown { kind, registered_on: day(2010, 3, 5), is_proposed_by_inspection: true };
                let code = may_propose(ground, shown, day(2014, 3, 5), rules()).err().map(|no| no.code);
                let expected = match ground {
                    _ if grounds.contains(&ground) => None,
                    RevocationGround::Idle => Some("ending.idle-not-of-this-kind"),
                    _ => Some("ending.ground-not-of-this-kind"),
                };
                assert_eq!(code, expected, "{ground:?} of {kind:?}");
            }
        }
    }
}
