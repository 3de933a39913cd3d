//! Entering the register by hand or by sheet: who may, and what stays as acts decided it (S10-S12).
//!
//! Registration, inspection and rating are decided by the approval office alone (S10). The purchase lead, who
//! also leads the social organisation bureau's policy, enters enterprises and public institutions only.

use super::organisation::{CreditListing, InspectionResult, OrganisationKind, OrganisationStatus};
use crate::kernel::{Refusal, Role};

/// What the register shows of an organisation's standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whether the registration is alive.
    pub status: OrganisationStatus,
    /// The last inspection.
    pub inspection: InspectionResult,
    /// The credit list.
    pub listing: CreditListing,
}

/// Which parts of it an act decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// A status change is on file.
    pub status: bool,
    /// An inspection was decided or missed.
    pub inspection: bool,
    /// A listing was decided.
    pub listing: bool,
}

/// Refuses an entry outside the role's powers (S10-S12).
///
/// # Errors
/// A social organisation by the purchase lead, anything else by the approval office.
pub fn may_enter(role: Role, kind: OrganisationKind) -> Result<(), Refusal> {
    let may = match role {
        Role::PurchaseLead => !kind.is_social_organisation(),
        Role::ApprovalOfficer => kind.is_social_organisation(),
        _ => true,
    };
    if may {
        return Ok(());
    }
    Err(Refusal::new("registry.not-yours-to-enter", "S10").at("kind").with_code("kind", kind))
}

/// Refuses to overwrite what acts decided for a social organisation, field by field (S10).
pub fn overwritten(kind: OrganisationKind, decided: Decided, old: Shown, new: Shown) -> Vec<Refusal> {
    if !kind.is_social_organisation() {
        return Vec::new();
    }
    let fault = |field: &str| Refusal::new("registry.decided-by-act", "S10").at(field);
    let mut faults = Vec::new();
    if decided.status && old.status != new.status {
        faults.push(fault("status").with_code("held", old.status));
    }
    if decided.inspection && old.inspection != new.inspection {
        faults.push(fault("inspection").with_code("held", old.inspection));
    }
    if decided.listing && old.listing != new.listing {
        faults.push(fault("listing").with_code("held", old.listing));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_office_enters_its_own() {
        let social = OrganisationKind::Foundation;
        let other = OrganisationKind::Enterprise;
        for (role, kind, expected) in [
            (Role::PurchaseLead, social, Err("registry.not-yours-to-enter")),
            (Role::PurchaseLead, other, Ok(())),
            (Role::ApprovalOfficer, social, Ok(())),
            (Role::ApprovalOfficer, other, Err("registry.not-yours-to-enter")),
            (Role::Administrator, social, Ok(())),
            (Role::Administrator, other, Ok(())),
        ] {
            assert_eq!(may_enter(role, kind).map_err(|refusal| refusal.code), expected, "{role:?} {kind:?}");
        }
    }

    #[test]
    fn what_an_act_decided_is_not_written_over() {
        let old = Shown {
            status: OrganisationStatus::Active,
            inspection: InspectionResult::Pass,
            listing: CreditListing::Abnormal,
        };
        let new = Shown {
            status: OrganisationStatus::Revoked,
            inspection: InspectionResult::Fail,
            listing: CreditListing::None,
        };
        let fields = |kind, decided| -> Vec<String> {
            overwritten(kind, decided, old, new).into_iter().filter_map(|fault| fault.field).collect()
        };
        let all = Decided { status: true, inspection: true, listing: true };
        assert_eq!(fields(OrganisationKind::Foundation, all), ["status", "inspection", "listing"]);
        let listing = Decided { listing: true, ..Decided::default() };
        assert_eq!(fields(OrganisationKind::Foundation, listing), ["listing"]);
        assert!(fields(OrganisationKind::Foundation, Decided::default()).is_empty());
        assert!(fields(OrganisationKind::Enterprise, all).is_empty());
        assert!(overwritten(OrganisationKind::Foundation, all, old, old).is_empty());
    }
}
