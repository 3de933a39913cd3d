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
        day: Option<Date>,
        at: Option<Moment>,
        rules_on: Date,
    }
}

/// Kinds whose row says all about them. `$1` is today.
const PLAIN: [(FindingKind, &str); 4] = [
    (FindingKind::AcceptanceAlone, ALONE),
    (FindingKind::PlanMissing, WITHOUT_PLAN),
    (FindingKind::EvaluationMissing, WITHOUT_EVALUATION),
    (FindingKind::SurveyShort, SHORT),
];

/// In force, and nobody has fixed how it will be judged (S71).
const WITHOUT_PLAN: &str = "SELECT c.id, c.office_id, c.number AS subject, c.title, c.starts_on AS day,
      CAST(NULL AS BIGINT) AS at, t.rules_on
    FROM contract c JOIN tender t ON t.id = c.tender_id
    WHERE c.stage = 'signed' AND c.starts_on < $1 AND NOT EXISTS
      (SELECT 1 FROM evaluation_plan p WHERE p.contract_id = c.id AND p.stage = 'fixed')";

/// Over, and no final evaluation is public (S71): what a year of it was judged at is not the whole.
const WITHOUT_EVALUATION: &str = "SELECT c.id, c.office_id, c.number AS subject, c.title, c.ends_on AS day,
      CAST(NULL AS BIGINT) AS at, t.rules_on
    FROM contract c JOIN tender t ON t.id = c.tender_id
    WHERE c.stage IN ('signed', 'ended') AND c.ends_on < $1 AND NOT EXISTS
      (SELECT 1 FROM evaluation e WHERE e.contract_id = c.id AND e.stage = 'published' AND e.kind = 'final')";

/// Closed with fewer valid answers than the sample asks for (S72, E2).
const SHORT: &str = "SELECT s.id, c.office_id, c.number AS subject, c.title, s.closed_on AS day,
      CAST(NULL AS BIGINT) AS at, t.rules_on
    FROM survey s JOIN contract c ON c.id = s.contract_id JOIN tender t ON t.id = c.tender_id
    WHERE s.closed_on < $1
      AND (SELECT COALESCE(sum(a.number), 0) FROM survey_count a WHERE a.survey_id = s.id AND a.overall >= 1)
        < s.sample_minimum";

/// Accepted without a word of anyone who was served (C55).
const ALONE: &str = "SELECT e.id, c.office_id, c.number AS subject, m.name AS title,
      CAST(NULL AS TEXT) AS day, e.accepted_at AS at, t.rules_on
    FROM acceptance e JOIN milestone m ON m.id = e.milestone_id JOIN contract c ON c.id = e.contract_id
      JOIN tender t ON t.id = c.tender_id
    WHERE e.state = 'accepted' AND CAST($1 AS TEXT) IS NOT NULL AND NOT EXISTS
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
    for (kind, sql) in PLAIN {
        for row in app.db.all::<Plain>(sql, args![today]).await? {
            found.push(plain(kind, row, today));
        }
    }
    found.extend(patterns::look(app, today).await?);
    Ok(found)
}

fn plain(kind: FindingKind, row: Plain, today: Date) -> Seen {
    Seen {
        kind,
        row: row.id,
        occasion: String::new(),
        subject: row.subject,
        title: row.title,
        office: row.office_id,
        arose_on: row.day.or(row.at.map(Moment::date)).unwrap_or(today),
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
