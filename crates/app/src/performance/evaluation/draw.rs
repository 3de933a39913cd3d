//! The draw of the experts: the whole pool, every exclusion with its rule, and a chance that anyone can recompute
//! (E1, C37, C38, TRUST 2b). The record holds pseudonyms only.
//!
//! The pool and the tie rules are those of the review panel; the beacon is made of the digests of the tender's
//! opened bids, which no single party controlled.

use domain::kernel::{Coded, Date, ExpertId, OfficeId, OrganisationId, PersonId, Refusal, Role, Rules};
use domain::performance::evaluation::{EvaluationKind, EvaluationStage, sheet};
use domain::tendering::declared_tie::DeclaredTie;
use domain::tendering::expert::{self, PoolRecord};
use domain::tendering::recusal::{Tie, TieKind};
use evidence::draw::{self, Committed, PoolEntry, Terms};
use evidence::hex;

use super::held::{self, HeldContract, HeldPlan, HeldRound};
use super::round::check_reported;
use crate::db::{Row, Val};
use crate::journal::{EVALUATION, EVALUATION_DRAW, EVALUATION_SEAT};
use crate::tendering::draw::recusing_tie;
use crate::tendering::exclusion::Exclusion;
use crate::tendering::{bid_member, expert_tie};
use crate::{Act, Cx, Error, args};

/// The one stratum of a bureau's pool.
const STRATUM: &str = "expert";

/// Draws the experts of a round, or those who are missing after a recusal.
#[derive(Clone, Copy)]
pub struct DrawExperts {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
    /// How many experts shall sit: odd, and the rule's least.
    pub experts: usize,
}

impl Act for DrawExperts {
    /// The draw's row.
    type Outcome = i64;
    const NAME: &'static str = "performance.draw_experts";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let (contract, round) = held::round(cx, self.evaluation).await?;
        if !round.kind.is_graded() {
            return Err(Refusal::new("performance.round-without-grade", "E3")
                .with_code("kind", EvaluationKind::MidTerm)
                .into());
        }
        if round.stage != EvaluationStage::Scoring {
            check_reported(&round)?;
        }
        let plan = held::fixed_plan(cx, contract.id).await?;
        let rules = plan.rules(cx.app);
        sheet::check_size(self.experts, rules)?;
        let sql = "SELECT count(*) FROM evaluation_seat WHERE evaluation_id = $1 AND recused_at IS NULL";
        let sitting = usize::try_from(cx.tx.number(sql, args![round.id]).await?).unwrap_or(0);
        let need = self.experts.saturating_sub(sitting);
        if need == 0 {
            let refusal = Refusal::new("performance.experts-complete", "E1");
            return Err(refusal.with("experts", sitting).into());
        }
        let salt = cx.app.chance.bytes()?;
        let pool = candidates(cx, &contract, &plan, &round, &salt).await?;
        let (attempt, held) = hold(cx, &contract, &round, &pool, need).await?;
        let id = cx.id();
        let values = [
            ("evaluation_id", round.id.into()),
            ("attempt", attempt.into()),
            ("need", need.into()),
            ("drawn_by", held::person(cx)?.into()),
            ("drawn_at", cx.now.into()),
            ("seed", held.seed.into()),
            ("code_salt", hex::encode(&salt).into()),
            ("record", held.record.to_string().into()),
        ];
        cx.insert(&EVALUATION_DRAW, id, &values).await?;
        seat(cx, &round, id, &pool, &held.winners).await?;
        let values = [("stage", Val::code(EvaluationStage::Scoring))];
        cx.update(&EVALUATION, round.id, self.version, &values).await?;
        Ok(id)
    }
}

struct Candidate {
    expert: ExpertId,
    person: PersonId,
    code: String,
    exclusion: Option<Exclusion>,
}

async fn hold(
    cx: &mut Cx<'_>,
    contract: &HeldContract,
    round: &HeldRound,
    candidates: &[Candidate],
    need: usize,
) -> Result<(i64, draw::Held), Error> {
    let sql = "SELECT count(*) FROM evaluation_draw WHERE evaluation_id = $1";
    let attempt = cx.tx.number(sql, args![round.id]).await? + 1;
    let terms = Terms {
        subject: format!("{} {} {}", contract.number, round.kind.code(), round.round),
        attempt,
        stratum: STRATUM,
        need,
        beacon: "sha256 of the sorted digests of all opened bids, one per line".to_owned(),
    };
    let pool = candidates.iter().map(entry).collect();
    let committed = Committed::new(terms, pool, cx.app.chance.bytes()?)
        .map_err(|_| Error::Folder("commitment".to_owned()))?;
    let beacon = beacon(cx, contract).await?;
    let held = committed.hold(&beacon).map_err(|_| too_small(candidates, need))?;
    Ok((attempt, held))
}

fn entry(candidate: &Candidate) -> PoolEntry {
    PoolEntry {
        code: candidate.code.clone(),
        stratum: STRATUM.to_owned(),
        excluded: candidate.exclusion.map(|rule| rule.code().to_owned()),
    }
}

fn too_small(candidates: &[Candidate], need: usize) -> Error {
    let eligible = candidates.iter().filter(|candidate| candidate.exclusion.is_none()).count();
    Refusal::new("performance.pool-too-small", "C37").with("eligible", eligible).with("needed", need).into()
}

async fn beacon(cx: &mut Cx<'_>, contract: &HeldContract) -> Result<String, Error> {
    let sql = "SELECT digest FROM bid WHERE tender_id = $1 AND state = 'submitted' AND alias IS NOT NULL";
    let digests: Vec<(String,)> = cx.tx.all(sql, args![contract.tender_id]).await?;
    Ok(draw::beacon_of(digests.into_iter().map(|(digest,)| digest).collect()))
}

