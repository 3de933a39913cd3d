//! The days of being a charity, whether by recognition or by registration: from which day, to which day. The past
//! stays as it was (B46, B22).

use domain::kernel::{Date, OrganisationId, Refusal, Subject};
use domain::registry::DocumentKind;
use domain::registry::charity::CharityStage;
use domain::registry::document::Withdrawal;

use super::application::stop_deadlines;
use super::held::CharityCase;
use crate::journal::CHARITY_STATUS;
use crate::registry::change;
use crate::registry::change::held::Registered;
use crate::registry::course::{advance, lock};
use crate::registry::standing::Source;
use crate::{Cx, Error, args, documents, row};

row! {
    /// A span of being a charity that has not ended.
    struct Lasting {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
    }
}

/// From today on it is a charity.
pub(in crate::registry) async fn begin(
    cx: &mut Cx<'_>,
    of: OrganisationId,
    document_number: &str,
) -> Result<(), Error> {
    if since(&mut Source::Tx(&mut cx.tx), of).await?.is_some() {
        return Err(Refusal::new("charity.not-yet", "B46").into());
    }
    let id = cx.id();
    let values = [
        ("organisation_id", of.into()),
        ("document_number", document_number.into()),
        ("from_on", cx.now.date().into()),
        ("recorded_by", cx.actor.person.into()),
    ];
    cx.insert(&CHARITY_STATUS, id, &values).await
}

/// From today on it is none any more; what it was before stays.
pub(super) async fn end(cx: &mut Cx<'_>, of: OrganisationId) -> Result<(), Error> {
    let sql = "SELECT id, version FROM charity_status WHERE organisation_id = $1 AND to_on IS NULL";
    let lasting: Vec<Lasting> = cx.tx.all(sql, args![of]).await?;
    for one in lasting {
        let to_on = cx.now.date();
        cx.update(&CHARITY_STATUS, one.id, one.version, &[("to_on", to_on.into())]).await?;
    }
    Ok(())
}

/// Since when an organisation is a charity now.
pub(in crate::registry) async fn since(
    source: &mut Source<'_>,
    of: OrganisationId,
) -> Result<Option<Date>, Error> {
    let sql =
        "SELECT from_on FROM charity_status WHERE organisation_id = $1 AND to_on IS NULL ORDER BY from_on";
    let rows: Vec<(Date,)> = source.all(sql, args![of]).await?;
    Ok(rows.into_iter().next().map(|(day,)| day))
}

/// The registration certificate is issued anew, with or without the attribute as it is now (CO58-10).
pub(super) async fn renew(
    cx: &mut Cx<'_>,
    held: &Registered,
    subject: Subject,
    why: Withdrawal,
) -> Result<(), Error> {
    change::renew_certificate(cx, subject, held, why).await
}

/// With the registration of an organisation its being a charity and its applications end (B22).
pub(in crate::registry) async fn end_with_registration(
    cx: &mut Cx<'_>,
    of: OrganisationId,
) -> Result<(), Error> {
    end(cx, of).await?;
    let sql = "SELECT number FROM charity_case WHERE organisation_id = $1
               AND stage IN ('applied', 'returned', 'accepted', 'reviewed', 'recognised', 'noticed', 'answered')
               ORDER BY number";
    let open: Vec<(i64,)> = cx.tx.all(sql, args![of]).await?;
    for (number,) in open {
        let case: CharityCase = lock(cx, number).await?;
        let today = cx.now.date();
        advance(cx, &case, CharityStage::Ended, vec![("ended_on", today.into())]).await?;
        stop_deadlines(cx, &case).await?;
        for kind in [DocumentKind::CharityDecision, DocumentKind::CharityNotice] {
            documents::withdraw(cx, case.subject(), kind, &documents::coded_why(Withdrawal::Ended)).await?;
        }
    }
    Ok(())
}
