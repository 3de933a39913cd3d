//! The result: computed once from what all parties said, heard by the provider first, then final and public
//! (E1, E2, E3).

use domain::kernel::{Coded, Fact, PersonId, Refusal, Role, RuleKey};
use domain::performance::evaluation::{EvaluationKind, EvaluationStage, PartyScores, closing, score};
use domain::registry::DocumentKind;

use super::held::{self, HeldContract, HeldPlan, HeldRound};
use super::satisfaction;
use crate::db::{Row, Val};
use crate::documents::{self, Draft};
use crate::journal::EVALUATION;
use crate::{Act, Cx, Error, args, deadlines};

/// No reply and no answer is longer, in characters.
const TEXT_MAX: usize = 4_000;

/// Computes the result and sends it to the provider, who may reply.
#[derive(Clone, Copy)]
pub struct SendResult {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
}

impl Act for SendResult {
    type Outcome = ();
    const NAME: &'static str = "performance.send_result";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (contract, round) = held::round(cx, self.evaluation).await?;
        round.stage.expect(EvaluationStage::Scoring)?;
        let plan = held::fixed_plan(cx, contract.id).await?;
        let rules = plan.rules(cx.app);
        let (sum, count) = sheets(cx, &round, &plan).await?;
        let Some(purchaser) = round.purchaser_score else {
            return Err(missing("purchaser").into());
        };
        if plan.w_third_party > 0 && round.third_score.is_none() {
            return Err(missing("third_party").into());
        }
        let tally = match plan.has_recipients {
            true => satisfaction::of(cx, contract.id, round.survey()).await?,
            false => None,
        };
        if plan.has_recipients {
            closing::check_answers(tally.map(|tally| (tally.valid, tally.sample_minimum)))?;
        }
        let scores = PartyScores {
            experts: (sum, count),
            recipients: tally.map(|tally| (tally.satisfied, tally.valid)),
            purchaser,
            third_party: round.third_score,
        };
        let total = score::total(&plan.weights(), &scores, rules)?;
        let today = cx.now.date();
        let reply = rules.deadline(&cx.app.calendar, RuleKey::EvaluationReplyWorkingDays, today)?;
        let values = [
            ("stage", Val::code(EvaluationStage::Hearing)),
            ("expert_sum", sum.into()),
            ("expert_count", count.into()),
            ("recipients", tally.map(|tally| tally.recipients).into()),
            ("sample_minimum", tally.map(|tally| tally.sample_minimum).into()),
            ("valid", tally.map(|tally| tally.valid).into()),
            ("satisfied", tally.map(|tally| tally.satisfied).into()),
            ("total", total.into()),
            ("grade", Val::code(score::grade(total, rules))),
            ("sent_by", held::person(cx)?.into()),
            ("sent_at", cx.now.into()),
            ("reply_until", reply.due.into()),
        ];
        cx.update(&EVALUATION, round.id, self.version, &values).await?;
        let rule = RuleKey::EvaluationReplyWorkingDays;
        deadlines::start(cx, round.subject(), rule, today, plan.rules_on).await
    }
}

fn missing(party: &'static str) -> Refusal {
    let refusal = Refusal::new("performance.score-of-party-missing", "E1");
    refusal.with("party", Fact::Code("evaluation_party", party))
}

/// Sum and number of the locked sheets; every expert who sits must have locked, and enough must sit.
async fn sheets(cx: &mut Cx<'_>, round: &HeldRound, plan: &HeldPlan) -> Result<(i64, i64), Error> {
    let sql = "SELECT id, locked_at FROM evaluation_seat WHERE evaluation_id = $1 AND recused_at IS NULL";
    let seats: Vec<Row> = cx.tx.all(sql, args![round.id]).await?;
    let mut open = 0_usize;
    for seat in &seats {
        open += usize::from(seat.get::<Option<i64>>("locked_at")?.is_none());
    }
    if open > 0 {
        return Err(Refusal::new("performance.sheets-open", "E1").with("open", open).into());
    }
    domain::performance::evaluation::sheet::check_size(seats.len(), plan.rules(cx.app))?;
    let sql = "SELECT CAST(COALESCE(sum(s.points), 0) AS BIGINT) FROM evaluation_score s
               JOIN evaluation_seat e ON e.id = s.seat_id
               WHERE e.evaluation_id = $1 AND e.recused_at IS NULL";
    let sum = cx.tx.number(sql, args![round.id]).await?;
    Ok((sum, i64::try_from(seats.len()).unwrap_or(i64::MAX)))
}

/// The provider replies in writing, while the term runs.
#[derive(Clone)]
pub struct ReplyToResult {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
    /// The reply.
    pub text: String,
}

