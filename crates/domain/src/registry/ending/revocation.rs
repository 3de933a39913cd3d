//! The listed grounds on which the authority annuls a registration or revokes a certificate (B23, B27).

use crate::coded;
use crate::kernel::{Date, Refusal, RuleKey, Rules};

use super::super::inspection::duty::months_after;
use super::super::organisation::OrganisationKind;

coded! {
    /// Why the authority ends an organisation.
    pub enum RevocationGround as "revocation_ground" {
        /// 申请登记时弄虚作假骗取登记.
        FraudInRegistration = "fraud_in_registration",
        /// 取得证书之日起一年未开展活动.
        Idle = "idle",
        /// 连续两年未参加年检或者年检不合格: the inspection proposes it, a person decides.
        TwoYearsAbsentOrFailed = "two_years_absent_or_failed",
        /// 涂改、出租、出借登记证书或者印章.
        CertificateLent = "certificate_lent",
        /// 超出宗旨和业务范围活动，情节严重.
        BeyondScope = "beyond_scope",
        /// 拒不接受监督检查，情节严重.
        RefusesSupervision = "refuses_supervision",
        /// 不按照规定办理变更登记，情节严重.
        ChangeNotRegistered = "change_not_registered",
        /// 侵占、私分、挪用资产或者捐赠，情节严重.
        AssetsTaken = "assets_taken",
        /// 从事营利性的经营活动，情节严重.
        ForProfit = "for_profit",
        /// 违反国家规定收取费用、筹集资金，情节严重.
        UnlawfulFees = "unlawful_fees",
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

    /// Whether it annuls the registration (撤销登记); else the certificate is revoked (吊销).
    pub fn is_annulment(self) -> bool {
        matches!(self, Self::FraudInRegistration | Self::TwoYearsAbsentOrFailed)
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
/// Idle for less than a year, or of a kind that the law does not end for it (B23); no two bad years (B27).
pub fn may_propose(
    ground: RevocationGround,
    shown: Shown,
    today: Date,
    rules: Rules<'_>,
) -> Result<(), Refusal> {
    let idle = rules.number(RuleKey::RevocationIdleMonths);
    let refused = |code| Err(Refusal::new(code, ground.rule()).at("ground"));
    match ground {
        RevocationGround::Idle if shown.kind == OrganisationKind::SocialServiceInstitution => {
            refused("ending.idle-not-of-this-kind")
        }
        RevocationGround::Idle if months_after(shown.registered_on, idle).is_none_or(|year| today < year) => {
            refused("ending.idle-too-short")
        }
        RevocationGround::TwoYearsAbsentOrFailed if !shown.is_proposed_by_inspection => {
            refused("ending.not-two-bad-years")
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
}
