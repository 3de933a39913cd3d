//! An amended charter is compared with the law's list before its opinion, as the draft of a registration is (B11, B21).

use domain::kernel::{PersonId, Refusal, Role};
use domain::registry::change::{ChangeItem, may_check};
use domain::registry::registration::charter::{self, Mark};

use super::held::{ChangeCase, Registered, lock_case, lock_organisation};
use crate::registry::registration::charter::{Charter, HeldMark, held, keep};
use crate::{Act, Cx, Error};

/// Says of every item whether the amended charter has it. Until the decision it may be said anew, which replaces it.
#[derive(Clone, Debug)]
pub struct CheckAmendedCharter {
    /// The change's number.
    pub number: i64,
    /// What was found of each item.
    pub marks: Vec<Mark>,
}

impl Act for CheckAmendedCharter {
    type Outcome = ();
    const NAME: &'static str = "registry.check_amended_charter";
    const WHO: &'static [Role] = super::OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let case = lock_case(cx, self.number).await?;
        may_check(case.item, case.standing())?;
        let of = lock_organisation(cx, case.organisation_id).await?;
        let marks = charter::whole(of.kind, &self.marks).map_err(Error::Invalid)?;
        keep(cx, Charter::Amended(case.id), person, &marks).await
    }
}

/// Whether an opinion on the change may be given: on a charter, after it was compared.
///
/// # Errors
/// `registration.charter-unchecked`, or the database failed.
pub(super) async fn expect_checked(cx: &mut Cx<'_>, case: &ChangeCase) -> Result<(), Error> {
    if case.item != ChangeItem::Charter {
        return Ok(());
    }
    let of = lock_organisation(cx, case.organisation_id).await?;
    let is_checked = !held(cx, Charter::Amended(case.id)).await?.is_empty();
    Ok(charter::expect_checked(of.kind, is_checked)?)
}

/// Why an amended charter cannot be approved: that nobody compared it, or each item that it lacks, at the decision;
/// whoever compared it does not decide.
///
/// # Errors
/// `registration.decides-own-check`, or the database failed.
pub(super) async fn bars(
    cx: &mut Cx<'_>,
    case: &ChangeCase,
    of: &Registered,
    decider: Option<PersonId>,
) -> Result<Vec<Refusal>, Error> {
    if case.item != ChangeItem::Charter {
        return Ok(Vec::new());
    }
    let held = held(cx, Charter::Amended(case.id)).await?;
    let checkers: Vec<PersonId> = held.iter().map(|one| one.checked_by).collect();
    if let Some(person) = decider {
        charter::may_decide(&checkers, person)?;
    }
    let marks: Vec<Mark> = held.iter().map(HeldMark::mark).collect();
    let found = charter::findings(of.kind, (!marks.is_empty()).then_some(marks.as_slice()));
    Ok(found.iter().filter_map(domain::kernel::Finding::refusal).map(|one| one.at("decision")).collect())
}
