//! The decision by a second person: enrolled after publicity, or refused in writing on a listed ground (D1, C14).

use domain::cultivation::course::{check_confirmation, check_refusal};
use domain::cultivation::{EnrolmentStage, RefusalGround};
use domain::kernel::{Coded, EnrolmentId, Fact, Finding, Role};
use domain::registry::{DocumentKind, Gate};

use super::case::{Enrolment, advance, locked};
use super::{BUREAU, person};
use crate::documents::{self, Draft};
use crate::registry::enrolled::HOLDER;
use crate::registry::standing;
use crate::{Act, Cx, Error, args};

/// Enrols the organisation. The outcome is the notice's code.
#[derive(Clone, Copy)]
pub struct ConfirmEnrolment {
    /// Which.
    pub enrolment: EnrolmentId,
}

impl Act for ConfirmEnrolment {
    type Outcome = String;
    const NAME: &'static str = "cultivation.confirm";
    const WHO: &'static [Role] = BUREAU;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let case = locked(cx, self.enrolment).await?;
        let (today, by) = (cx.now.date(), person(cx)?);
        check_confirmation(&case.position(cx.app), today, by)?;
        let known = standing::known_in(cx.app, &mut cx.tx, case.holder_id, cx.now).await?;
        known.gate(Gate::Programme, cx.app.book.on(today)).require()?;
        // Only the first enrolment counts towards a year's floor (D1).
        let sql =
            format!("SELECT count(*) FROM enrolment e WHERE e.enrolled_at IS NOT NULL AND {HOLDER} = $1");
        let is_first = cx.tx.number(&sql, args![case.holder_id]).await? == 0;
        let counted = is_first.then_some(i64::from(today.year()));
        let values = vec![
            ("decided_by", by.into()),
            ("decided_at", cx.now.into()),
            ("enrolled_at", cx.now.into()),
            ("counted_year", counted.into()),
        ];
        advance(cx, &case, EnrolmentStage::Enrolled, values).await?;
        let issued = issue(cx, &case, DocumentKind::ProgrammeNotice, Vec::new(), true).await?;
        cx.announce("cultivation.enrolled", case.number);
        Ok(issued)
    }
}

/// Refuses the application in writing.
#[derive(Clone)]
pub struct RefuseEnrolment {
    /// Which.
    pub enrolment: EnrolmentId,
    /// On which ground; none when nothing was chosen.
    pub ground: Option<RefusalGround>,
    /// The reason in words.
    pub reason: String,
}

impl Act for RefuseEnrolment {
    type Outcome = String;
    const NAME: &'static str = "cultivation.refuse";
    const WHO: &'static [Role] = BUREAU;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let case = locked(cx, self.enrolment).await?;
        let by = person(cx)?;
        let known = standing::known_in(cx.app, &mut cx.tx, case.holder_id, cx.now).await?;
        let gate = known.gate(Gate::Programme, cx.app.book.on(cx.now.date()));
        let is_barred = gate.require().is_err();
        let answer = check_refusal(&case.position(cx.app), self.ground, &self.reason, is_barred, by);
        let ground = answer.map_err(told)?;
        let reason = self.reason.trim();
        let values = vec![
            ("decided_by", by.into()),
            ("decided_at", cx.now.into()),
            ("refusal_ground", ground.code().into()),
            ("decision_reason", reason.into()),
        ];
        advance(cx, &case, EnrolmentStage::Refused, values).await?;
        let mut items = vec![
            Finding::barred("cultivation.refused", "D1").with_code("ground", ground).with("reason", reason),
        ];
        if ground == RefusalGround::Standing {
            items.extend(gate.findings.into_iter().filter(|one| one.refusal().is_some()));
        }
        issue(cx, &case, DocumentKind::ProgrammeRefusal, items, false).await
    }
}

/// One refusal that belongs to no field is told as such.
fn told(mut faults: Vec<domain::kernel::Refusal>) -> Error {
    match faults.as_slice() {
        [one] if one.field.is_none() => faults.pop().map_or(Error::NotFound, Error::Refused),
        _ => Error::Invalid(faults),
    }
}

/// Issues a document about an enrolment to whoever holds it; the outcome is its code.
pub(super) async fn issue(
    cx: &mut Cx<'_>,
    case: &Enrolment,
    kind: DocumentKind,
    items: Vec<Finding>,
    is_public: bool,
) -> Result<String, Error> {
    let draft = Draft {
        kind,
        subject: case.subject(),
        organisation: Some(case.holder_id),
        person: None,
        addressee: case.organisation.clone(),
        facts: vec![
            ("number", case.number.as_str().into()),
            ("year", case.year.to_string().into()),
            ("type", Fact::Code(domain::registry::enrolled::ProgrammeType::LIST, case.kind.code())),
            ("since", cx.now.date().into()),
        ],
        items,
        is_public,
    };
    Ok(documents::issue(cx, &draft).await?.code)
}
