//! The preview beside the inbox: the chosen task with what is on file of it, so that an official sees what it is
//! before opening its page (W4). It is rendered here, by the link's `open`, and needs no script.

use app::inbox::{Task, TaskKind};
use app::registry::registration::read;
use app::registry::{change, charity, ending, fundraising};

use crate::registry::charity::case_rows as charity_rows;
use crate::registry::ending::desk_case::{change_rows, ending_rows};
use crate::registry::ending::{Which, which};
use crate::registry::fundraising::case_rows;
use crate::registry::registration::desk_case::{DeadlineLine, answers, deadline_lines};
use crate::shell::{PageError, Visit};

/// The chosen task.
pub(super) struct Pane {
    /// What is to be done.
    pub(super) what: String,
    /// About what.
    pub(super) title: String,
    /// Its page.
    pub(super) href: String,
    /// What is on file of it.
    pub(super) rows: Vec<(String, String)>,
    /// Its deadlines.
    pub(super) deadlines: Vec<DeadlineLine>,
}

/// The name of a task in an address: its kind and subject.
pub(super) fn name(task: &Task) -> String {
    use domain::kernel::Coded;
    format!("{}:{}", task.kind.code(), task.subject)
}

impl Pane {
    /// Adds what is on file of the task's subject, where its desk is the approval office's.
    pub(super) async fn filled(mut self, visit: &Visit, task: &Task) -> Result<Self, PageError> {
        let (city, shell, fail) = (&visit.city, &visit.shell, |error| visit.error(error));
        if task.kind.is_of_case() {
            let case = read::on_desk(city, &task.subject).await.map_err(fail)?;
            self.rows.extend(answers(shell, &case));
            self.deadlines = deadline_lines(visit, case.subject()).await?;
        }
        if let (true, Ok(number)) = (task.kind.is_of_fundraising(), task.subject.parse()) {
            let whole = fundraising::read::one(city, &visit.actor, number).await.map_err(fail)?;
            self.rows.extend(case_rows(shell, &whole));
            self.deadlines = deadline_lines(visit, whole.case.subject()).await?;
        }
        if let (true, Ok(number)) = (task.kind.is_of_charity(), task.subject.parse()) {
            let whole = charity::read::one(city, &visit.actor, number).await.map_err(fail)?;
            self.rows.extend(charity_rows(shell, &whole));
            self.deadlines = deadline_lines(visit, whole.case.subject()).await?;
        }
        if is_of_endings(task.kind) {
            match which(&task.subject) {
                Some(Which::Change(number)) => {
                    let whole = change::read::one(city, &visit.actor, number).await.map_err(fail)?;
                    self.rows.extend(change_rows(shell, &whole));
                    self.deadlines = deadline_lines(visit, whole.case.subject()).await?;
                }
                Some(Which::Ending(number)) => {
                    let whole = ending::read::one(city, &visit.actor, number).await.map_err(fail)?;
                    self.rows.extend(ending_rows(shell, &whole));
                    self.deadlines = deadline_lines(visit, whole.case.subject()).await?;
                }
                None => {}
            }
        }
        Ok(self)
    }
}

/// Whether a task is a step of a change or an ending.
fn is_of_endings(kind: TaskKind) -> bool {
    matches!(
        kind,
        TaskKind::TakeInChange
            | TaskKind::TakeInCancellation
            | TaskKind::TakeBack
            | TaskKind::ReviewChange
            | TaskKind::DecideChange
            | TaskKind::ReviewCancellation
            | TaskKind::SendRevocationNotice
            | TaskKind::HearRevocation
            | TaskKind::DecideEnding
    )
}
