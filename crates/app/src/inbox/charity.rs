//! Recognition as a charity: an application is taken up, reviewed, decided; an annulment decided (B46).

use domain::kernel::Role;

use super::cases::cases;
use super::{Due, Found, Source, TaskKind};
use crate::registry::charity::idle::to_be_told;
use crate::{App, Error};

/// Applications that are not taken up.
pub(super) const TAKE_IN: Source = Source {
    kind: TaskKind::TakeInCharity,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "charity_case",
        rule "'correction_working_days'",
        when "c.stage = 'applied'"
    ),
    due: Due::Stated,
};

/// Applications without an opinion.
pub(super) const REVIEW: Source = Source {
    kind: TaskKind::ReviewCharity,
    doers: &[Role::ApprovalOfficer],
    sql: cases!(
        of "charity_case",
        rule "'charity_recognition_days', 'charity_extension_days'",
        when "c.stage = 'accepted'"
    ),
    due: Due::Stated,
};

/// Applications with an opinion and no decision.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideCharity,
    doers: &[Role::ApprovalDirector],
    sql: cases!(
        of "charity_case",
        rule "'charity_recognition_days', 'charity_extension_days'",
        when "c.stage = 'reviewed'"
    ),
    due: Due::Stated,
};

/// Notices of an annulment that were answered.
pub(super) const ANSWERED: Source = Source {
    kind: TaskKind::DecideCharityAnnulment,
    doers: &[Role::ApprovalDirector],
    sql: cases!(
        of "charity_case",
        day "CAST(NULL AS TEXT)",
        when "c.stage = 'answered'"
    ),
    due: Due::Never,
};

/// Notices of an annulment to which nobody answered in time.
pub(super) const UNANSWERED: Source = Source {
    kind: TaskKind::DecideCharityAnnulment,
    doers: &[Role::ApprovalDirector],
    sql: cases!(
        of "charity_case",
        day "c.answer_by",
        when "c.stage = 'noticed'"
    ),
    due: Due::OnceOver,
};

/// Who tells a charity that it must end.
pub(super) const IDLE_DOERS: &[Role] = &[Role::ApprovalOfficer];

/// Charities without charitable work for years; no statement finds them, because how many years follows from the rule book.
pub(super) async fn idle(app: &App) -> Result<Vec<(Source, Found)>, Error> {
    let kind = TaskKind::TellIdleCharity;
    let found = to_be_told(app).await?.into_iter().map(|one| {
        let row = Found {
            subject: one.uscc,
            title: one.name,
            office: String::new(),
            at: None,
            due_on: None,
            rules_on: None,
        };
        (Source { kind, doers: IDLE_DOERS, sql: "", due: Due::Never }, row)
    });
    Ok(found.collect())
}
