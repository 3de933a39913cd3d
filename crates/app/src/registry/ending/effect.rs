//! What an ending does to everything that hangs on the organisation (B16, B22, B23).

use domain::kernel::{Fact, Finding};
use domain::registry::document::Withdrawal;
use domain::registry::ending::EndingKind;
use domain::registry::{DocumentKind, OrganisationKind, OrganisationStatus};

use super::held::EndingCase;
use crate::access::leaving;
use crate::db::Val;
use crate::documents::{self, Issued};
use crate::journal::{ORGANISATION, STATUS_CHANGE};
use crate::registry::change::held::Registered;
use crate::registry::change::release::{self, Settled};
use crate::registry::{charity, course, entry, fundraising, inspection, rating};
use crate::{Cx, Error};

/// The ground as a point of a document, with its rule and where the regulation of the organisation's kind has it.
pub(super) fn ground_item(case: &EndingCase, kind: OrganisationKind) -> Option<Finding> {
    let ground = case.revocation_ground()?;
    let finding = |code| Finding::barred(code, ground.rule()).with_code("ground", ground);
    Some(match ground.place(kind) {
        Some(place) => place.cited_in(finding("ending.ground-cited")),
        None => finding("ending.ground"),
    })
}

/// What the authority does, as a word for documents: all three regulations say 撤销登记, whatever the ground.
pub(super) fn kind_fact() -> Fact {
    "annulment".into()
}

/// Ends the organisation from this moment.
pub(super) async fn end(
    cx: &mut Cx<'_>,
    case: &EndingCase,
    held: &Registered,
    decision: &str,
) -> Result<(), Error> {
    let (status, kind, why) = match case.kind {
        EndingKind::Cancellation => {
            (OrganisationStatus::Cancelled, DocumentKind::CancellationApproval, Withdrawal::Cancelled)
        }
        EndingKind::Revocation => {
            (OrganisationStatus::Revoked, DocumentKind::Revocation, Withdrawal::Revoked)
        }
    };
    let issued = tell(cx, case, held, (kind, decision)).await?;
    entry::adopt(cx, held.id).await?;
    let change = cx.id();
    let values = [
        ("organisation_id", held.id.into()),
        ("status", Val::code(status)),
        ("from_on", cx.now.date().into()),
        ("from_at", cx.now.into()),
        ("ground", issued.number.into()),
    ];
    cx.insert(&STATUS_CHANGE, change, &values).await?;
    cx.update(&ORGANISATION, held.id.0, held.version, &[("status", Val::code(status))]).await?;
    documents::withdraw_of(cx, held.id, DocumentKind::Certificate, &documents::coded_why(why)).await?;
    tell(cx, case, held, (DocumentKind::Announcement, decision)).await?;
    release::settle(cx, held.id, Settled::Ended).await?;
    rating::end_with_registration(cx, held.id).await?;
    inspection::end_with_registration(cx, held.id).await?;
    fundraising::end_with_registration(cx, held.id).await?;
    charity::end_with_registration(cx, held.id).await?;
    if case.kind == EndingKind::Cancellation {
        // A revoked organisation still answers for its liquidation; a cancelled one is no more.
        leaving::end_posts_of(cx, held.id).await?;
    }
    cx.announce("registry.ended", held.uscc.clone());
    Ok(())
}

/// Leaves the organisation as it is; a refused cancellation is told with its reasons.
pub(super) async fn drop_it(
    cx: &mut Cx<'_>,
    case: &EndingCase,
    held: &Registered,
    decision: &str,
) -> Result<(), Error> {
    match case.kind {
        EndingKind::Cancellation => tell(cx, case, held, (DocumentKind::Denial, decision)).await.map(|_| ()),
        EndingKind::Revocation => {
            documents::withdraw(
                cx,
                case.subject(),
                DocumentKind::RevocationNotice,
                &documents::coded_why(Withdrawal::NotRevoked),
            )
            .await
        }
    }
}

async fn tell(
    cx: &mut Cx<'_>,
    case: &EndingCase,
    held: &Registered,
    (kind, decision): (DocumentKind, &str),
) -> Result<Issued, Error> {
    let facts = vec![("how", kind_fact()), ("ended_on", cx.now.date().into()), ("reason", decision.into())];
    course::tell(cx, case, kind, (facts, ground_item(case, held.kind).into_iter().collect())).await
}
