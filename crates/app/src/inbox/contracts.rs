//! Contracts are drafted, offered and signed within thirty days of the award notice (C26).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Awards without a contract.
pub(super) const DRAFT: Source = Source {
    kind: TaskKind::DraftContract,
    doers: &[Role::OfficeStaff, Role::OfficeDirector],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, CAST(NULL AS BIGINT) AS at, t.contract_due_on AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id JOIN award a ON a.tender_id = t.id AND a.state = 'notified'
          LEFT JOIN contract c ON c.award_id = a.id
        WHERE t.stage = 'awarded' AND c.id IS NULL AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::Stated,
};

/// Drafts that were not offered.
pub(super) const OFFER: Source = Source {
    kind: TaskKind::OfferContract,
    doers: &[Role::OfficeStaff],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, c.due_on,
          t.rules_on
        FROM contract c JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
        WHERE c.stage = 'drafted' AND t.stage = 'awarded' AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// Offered contracts without the signature of the office.
pub(super) const SIGN: Source = Source {
    kind: TaskKind::SignContract,
    doers: &[Role::OfficeDirector],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, c.due_on,
          t.rules_on
        FROM contract c JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
        WHERE c.stage = 'offered' AND c.buyer_signed_at IS NULL AND t.stage = 'awarded' AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};
