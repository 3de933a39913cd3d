//! Credit: listings and removals step by step, penalties to confirm, and what the clock brings (B35-B37).

use domain::kernel::Role;

use super::{Due, Found, Source, TaskKind};
use crate::registry::credit::due::{DueKind, due};
use crate::{App, Error};

/// Penalties of other authorities that wait for their second person.
pub(super) const CONFIRM_PENALTY: Source = Source {
    kind: TaskKind::ConfirmPenalty,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT o.uscc AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM penalty p JOIN organisation o ON o.id = p.organisation_id
        WHERE p.state = 'recorded' AND COALESCE(p.offence, 'other_law') = 'other_law'
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.recorded_at, p.id LIMIT 200",
    due: Due::Never,
};

/// Penalties of the registrar's own of which the organisation was not told (B23).
pub(super) const NOTICE_PENALTY: Source = Source {
    kind: TaskKind::SendPenaltyNotice,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(p.id AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM penalty p JOIN organisation o ON o.id = p.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = p.id AND d.rule = 'penalty_decision_days'
        WHERE p.state = 'recorded' AND p.noticed_at IS NULL AND COALESCE(p.offence, 'other_law') <> 'other_law'
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.recorded_at, p.id LIMIT 200",
    due: Due::Stated,
};

/// Hearings on penalties that were asked for and not held, with the day to which the organisation was called (B23).
pub(super) const HEAR_PENALTY: Source = Source {
    kind: TaskKind::HearPenalty,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(p.id AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          p.hearing_on AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM penalty p JOIN organisation o ON o.id = p.organisation_id
        WHERE p.state = 'recorded' AND p.statement_kind = 'hearing' AND p.heard_on IS NULL
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.stated_at, p.id LIMIT 200",
    due: Due::Stated,
};

/// Penalties of the registrar's own whose organisation answered and was heard (B23).
pub(super) const DECIDE_PENALTY: Source = Source {
    kind: TaskKind::DecidePenalty,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(p.id AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM penalty p JOIN organisation o ON o.id = p.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = p.id AND d.rule = 'penalty_decision_days'
        WHERE p.state = 'recorded' AND (p.statement_kind IN ('waived', 'written') OR p.heard_on IS NOT NULL)
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.stated_at, p.id LIMIT 200",
    due: Due::Stated,
};

/// Penalties of the registrar's own whose organisation let the time for its answer pass (B23).
pub(super) const UNANSWERED_PENALTY: Source = Source {
    kind: TaskKind::DecidePenalty,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(p.id AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          p.answer_by AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM penalty p JOIN organisation o ON o.id = p.organisation_id
        WHERE p.state = 'recorded' AND p.noticed_at IS NOT NULL AND p.statement_kind IS NULL
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.answer_by, p.id LIMIT 200",
    due: Due::OnceOver,
};

/// Stops of activity under which nothing is sealed yet (B23).
pub(super) const SEAL: Source = Source {
    kind: TaskKind::SealCertificate,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT o.uscc AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM penalty p JOIN organisation o ON o.id = p.organisation_id
        WHERE p.state = 'confirmed' AND p.kind = 'suspension' AND p.sealed_on IS NULL AND p.offence <> 'other_law'
          AND o.status = 'suspended' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.imposed_on, p.id LIMIT 200",
    due: Due::Never,
};

/// Stops of activity that are over, with what was sealed still here (B23).
pub(super) const GIVE_BACK: Source = Source {
    kind: TaskKind::GiveBackSealed,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT o.uscc AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          p.until_on AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM penalty p JOIN organisation o ON o.id = p.organisation_id
        WHERE p.sealed_on IS NOT NULL AND p.given_back_on IS NULL
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.until_on, p.id LIMIT 200",
    due: Due::OnceOver,
};

/// Orders whose term is over and of which nobody recorded that they were obeyed (B23).
pub(super) const CHECK_ORDER: Source = Source {
    kind: TaskKind::CheckOrder,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT o.uscc AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          p.mend_by AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM penalty p JOIN organisation o ON o.id = p.organisation_id
        WHERE p.state = 'confirmed' AND p.mend_by IS NOT NULL AND p.obeyed_on IS NULL
          AND o.status IN ('active', 'suspended')
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.mend_by, p.id LIMIT 200",
    due: Due::OnceOver,
};

/// Proposals of which the organisation was not told.
pub(super) const NOTICE: Source = Source {
    kind: TaskKind::SendListingNotice,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on,
          c.rules_on
        FROM listing_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'listing' AND d.subject_id = c.listing_id
            AND d.rule = 'listing_entry_working_days'
        WHERE c.stage = 'proposed' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Hearings that were asked for and not held.
pub(super) const HEAR: Source = Source {
    kind: TaskKind::HoldHearing,
    doers: &[Role::ApprovalOfficer],
    sql:
        "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, c.rules_on
        FROM listing_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage = 'stated' AND c.statement_kind = 'hearing' AND c.heard_on IS NULL
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Never,
};

/// Cases that were answered, or whose organisation was told; the page says whether its time is over.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideListing,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          COALESCE(d.due_on, c.answer_by) AS due_on, c.rules_on
        FROM listing_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'listing' AND d.subject_id = c.listing_id
            AND d.rule = 'listing_entry_working_days'
        WHERE (c.stage = 'noticed' OR (c.stage = 'stated' AND (c.statement_kind <> 'hearing' OR c.heard_on IS NOT NULL)))
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Applications for removal to verify.
pub(super) const VERIFY: Source = Source {
    kind: TaskKind::VerifyRemoval,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(r.id AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM removal_case r JOIN organisation o ON o.id = r.organisation_id
        WHERE r.stage = 'applied' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY r.applied_at, r.id LIMIT 200",
    due: Due::Never,
};

/// Verified removals to decide.
pub(super) const REMOVE: Source = Source {
    kind: TaskKind::DecideRemoval,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(r.id AS TEXT) AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM removal_case r JOIN organisation o ON o.id = r.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'listing' AND d.subject_id = r.listing_id
            AND d.rule = 'listing_removal_working_days' AND d.done_on IS NULL
        WHERE r.stage = 'verified' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY r.verified_at, r.id LIMIT 200",
    due: Due::Stated,
};

/// Who does what the clock brings.
pub(super) const CLOCK_DOERS: &[Role] = &[Role::ApprovalOfficer];

/// What the clock brings; no statement finds it, because its days follow from the rule book.
pub(super) async fn of_the_clock(app: &App) -> Result<Vec<(Source, Found)>, Error> {
    let source = |kind| Source { kind, doers: CLOCK_DOERS, sql: "", due: Due::Stated };
    let kind = |due: DueKind| match due {
        DueKind::Exit => TaskKind::EndListing,
        DueKind::SuspensionOver => TaskKind::EndSuspension,
        DueKind::Absence | DueKind::Penalty | DueKind::Arisen | DueKind::TwoYears => TaskKind::ProposeListing,
    };
    let found = due(app).await?.into_iter().map(|one| {
        let row = Found {
            subject: one.uscc,
            title: one.name,
            office: String::new(),
            at: None,
            due_on: one.due_on,
            rules_on: None,
        };
        (source(kind(one.kind)), row)
    });
    Ok(found.collect())
}
