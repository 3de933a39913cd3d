//! Changes, cancellations and revocations: taken up, an opinion, a notice, a hearing, a decision (B21-B23). The subject
//! is the number behind the letter that its address has: c for a change, e for an ending.

use domain::kernel::Role;

use super::cases::cases;
use super::{Due, Source, TaskKind};

/// Changes that are not taken up.
pub(super) const TAKE_IN_CHANGE: Source = Source {
    kind: TaskKind::TakeInChange,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "change_case" letter "c",
        rule "'correction_working_days'",
        when "c.stage = 'applied' AND c.intake = 'received'"
    ),
    due: Due::Stated,
};

/// Cancellations that are not taken up.
pub(super) const TAKE_IN_CANCELLATION: Source = Source {
    kind: TaskKind::TakeInCancellation,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "ending_case" letter "e",
        rule "'correction_working_days'",
        rules "c.rules_on",
        when "c.stage = 'opened' AND c.intake = 'received'"
    ),
    due: Due::Stated,
};

/// Ended organisations of which certificate, seals or vouchers are not back.
pub(super) const TAKE_BACK: Source = Source {
    kind: TaskKind::TakeBack,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "ending_case" letter "e",
        day "CAST(NULL AS TEXT)",
        when "c.stage = 'decided'
          AND (SELECT count(DISTINCT s.thing) FROM surrender s JOIN ending_case e ON e.id = s.ending_id
                WHERE e.organisation_id = c.organisation_id AND (s.thing <> 'vouchers' OR c.kind = 'cancellation'))
            < CASE WHEN c.kind = 'cancellation' THEN 3 ELSE 2 END"
    ),
    due: Due::Never,
};

/// Changes without an opinion.
pub(super) const REVIEW_CHANGE: Source = Source {
    kind: TaskKind::ReviewChange,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "change_case" letter "c",
        rule "'change_decision_working_days', 'charter_approval_days'",
        when "c.stage = 'applied' AND COALESCE(c.intake, 'accepted') = 'accepted'"
    ),
    due: Due::Stated,
};

/// Changes with an opinion and no decision.
pub(super) const DECIDE_CHANGE: Source = Source {
    kind: TaskKind::DecideChange,
    doers: &[Role::ApprovalDirector],
    sql: cases!(
        of "change_case" letter "c",
        rule "'change_decision_working_days', 'charter_approval_days'",
        when "c.stage = 'reviewed' AND COALESCE(c.intake, 'accepted') = 'accepted'"
    ),
    due: Due::Stated,
};

/// Cancellations without an opinion.
pub(super) const REVIEW_CANCELLATION: Source = Source {
    kind: TaskKind::ReviewCancellation,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "ending_case" letter "e",
        rule "'cancellation_decision_working_days'",
        rules "c.rules_on",
        when "c.kind = 'cancellation' AND c.stage = 'opened' AND COALESCE(c.intake, 'accepted') = 'accepted'"
    ),
    due: Due::Stated,
};

/// Proposed revocations of which the organisation was not told.
pub(super) const NOTICE: Source = Source {
    kind: TaskKind::SendRevocationNotice,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "ending_case" letter "e",
        rule "'revocation_decision_days'",
        rules "c.rules_on",
        when "c.kind = 'revocation' AND c.stage = 'opened'"
    ),
    due: Due::Stated,
};

/// Hearings on revocations that were asked for and not held.
pub(super) const HEAR: Source = Source {
    kind: TaskKind::HearRevocation,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "ending_case" letter "e",
        rule "'revocation_decision_days'",
        rules "c.rules_on",
        when "c.stage = 'stated' AND c.statement_kind = 'hearing' AND c.heard_on IS NULL"
    ),
    due: Due::Stated,
};

/// Cancellations with an opinion, and revocations that were answered and heard.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideEnding,
    doers: &[Role::ApprovalDirector],
    sql: cases!(
        of "ending_case" letter "e",
        rule "'cancellation_decision_working_days', 'revocation_decision_days'",
        rules "c.rules_on",
        when "((c.stage = 'reviewed' AND COALESCE(c.intake, 'accepted') = 'accepted')
            OR (c.stage = 'stated' AND (c.statement_kind <> 'hearing' OR c.heard_on IS NOT NULL)))"
    ),
    due: Due::Stated,
};

/// Revocations whose organisation let the time for its answer pass.
pub(super) const UNANSWERED: Source = Source {
    kind: TaskKind::DecideEnding,
    doers: &[Role::ApprovalDirector],
    sql: cases!(
        of "ending_case" letter "e",
        day "c.answer_by",
        rules "c.rules_on",
        when "c.stage = 'noticed'"
    ),
    due: Due::OnceOver,
};
