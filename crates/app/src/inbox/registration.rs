//! Cases at the one window: each step of a registration is work of the approval office (B9, S10).
//!
//! No statement finds them: silence may have accepted a case that nobody has touched, and then it is to be
//! reviewed, not to be taken up (B9).

use domain::kernel::{Actor, Role};
use domain::registry::registration::CaseAct;
use domain::registry::registration::state::next_act;

use super::{Due, Found, Source, TaskKind};
use crate::registry::registration::{desk, handoff, visit};
use crate::{App, Error};

/// Who works on cases.
pub(super) const DOERS: &[Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector];

/// A step of a case: where it comes from, whether it is this reader's, and who has the case.
pub(super) struct Step {
    pub(super) source: Source,
    pub(super) found: Found,
    pub(super) is_own: bool,
    pub(super) holder: String,
}

/// The next step of every open case, and whether it is this reader's: nobody reviews an own case, or twice.
pub(super) async fn of_the_window(app: &App, actor: &Actor) -> Result<Vec<Step>, Error> {
    let cases = desk::open(app).await?;
    let dues = desk::dues(app, &cases).await?;
    let reviewed = desk::reviewed(app, actor).await?;
    let unsigned = visit::unsigned(app).await?;
    let holdings = handoff::holdings(app).await?;
    let mut found = Vec::new();
    for case in cases {
        let signer = unsigned.get(&case.id).copied();
        let Some(act) = next_act(case.state, case.lacking(signer.is_some())) else { continue };
        let Some(kind) = kind_of(act) else { continue };
        let holder = holdings.get(&case.id);
        let is_own = desk::is_doer(actor, &case, act, reviewed.contains(&case.id), signer)
            && desk::is_awaited(actor, &case, act, holder);
        let holder = holder.map(|one| one.name.clone()).unwrap_or_default();
        let row = Found {
            subject: case.number.clone().unwrap_or_default(),
            title: case.name.clone(),
            office: String::new(),
            at: None,
            due_on: dues.get(&case.id).copied(),
            rules_on: None,
        };
        let source = Source { kind, doers: DOERS, sql: "", due: Due::Stated };
        found.push(Step { source, found: row, is_own, holder });
    }
    Ok(found)
}

fn kind_of(act: CaseAct) -> Option<TaskKind> {
    match act {
        CaseAct::Accept => Some(TaskKind::TakeInCase),
        CaseAct::RecordVisit => Some(TaskKind::VisitPremises),
        CaseAct::SignVisit => Some(TaskKind::SignVisit),
        CaseAct::CheckCharter => Some(TaskKind::CheckCharter),
        CaseAct::Review => Some(TaskKind::ReviewCase),
        CaseAct::Approve => Some(TaskKind::DecideCase),
        CaseAct::Certify => Some(TaskKind::IssueCertificate),
        CaseAct::Announce => Some(TaskKind::AnnounceCase),
        _ => None,
    }
}