/// The whole pool with this draw's pseudonyms and exclusions.
async fn candidates(
    cx: &mut Cx<'_>,
    contract: &HeldContract,
    plan: &HeldPlan,
    round: &HeldRound,
    salt: &[u8; 32],
) -> Result<Vec<Candidate>, Error> {
    let sql = "SELECT e.id, e.person_id, e.title, e.employer_uscc, e.office_id, e.born_on, e.status,
                 (SELECT count(*) FROM evaluation_seat s
                    WHERE s.evaluation_id = $1 AND s.person_id = e.person_id) AS called,
                 (SELECT count(*) FROM post p WHERE p.person_id = e.person_id
                    AND (p.until IS NULL OR p.until > $2)
                    AND p.role IN ('finance', 'supervisor', 'purchase_lead')) AS barred,
                 (SELECT count(*) FROM post p JOIN person n ON n.id = p.person_id
                    WHERE p.person_id = e.person_id AND (p.until IS NULL OR p.until > $2)
                    AND p.role = 'expert' AND n.is_active = 1) AS serves
               FROM expert e ORDER BY e.id";
    let rows: Vec<Row> = cx.tx.all(sql, args![round.id, cx.now]).await?;
    let mut parties = bid_member::parties_of(&mut cx.tx, contract.bid_id).await?;
    parties.push(contract.organisation_id);
    let sql = "SELECT authors, checker_id FROM tender WHERE id = $1";
    let tender: Row = cx.tx.one(sql, args![contract.tender_id]).await?;
    let mut authors: Vec<PersonId> =
        tender.get::<String>("authors")?.split(',').filter_map(|id| id.parse().ok().map(PersonId)).collect();
    authors.extend(tender.get::<Option<PersonId>>("checker_id")?);
    authors.extend([Some(plan.drafted_by), plan.checked_by].into_iter().flatten());
    let asked = Asked {
        office: contract.office_id,
        parties,
        authors,
        today: cx.now.date(),
        rules: cx.app.book.on(cx.now.date()),
    };
    let mut candidates = Vec::with_capacity(rows.len());
    for row in rows {
        let expert: ExpertId = row.get("id")?;
        let exclusion = exclusion(cx, &asked, expert, &row).await?;
        candidates.push(Candidate {
            expert,
            person: row.get("person_id")?,
            code: draw::code(salt, &expert.0.to_string()),
            exclusion,
        });
    }
    Ok(candidates)
}

/// To whom no expert may be tied.
struct Asked<'a> {
    office: OfficeId,
    parties: Vec<OrganisationId>,
    authors: Vec<PersonId>,
    today: Date,
    rules: Rules<'a>,
}

async fn exclusion(
    cx: &mut Cx<'_>,
    asked: &Asked<'_>,
    expert: ExpertId,
    row: &Row,
) -> Result<Option<Exclusion>, Error> {
    let record = PoolRecord {
        born: row.get("born_on")?,
        has_title: !row.get::<String>("title")?.trim().is_empty(),
        last_bad_record: None,
        is_suspended: row.get::<String>("status")? != "active",
    };
    if row.get::<i64>("serves")? == 0 || !expert::may_be_drawn(&record, asked.today, asked.rules) {
        return Ok(Some(Exclusion::NotInPool));
    }
    if row.get::<Option<OfficeId>>("office_id")? == Some(asked.office) {
        return Ok(Some(Exclusion::OwnOffice));
    }
    if row.get::<i64>("barred")? > 0 {
        return Ok(Some(Exclusion::BarredPost));
    }
    if row.get::<i64>("called")? > 0 {
        return Ok(Some(Exclusion::AlreadyCalled));
    }
    if asked.authors.contains(&row.get("person_id")?) {
        return Ok(Some(Exclusion::DesignedRequirement));
    }
    let ties = ties(cx, expert, row).await?;
    Ok(recusing_tie(&ties, &asked.parties, asked.today, asked.rules).map(Exclusion::from))
}

/// Every tie of an expert to an organisation: declared relations and today's employer.
async fn ties(cx: &mut Cx<'_>, expert: ExpertId, row: &Row) -> Result<Vec<Tie>, Error> {
    let declared = expert_tie::declared(&mut cx.tx, expert).await?;
    let mut ties: Vec<Tie> = declared.iter().filter_map(DeclaredTie::tie).collect();
    let employer: Option<String> = row.get("employer_uscc")?;
    let sql = "SELECT id FROM organisation WHERE uscc = $1";
    if let Some((employer,)) = cx.tx.maybe::<(OrganisationId,)>(sql, args![employer]).await? {
        ties.push(Tie { kind: TieKind::Employed, bidder: Some(employer), ended: None });
    }
    Ok(ties)
}

async fn seat(
    cx: &mut Cx<'_>,
    round: &HeldRound,
    draw: i64,
    pool: &[Candidate],
    winners: &[String],
) -> Result<(), Error> {
    for code in winners {
        let Some(candidate) = pool.iter().find(|candidate| candidate.code == *code) else { continue };
        let id = cx.id();
        let values = [
            ("evaluation_id", round.id.into()),
            ("draw_id", draw.into()),
            ("expert_id", candidate.expert.into()),
            ("person_id", candidate.person.into()),
            ("code", code.as_str().into()),
            ("recuse_reason", "".into()),
        ];
        cx.insert(&EVALUATION_SEAT, id, &values).await?;
    }
    Ok(())
}