impl Act for ReplyToResult {
    type Outcome = ();
    const NAME: &'static str = "performance.reply_to_result";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (contract, round) = held::round(cx, self.evaluation).await?;
        contract.require_provider(cx)?;
        round.stage.expect(EvaluationStage::Hearing)?;
        if round.reply.is_some() {
            return Err(Refusal::new("performance.replied-already", "E1").into());
        }
        let today = cx.now.date();
        if let Some(last) = round.reply_until.filter(|last| today > *last) {
            return Err(Refusal::new("performance.reply-too-late", "E1").with("last", last).into());
        }
        check_text(&self.text, "reply", "performance.reply-empty")?;
        let values = [
            ("reply", self.text.trim().into()),
            ("replied_by", held::person(cx)?.into()),
            ("replied_at", cx.now.into()),
        ];
        cx.update(&EVALUATION, round.id, self.version, &values).await?;
        deadlines::done(cx, round.subject(), RuleKey::EvaluationReplyWorkingDays).await
    }
}

/// The purchase lead answers the reply in writing.
#[derive(Clone)]
pub struct AnswerReply {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
    /// The answer.
    pub text: String,
}

impl Act for AnswerReply {
    type Outcome = ();
    const NAME: &'static str = "performance.answer_reply";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, round) = held::round(cx, self.evaluation).await?;
        round.stage.expect(EvaluationStage::Hearing)?;
        if round.reply.is_none() {
            return Err(Refusal::new("performance.nothing-to-answer", "E1").into());
        }
        check_text(&self.text, "answer", "performance.answer-empty")?;
        let values = [
            ("answer", self.text.trim().into()),
            ("answered_by", held::person(cx)?.into()),
            ("answered_at", cx.now.into()),
        ];
        cx.update(&EVALUATION, round.id, self.version, &values).await
    }
}

fn check_text(text: &str, field: &'static str, code: &'static str) -> Result<(), Error> {
    let refusal = match text.trim().chars().count() {
        0 => Refusal::new(code, "E1"),
        length if length > TEXT_MAX => Refusal::new("performance.reply-too-long", "E1").with("max", TEXT_MAX),
        _ => return Ok(()),
    };
    Err(Error::Invalid(vec![refusal.at(field)]))
}

/// Makes the result final: public page, document, feed. A reply without an answer keeps it from that.
#[derive(Clone, Copy)]
pub struct PublishResult {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
}

impl Act for PublishResult {
    type Outcome = ();
    const NAME: &'static str = "performance.publish_result";
    const WHO: &'static [Role] = &[Role::PurchaseLead];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (contract, round) = held::round(cx, self.evaluation).await?;
        round.stage.expect(EvaluationStage::Hearing)?;
        let person = held::person(cx)?;
        check_heard(cx, &round, person)?;
        let issued = documents::issue(cx, &document(&contract, &round)).await?;
        let values = [
            ("stage", Val::code(EvaluationStage::Published)),
            ("published_by", person.into()),
            ("published_at", cx.now.into()),
            ("document_code", issued.code.into()),
        ];
        cx.update(&EVALUATION, round.id, self.version, &values).await?;
        deadlines::done(cx, round.subject(), RuleKey::EvaluationReplyWorkingDays).await?;
        cx.announce("evaluation.result_published", contract.number);
        Ok(())
    }
}

/// The provider was heard: a reply is answered, or its term has passed. Nobody publishes an own score (E11).
fn check_heard(cx: &Cx<'_>, round: &HeldRound, person: PersonId) -> Result<(), Refusal> {
    if round.purchaser_by == Some(person) {
        return Err(Refusal::new("performance.own-score", "E11"));
    }
    match (&round.reply, &round.answer) {
        (Some(_), None) => Err(Refusal::new("performance.reply-unanswered", "E1")),
        (Some(_), Some(_)) => Ok(()),
        (None, _) => match round.reply_until.filter(|last| cx.now.date() <= *last) {
            Some(last) => Err(Refusal::new("performance.reply-term-runs", "E1").with("last", last)),
            None => Ok(()),
        },
    }
}

fn document(contract: &HeldContract, round: &HeldRound) -> Draft {
    let total = round.total.unwrap_or(0);
    let points = format!("{}.{:02}", total / 100, total % 100);
    let kind = Fact::Code(EvaluationKind::LIST, round.kind.code());
    let mut facts = vec![
        ("contract", contract.number.as_str().into()),
        ("title", contract.title.as_str().into()),
        ("office", contract.office.as_str().into()),
        ("kind", kind),
        ("points", points.into()),
        ("starts", contract.starts_on.into()),
        ("ends", contract.ends_on.into()),
    ];
    if let Some(grade) = round.grade {
        facts.push(("grade", Fact::Code("evaluation_grade", grade.code())));
    }
    Draft {
        kind: DocumentKind::EvaluationResult,
        subject: round.subject(),
        organisation: Some(contract.organisation_id),
        person: None,
        addressee: contract.organisation.clone(),
        facts,
        items: Vec::new(),
        is_public: true,
    }
}
