//! What becomes of inspections when a registration ends: whoever is no more reports no more (B22, B24).

use domain::kernel::{Coded, OrganisationId, RuleKey, Subject, SubjectKind};
use domain::registry::inspection::InspectionState;

use crate::db::Row;
use crate::journal::INSPECTION;
use crate::{Cx, Error, args, deadlines};

/// Nothing more is asked of the organisation for any year that is not decided.
pub(in crate::registry) async fn with_registration(
    cx: &mut Cx<'_>,
    organisation: OrganisationId,
) -> Result<(), Error> {
    let sql = "SELECT id, version FROM inspection
               WHERE organisation_id = $1 AND state IN ('due', 'reported', 'returned', 'reviewed') ORDER BY year";
    for row in cx.tx.all::<Row>(sql, args![organisation]).await? {
        let values = [("state", InspectionState::Exempt.code().into())];
        cx.update(&INSPECTION, row.get::<i64>("id")?, row.get("version")?, &values).await?;
    }
    let sql = "SELECT i.id FROM rectification r JOIN inspection i ON i.id = r.inspection_id
               WHERE i.organisation_id = $1 AND r.state <> 'verified' ORDER BY i.id";
    let open: Vec<(i64,)> = cx.tx.all(sql, args![organisation]).await?;
    for (id,) in open {
        deadlines::done(cx, Subject::new(SubjectKind::Inspection, id), RuleKey::RectificationMonths).await?;
    }
    Ok(())
}
