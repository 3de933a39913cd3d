//! What followed the contract in the file of a purchase: payments from the request to the bank's word, and what
//! recipients, experts and the purchaser judged (C28, C57, S71, S72).

use domain::kernel::{Coded, ContractId, Date, Fact, Fen, TenderId};
use domain::performance::evaluation::EvaluationGrade;
use domain::supervision::archive::{self, FollowPart, Followed, PartState};

use super::archive::FileEntry;
use crate::{App, Error, args, row};

/// A part of what followed, with what is on file for it.
#[derive(Clone, Debug)]
pub struct Follow {
    /// The part.
    pub part: FollowPart,
    /// Whether it is there.
    pub state: PartState,
    /// Named facts, such as `paid`.
    pub facts: Vec<(&'static str, Fact)>,
}

row! {
    struct Paid {
        contract_id: ContractId,
        ends_on: Date,
        accepted_fen: Fen,
        requests: i64,
        batches: i64,
        paid_fen: Fen,
        pending: i64,
        failed: i64,
    }
}

row! {
    struct Judged {
        rounds: i64,
        total: Option<i64>,
        @code_option grade: Option<EvaluationGrade>,
        valid: Option<i64>,
        satisfied: Option<i64>,
        surveys: i64,
    }
}

const PAID: &str = "SELECT c.id AS contract_id, c.ends_on,
      (SELECT CAST(COALESCE(sum(e.accepted_fen), 0) AS BIGINT) FROM acceptance e
        WHERE e.contract_id = c.id AND e.state = 'accepted') AS accepted_fen,
      (SELECT count(*) FROM payment_request q WHERE q.contract_id = c.id) AS requests,
      (SELECT count(DISTINCT p.batch_id) FROM payment p JOIN payment_request q ON q.id = p.request_id
        WHERE q.contract_id = c.id) AS batches,
      (SELECT CAST(COALESCE(sum(p.amount_fen), 0) AS BIGINT) FROM payment p JOIN payment_request q
        ON q.id = p.request_id WHERE q.contract_id = c.id AND p.outcome = 'paid') AS paid_fen,
      (SELECT count(*) FROM payment p JOIN payment_request q ON q.id = p.request_id
        WHERE q.contract_id = c.id AND p.outcome = 'pending') AS pending,
      (SELECT count(*) FROM payment p JOIN payment_request q ON q.id = p.request_id
        WHERE q.contract_id = c.id AND p.outcome = 'failed') AS failed
    FROM contract c WHERE c.tender_id = $1 AND c.stage IN ('signed', 'ended')";

/// The final round speaks for the whole; the others are among the papers.
const JUDGED: &str = "SELECT
      (SELECT count(*) FROM evaluation x WHERE x.contract_id = $1 AND x.stage = 'published') AS rounds,
      e.total, e.grade, e.valid, e.satisfied,
      (SELECT count(*) FROM survey s WHERE s.contract_id = $1 AND s.closed_on IS NOT NULL) AS surveys
    FROM (SELECT 1 AS one) o LEFT JOIN evaluation e
      ON e.contract_id = $1 AND e.kind = 'final' AND e.stage = 'published'";

/// What followed the contract of a tender, with the state of each part on a day.
pub(super) async fn of_tender(
    app: &App,
    tender: TenderId,
    is_void: bool,
    today: Date,
) -> Result<Vec<Follow>, Error> {
    let paid: Option<Paid> = app.db.maybe(PAID, args![tender]).await?;
    let mut held = Followed { is_void, ..Followed::default() };
    let mut judged = None;
    if let Some(paid) = &paid {
        let found: Judged = app.db.one(JUDGED, args![paid.contract_id]).await?;
        held = Followed {
            is_void,
            is_over: today > paid.ends_on,
            accepted_fen: paid.accepted_fen.0,
            paid_fen: paid.paid_fen.0,
            requests: paid.requests,
            rounds: found.rounds,
            has_final: found.total.is_some(),
        };
        judged = Some(found);
    }
    let parts = archive::followed(&held).into_iter().map(|(part, state)| Follow {
        part,
        state,
        facts: match part {
            FollowPart::Payment => paid.as_ref().map(payment).unwrap_or_default(),
            FollowPart::Evaluation => judged.as_ref().map(evaluation).unwrap_or_default(),
        },
    });
    Ok(parts.collect())
}

fn payment(paid: &Paid) -> Vec<(&'static str, Fact)> {
    vec![
        ("accepted", paid.accepted_fen.into()),
        ("requests", paid.requests.into()),
        ("batches", paid.batches.into()),
        ("paid", paid.paid_fen.into()),
        ("pending", paid.pending.into()),
        ("failed", paid.failed.into()),
    ]
}

fn evaluation(judged: &Judged) -> Vec<(&'static str, Fact)> {
    let mut facts: Vec<(&'static str, Fact)> =
        vec![("rounds", judged.rounds.into()), ("surveys", judged.surveys.into())];
    if let Some(total) = judged.total {
        facts.push(("score", format!("{}.{:02}", total / 100, total % 100).into()));
    }
    if let Some(grade) = judged.grade {
        facts.push(("grade", Fact::Code(EvaluationGrade::LIST, grade.code())));
    }
    if let (Some(satisfied), Some(valid)) = (judged.satisfied, judged.valid) {
        facts.push(("satisfied", format!("{satisfied} / {valid}").into()));
    }
    facts
}

/// The papers of what followed. A request is named by its number, a payment by the reference that the bank repeats.
pub(super) const FILES: [&str; 6] = [
    "SELECT 'payment_request' AS kind, q.number AS name, q.requested_at AS at, q.invoice_digest AS digest
     FROM payment_request q JOIN contract c ON c.id = q.contract_id WHERE c.tender_id = $1",
    "SELECT DISTINCT 'payment_batch' AS kind, b.number AS name, b.made_at AS at, CAST(NULL AS TEXT) AS digest
     FROM payment_batch b JOIN payment p ON p.batch_id = b.id JOIN payment_request q ON q.id = p.request_id
       JOIN contract c ON c.id = q.contract_id WHERE c.tender_id = $1",
    "SELECT 'payment_' || p.outcome AS kind, p.reference AS name, p.told_at AS at, CAST(NULL AS TEXT) AS digest
     FROM payment p JOIN payment_request q ON q.id = p.request_id JOIN contract c ON c.id = q.contract_id
     WHERE c.tender_id = $1 AND p.told_at IS NOT NULL",
    "SELECT 'evaluation_plan' AS kind, c.number AS name, p.checked_at AS at, CAST(NULL AS TEXT) AS digest
     FROM evaluation_plan p JOIN contract c ON c.id = p.contract_id WHERE c.tender_id = $1 AND p.stage = 'fixed'",
    "SELECT 'evaluation_' || e.kind AS kind,
       CASE WHEN e.total IS NULL THEN CAST(e.round AS TEXT) ELSE COALESCE(e.document_code, c.number) END AS name,
       e.published_at AS at, CAST(NULL AS TEXT) AS digest
     FROM evaluation e JOIN contract c ON c.id = e.contract_id WHERE c.tender_id = $1 AND e.stage = 'published'",
    "SELECT 'closing' AS kind, c.number AS name, x.closed_at AS at, CAST(NULL AS TEXT) AS digest
     FROM project_closing x JOIN contract c ON c.id = x.contract_id WHERE c.tender_id = $1",
];

row! {
    struct Survey {
        round: String,
        year: Option<i64>,
        closed_on: Date,
        root: Option<String>,
        valid: i64,
        satisfied: i64,
    }
}

/// The closed surveys of a tender's contract: their kind, their count, and the root of their cards' keys.
pub(super) async fn surveys(app: &App, tender: TenderId) -> Result<Vec<FileEntry>, Error> {
    let sql = "SELECT s.round, s.year, s.closed_on, s.root,
                 (SELECT CAST(COALESCE(sum(a.number), 0) AS BIGINT) FROM survey_count a
                   WHERE a.survey_id = s.id AND a.overall >= 1) AS valid,
                 (SELECT CAST(COALESCE(sum(a.number), 0) AS BIGINT) FROM survey_count a
                   WHERE a.survey_id = s.id AND a.overall >= 4) AS satisfied
               FROM survey s JOIN contract c ON c.id = s.contract_id
               WHERE c.tender_id = $1 AND s.closed_on IS NOT NULL ORDER BY s.id";
    let found: Vec<Survey> = app.db.all(sql, args![tender]).await?;
    let entry = |one: Survey| FileEntry {
        kind: format!("survey_{}", one.round),
        name: match one.year {
            Some(year) => format!("{year} · {} / {}", one.satisfied, one.valid),
            None => format!("{} / {}", one.satisfied, one.valid),
        },
        at: Some(domain::kernel::Moment::start_of(one.closed_on)),
        digest: one.root,
    };
    Ok(found.into_iter().map(entry).collect())
}
