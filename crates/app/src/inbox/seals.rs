//! Seal specimens and accounts that organisations have handed in (B16).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Filings that nobody has received or sent back; the law names no day.
pub(super) const RECEIVE: Source = Source {
    kind: TaskKind::ReceiveSeal,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(f.number AS TEXT) AS subject, o.name AS title, '' AS office,
          f.handed_at AS at, CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM seal_filing f JOIN organisation o ON o.id = f.organisation_id
        WHERE f.stage = 'handed_in' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY f.number LIMIT 200",
    due: Due::Never,
};
