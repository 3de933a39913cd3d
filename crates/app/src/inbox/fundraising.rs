//! Public fundraising: an application is taken up, reviewed, decided; a recorded penalty confirmed (B39).

use domain::kernel::Role;

use super::cases::cases;
use super::{Due, Source, TaskKind};

/// Applications that are not taken up.
pub(super) const TAKE_IN: Source = Source {
    kind: TaskKind::TakeInFundraising,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "fundraising_case",
        rule "'correction_working_days'",
        when "c.stage = 'applied'"
    ),
    due: Due::Stated,
};

/// Applications without an opinion.
pub(super) const REVIEW: Source = Source {
    kind: TaskKind::ReviewFundraising,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "fundraising_case",
        rule "'fundraising_decision_days'",
        when "c.stage = 'accepted'"
    ),
    due: Due::Stated,
};

/// Applications with an opinion and no decision.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideFundraising,
    doers: &[Role::ApprovalDirector],
    sql: cases!(
        of "fundraising_case",
        rule "'fundraising_decision_days'",
        when "c.stage = 'reviewed'"
    ),
    due: Due::Stated,
};

/// Penalties that revoke a certificate and wait for their second person.
pub(super) const CONFIRM: Source = Source {
    kind: TaskKind::ConfirmFundraisingPenalty,
    doers: &[Role::ApprovalDirector],
    sql: cases!(
        of "fundraising_case",
        rule "'fundraising_announce_days'",
        when "c.stage = 'granted' AND c.penalty_on IS NOT NULL"
    ),
    due: Due::Stated,
};
