//! A declared tie that its author calls an error counts until the purchase lead decides (C38).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Ties called an error; the subject is the expert's record, the expert's name is left to its page.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideTieError,
    doers: &[Role::PurchaseLead],
    sql: "SELECT CAST(r.expert_id AS TEXT) AS subject, o.name AS title, '' AS office, r.error_asked_at AS at,
          CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM expert_relation r JOIN organisation o ON o.id = r.organisation_id
        WHERE r.error_state = 'asked' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY r.id LIMIT 200",
    due: Due::Never,
};
