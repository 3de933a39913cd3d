//! What is late, missing or odd at this moment. What is late is read from the very lines of the directors'
//! accounts, so that a finding and the points it costs can never differ.

use domain::kernel::{Date, Moment, OfficeId};
use domain::performance::account::Step;
use domain::supervision::FindingKind;

use super::patterns;
use crate::performance::account;
use crate::{App, Error, args, row};

/// Something that is wrong now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// What.
    pub(super) kind: FindingKind,
    /// The row that it is about.
    pub(super) row: i64,
    /// What tells two findings about one row apart; mostly empty.
    pub(super) occasion: String,
    /// The public number of what it is about.
    pub(super) subject: String,
    /// Its name.
    pub(super) title: String,
    /// Who answers.
    pub(super) office: OfficeId,
    /// The day of the act or of the omission.
    pub(super) arose_on: Date,
    /// The last day that was missed.
    pub(super) due_on: Option<Date>,
    /// The day whose rules judge it.
    pub(super) rules_on: Date,
}

row! {
    /// A finding whose row says all about it.
    struct Plain {
        id: i64,
        office_id: OfficeId,
        subject: String,
        title: String,
        at: Moment,
        rules_on: Date,
    }
}

/// Accepted without a word of anyone who was served (C55).
const ALONE: &str = "SELECT e.id, c.office_id, c.number AS subject, m.name AS title, e.accepted_at AS at, t.rules_on
    FROM acceptance e JOIN milestone m ON m.id = e.milestone_id JOIN contract c ON c.id = e.contract_id
      JOIN tender t ON t.id = c.tender_id
    WHERE e.state = 'accepted' AND NOT EXISTS
      (SELECT 1 FROM acceptance_opinion o WHERE o.acceptance_id = e.id AND o.verdict IS NOT NULL)";

/// Everything that is wrong now.
pub(super) async fn look(app: &App) -> Result<Vec<Seen>, Error> {
    let now = app.clock.now();
    let today = now.date();
    let mut found = Vec::new();
    for line in account::steps(app, None, (Moment(0), now), today).await? {
        let (Some(kind), None, Some(due)) = (kind_of(line.step), line.done, line.due) else { continue };
        found.push(Seen {
            kind,
            row: line.row,
            occasion: String::new(),
            subject: line.subject,
            title: line.title,
            office: line.office,
            arose_on: due.tomorrow().unwrap_or(due),
            due_on: Some(due),
            rules_on: line.rules_on,
        });
    }
    for row in app.db.all::<Plain>(ALONE, args![]).await? {
        found.push(plain(FindingKind::AcceptanceAlone, row));
    }
    found.extend(patterns::look(app, today).await?);
    Ok(found)
}

fn plain(kind: FindingKind, row: Plain) -> Seen {
    Seen {
        kind,
        row: row.id,
        occasion: String::new(),
        subject: row.subject,
        title: row.title,
        office: row.office_id,
        arose_on: row.at.date(),
        due_on: None,
        rules_on: row.rules_on,
    }
}

/// What it is called when this step is late and not done.
fn kind_of(step: Step) -> Option<FindingKind> {
    match step {
        Step::DecideAward => Some(FindingKind::AwardLate),
        Step::SignContract => Some(FindingKind::ContractLate),
        Step::PublishContract => Some(FindingKind::ContractUnpublished),
        Step::DeliverMilestone => Some(FindingKind::MilestoneOverdue),
        Step::PublishAcceptance => Some(FindingKind::AcceptanceUnpublished),
        Step::PayProvider => Some(FindingKind::PaymentLate),
        Step::AnswerQuestion => Some(FindingKind::QuestionLate),
        Step::AnswerFeedback => Some(FindingKind::FeedbackLate),
        Step::Evaluate | Step::AskRecipients | Step::ShareItem => None,
    }
}
