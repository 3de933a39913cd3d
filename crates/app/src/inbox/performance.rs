//! What follows a signed contract: acceptances with their terms, and what one side asks of the other (C52-C55).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Reported milestones on which the office has not said anything.
pub(super) const OPINION: Source = Source {
    kind: TaskKind::GiveAcceptanceOpinion,
    doers: &[Role::OfficeStaff, Role::OfficeDirector],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at,
          (SELECT min(d.due_on) FROM deadline d WHERE d.subject_kind = 'acceptance' AND d.subject_id = x.id AND d.done_at IS NULL) AS due_on, t.rules_on
        FROM acceptance x JOIN contract c ON c.id = x.contract_id JOIN milestone m ON m.id = x.milestone_id JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
        WHERE x.state IN ('reported', 'called') AND x.opinion_at IS NULL AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY x.id LIMIT 200",
    due: Due::Stated,
};

/// Reported milestones that nobody has judged.
pub(super) const HOLD: Source = Source {
    kind: TaskKind::HoldAcceptance,
    doers: &[Role::PurchaseLead],
    sql: "SELECT c.number || '/' || CAST(m.position AS TEXT) AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at,
          (SELECT min(d.due_on) FROM deadline d WHERE d.subject_kind = 'acceptance' AND d.subject_id = x.id AND d.done_at IS NULL) AS due_on, t.rules_on
        FROM acceptance x JOIN contract c ON c.id = x.contract_id JOIN milestone m ON m.id = x.milestone_id JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
        WHERE x.state IN ('reported', 'called') AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY x.id LIMIT 200",
    due: Due::Stated,
};

/// Accepted milestones whose result is not public.
pub(super) const PUBLISH: Source = Source {
    kind: TaskKind::PublishAcceptance,
    doers: &[Role::PurchaseLead],
    sql: "SELECT c.number || '/' || CAST(m.position AS TEXT) AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at,
          (SELECT min(d.due_on) FROM deadline d WHERE d.subject_kind = 'acceptance' AND d.subject_id = x.id AND d.done_at IS NULL) AS due_on, t.rules_on
        FROM acceptance x JOIN contract c ON c.id = x.contract_id JOIN milestone m ON m.id = x.milestone_id JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
        WHERE x.state = 'accepted' AND x.published_at IS NULL AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY x.id LIMIT 200",
    due: Due::Stated,
};

/// Wishes to subcontract without an answer.
pub(super) const SUBCONTRACT: Source = Source {
    kind: TaskKind::DecideSubcontract,
    doers: &[Role::OfficeDirector],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, t.rules_on
        FROM subcontract x JOIN contract c ON c.id = x.contract_id JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
        WHERE x.state = 'asked' AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY x.id LIMIT 200",
    due: Due::Never,
};

/// Supplements without the signature of the office.
pub(super) const SUPPLEMENT: Source = Source {
    kind: TaskKind::SignSupplement,
    doers: &[Role::OfficeDirector],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, t.rules_on
        FROM supplement x JOIN contract c ON c.id = x.contract_id JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
        WHERE x.state = 'offered' AND x.buyer_signed_at IS NULL AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY x.id LIMIT 200",
    due: Due::Never,
};

/// Wishes of providers to suspend or end a contract.
pub(super) const HALT: Source = Source {
    kind: TaskKind::AnswerHalt,
    doers: &[Role::OfficeDirector],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, t.rules_on
        FROM contract_halt x JOIN contract c ON c.id = x.contract_id JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
        WHERE x.state = 'asked' AND EXISTS (SELECT 1 FROM post p WHERE p.person_id = x.asked_by AND p.organisation_id = c.organisation_id) AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY x.id LIMIT 200",
    due: Due::Never,
};
