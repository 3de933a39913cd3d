//! What becomes of ratings when a registration ends: grades lapse, plaques go back, applications end (B22, B30).

use domain::kernel::{Date, OrganisationId, RatingId};
use domain::registry::rating::eligibility::eligibility;
use domain::registry::rating::{Conduct, RatingStage};

use super::case::{advance, locked};
use super::lowering::call_back;
use super::meeting::adjourn_others;
use super::record;
use crate::frozen::freeze;
use crate::journal::RATING_GRADE;
use crate::{Cx, Error, args};

/// Ends grades and applications of an organisation whose registration ends now. Its row says so already.
pub(in crate::registry) async fn with_registration(
    cx: &mut Cx<'_>,
    organisation: OrganisationId,
) -> Result<(), Error> {
    let today = cx.now.date();
    let sql =
        "SELECT id FROM rating_case WHERE organisation_id = $1 AND stage NOT IN ('ineligible', 'confirmed')
               ORDER BY id";
    let open: Vec<(i64,)> = cx.tx.all(sql, args![organisation]).await?;
    for (id,) in open {
        stop(cx, RatingId(id), today).await?;
    }
    for held in record::grades_in(&mut cx.tx, organisation).await? {
        if !held.past.holds(today) {
            continue;
        }
        cx.update(&RATING_GRADE, held.id, held.version, &[("lapsed_on", today.into())]).await?;
        let sql = "SELECT id FROM rating_case WHERE grade_id = $1";
        if let Some((id,)) = cx.tx.maybe::<(i64,)>(sql, args![held.id]).await? {
            let case = locked(cx, RatingId(id)).await?;
            call_back(cx, &case, held.id).await?;
        }
    }
    Ok(())
}

/// An application under way ends as not eligible: whoever is not registered is not rated (B29).
async fn stop(cx: &mut Cx<'_>, id: RatingId, today: Date) -> Result<(), Error> {
    let case = locked(cx, id).await?;
    adjourn_others(cx, &case).await?;
    let record = record::read_in(cx, case.organisation_id, Conduct::default()).await?;
    let found = eligibility(&record, today, cx.app.book.on(today));
    let values = vec![("eligibility", freeze(&found.findings).into())];
    advance(cx, &case, RatingStage::Ineligible, values).await
}
