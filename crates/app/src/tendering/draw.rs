//! The draw of the panel: everyone in the pool, every exclusion with its rule, and a chance that anyone
//! can recompute (C37, C38, TRUST 2b).
//!
//! The pool is frozen and its digest committed to before the secret is drawn; the beacon is made of the
//! digests of all opened bids, which no single party controls. The record holds pseudonyms only.

use domain::kernel::{
    Coded, Date, ExpertId, Moment, OfficeId, OrganisationId, PersonId, Refusal, Role, SeatId, TenderId,
};
use domain::tendering::declared_tie::DeclaredTie;
use domain::tendering::expert::{self, PoolRecord};
use domain::tendering::panel::{self, SeatKind, Task};
use domain::tendering::recusal::{self, Tie, TieKind};
use domain::tendering::stage::Stage;
use evidence::draw::{self, Committed, PoolEntry, Terms};
use evidence::hex;
use serde_json::{Value, json};

use super::bid_member;
use super::case::{self, Case};
use super::exclusion::Exclusion;
use super::expert_tie;
use super::panel::{Member, active_members, seat_values};
use crate::db::Row;
use crate::journal::{DRAW, SEAT};
use crate::{Act, Cx, Error, args};

/// The one stratum of a bureau's pool.
const STRATUM: &str = "expert";

/// Draws the experts of a panel, or, when the reserves of an earlier draw are used up, the missing ones.
#[derive(Clone, Copy)]
pub struct DrawPanel {
    /// Which tender.
    pub tender: TenderId,
}

impl Act for DrawPanel {
    /// The draw's row.
    type Outcome = i64;
    const NAME: &'static str = "tendering.draw_panel";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let case = case::locked(cx, self.tender).await?;
        if !matches!(case.stage, Stage::Opened | Stage::Reviewing) {
            return Err(Refusal::new("tendering.draw-before-opening", "C37")
                .with_code("stage", case.stage)
                .into());
        }
        check_day(cx, &case).await?;
        let members = active_members(&mut cx.tx, case.id).await?;
        let size = usize::try_from(case.panel_size).unwrap_or(0);
        let need = size.saturating_sub(members.len());
        if need == 0 {
            return Err(Refusal::new("tendering.panel-complete", "C36")
                .with("members", members.len())
                .into());
        }
        let salt = cx.app.chance.bytes()?;
        let candidates = candidates(cx, &case, &salt).await?;
        let held = self.hold(cx, &case, &candidates, need).await?;
        check_panel(&case, &members, &held.winners, case.rules(cx.app))?;
        let draw = cx.id();
        let values = [
            ("tender_id", case.id.into()),
            ("attempt", held.attempt.into()),
            ("purpose", "panel".into()),
            ("drawn_at", cx.now.into()),
            ("drawn_by", case::person(cx)?.into()),
            ("need", need.into()),
            ("seed", held.seed.as_str().into()),
            ("code_salt", hex::encode(&salt).into()),
            ("record", held.record.to_string().into()),
        ];
        cx.insert(&DRAW, draw, &values).await?;
        seat(cx, &case, draw, &held.winners, &members).await?;
        Ok(draw)
    }
}

/// C23, both ways: a scheduled review must lie close enough to the draw.
async fn check_day(cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
    let sql = "SELECT starts_at FROM live_session WHERE tender_id = $1 AND kind = 'review'";
    let Some((review,)) = cx.tx.maybe::<(Moment,)>(sql, args![case.id]).await? else { return Ok(()) };
    let rules = case.rules(cx.app);
    Ok(panel::check_draw_day(cx.now.date(), review.date(), rules, &cx.app.calendar)?)
}

/// One expert of the pool in this draw.
pub(super) struct Candidate {
    expert: ExpertId,
    person: PersonId,
    office: Option<OfficeId>,
    code: String,
    exclusion: Option<Exclusion>,
}

struct Held {
    attempt: i64,
    seed: String,
    record: Value,
    winners: Vec<(ExpertId, PersonId, Option<OfficeId>)>,
}

impl DrawPanel {
    async fn hold(
        &self,
        cx: &mut Cx<'_>,
        case: &Case,
        candidates: &[Candidate],
        need: usize,
    ) -> Result<Held, Error> {
        let sql = "SELECT count(*) FROM draw WHERE tender_id = $1";
        let attempt = cx.tx.number(sql, args![case.id]).await? + 1;
        let terms = Terms {
            subject: case.number.clone(),
            attempt,
            stratum: STRATUM,
            need,
            beacon: "sha256 of the sorted digests of all opened bids, one per line".to_owned(),
        };
        let pool = candidates.iter().map(entry).collect();
        let committed = Committed::new(terms, pool, cx.app.chance.bytes()?)
            .map_err(|_| Error::Folder("commitment".to_owned()))?;
        let beacon = beacon(cx, case).await?;
        let lot = committed.hold(&beacon).map_err(|_| too_small(candidates, need))?;
        let mut record = lot.record;
        if let Value::Object(fields) = &mut record {
            fields.insert("tickets".to_owned(), tickets(&lot.seed, candidates).into());
            fields.insert("reserves".to_owned(), json!(lot.reserves));
        }
        let winners = lot.winners.iter().filter_map(|code| {
            let winner = candidates.iter().find(|candidate| candidate.code == *code)?;
            Some((winner.expert, winner.person, winner.office))
        });
        Ok(Held { attempt, seed: lot.seed, winners: winners.collect(), record })
    }
}

fn entry(candidate: &Candidate) -> PoolEntry {
    PoolEntry {
        code: candidate.code.clone(),
        stratum: STRATUM.to_owned(),
        excluded: candidate.exclusion.map(|exclusion| exclusion.code().to_owned()),
    }
}

fn tickets(seed: &str, candidates: &[Candidate]) -> Vec<Value> {
    let eligible = candidates.iter().filter(|candidate| candidate.exclusion.is_none());
    let mut tickets: Vec<(String, &str)> = eligible
        .map(|candidate| (draw::ticket(seed, &candidate.code).hex(), candidate.code.as_str()))
        .collect();
    tickets.sort();
    tickets.into_iter().map(|(ticket, code)| json!([ticket, code])).collect()
}

fn too_small(candidates: &[Candidate], need: usize) -> Error {
    let eligible = candidates.iter().filter(|candidate| candidate.exclusion.is_none()).count();
    Refusal::new("tendering.pool-too-small", "C37").with("eligible", eligible).with("needed", need).into()
}

/// What nobody alone decides: a digest over all opened bids (each bidder chose its own salt).
async fn beacon(cx: &mut Cx<'_>, case: &Case) -> Result<String, Error> {
    let bids = case::opened_bids(&mut cx.tx, case.id).await?;
    Ok(draw::beacon_of(bids.into_iter().map(|bid| bid.digest).collect()))
}

/// The whole pool with this draw's pseudonyms and exclusions.
async fn candidates(cx: &mut Cx<'_>, case: &Case, salt: &[u8; 32]) -> Result<Vec<Candidate>, Error> {
    let sql = "SELECT e.id, e.person_id, e.title, e.employer_uscc, e.office_id, e.born_on, e.status,
                 (SELECT count(*) FROM seat s WHERE s.tender_id = $1 AND s.person_id = e.person_id) AS called,
                 (SELECT count(*) FROM post p WHERE p.person_id = e.person_id
                    AND (p.until IS NULL OR p.until > $2)
                    AND p.role IN ('finance', 'supervisor', 'purchase_lead')) AS barred,
                 (SELECT count(*) FROM post p JOIN person n ON n.id = p.person_id
                    WHERE p.person_id = e.person_id AND (p.until IS NULL OR p.until > $2)
                    AND p.role = 'expert' AND n.is_active = 1) AS serves
               FROM expert e ORDER BY e.id";
    let rows: Vec<Row> = cx.tx.all(sql, args![case.id, cx.now]).await?;
    let bidders = bidders(cx, case.id).await?;
    let mut candidates = Vec::with_capacity(rows.len());
    for row in rows {
        let expert: ExpertId = row.get("id")?;
        let exclusion = exclusion(cx, case, expert, &row, &bidders).await?;
        candidates.push(Candidate {
            expert,
            person: row.get("person_id")?,
            office: row.get("office_id")?,
            code: draw::code(salt, &expert.0.to_string()),
            exclusion,
        });
    }
    Ok(candidates)
}

async fn exclusion(
    cx: &mut Cx<'_>,
    case: &Case,
    expert: ExpertId,
    row: &Row,
    bidders: &[OrganisationId],
) -> Result<Option<Exclusion>, Error> {
    let record = PoolRecord {
        born: row.get("born_on")?,
        has_title: !row.get::<String>("title")?.trim().is_empty(),
        last_bad_record: None,
        is_suspended: row.get::<String>("status")? != "active",
    };
    let (today, rules) = (cx.now.date(), case.rules(cx.app));
    // Whoever left the post, or whose account is closed, could not come.
    if row.get::<i64>("serves")? == 0 || !expert::may_be_drawn(&record, today, rules) {
        return Ok(Some(Exclusion::NotInPool));
    }
    if row.get::<Option<OfficeId>>("office_id")? == Some(case.office_id) {
        return Ok(Some(Exclusion::OwnOffice));
    }
    if row.get::<i64>("barred")? > 0 {
        return Ok(Some(Exclusion::BarredPost));
    }
    if row.get::<i64>("called")? > 0 {
        return Ok(Some(Exclusion::AlreadyCalled));
    }
    let ties = ties(cx, case, expert).await?;
    Ok(recusing_tie(&ties, bidders, today, rules).map(Exclusion::from))
}

/// The first tie that recuses, if any.
pub(crate) fn recusing_tie(
    ties: &[Tie],
    bidders: &[OrganisationId],
    on: Date,
    rules: domain::kernel::Rules<'_>,
) -> Option<TieKind> {
    ties.iter()
        .find(|tie| recusal::is_recused(&recusal::findings(std::slice::from_ref(tie), bidders, on, rules)))
        .map(|tie| tie.kind)
}

/// Every tie of an expert: declared relations, today's employer, and a hand in the requirement (T9).
pub(super) async fn ties(cx: &mut Cx<'_>, case: &Case, expert: ExpertId) -> Result<Vec<Tie>, Error> {
    let declared = expert_tie::declared(&mut cx.tx, expert).await?;
    let mut ties: Vec<Tie> = declared.iter().filter_map(DeclaredTie::tie).collect();
    let sql = "SELECT o.id FROM expert e JOIN organisation o ON o.uscc = e.employer_uscc WHERE e.id = $1";
    if let Some((employer,)) = cx.tx.maybe::<(OrganisationId,)>(sql, args![expert]).await? {
        ties.push(Tie { kind: TieKind::Employed, bidder: Some(employer), ended: None });
    }
    let (person,): (PersonId,) =
        cx.tx.one("SELECT person_id FROM expert WHERE id = $1", args![expert]).await?;
    if case.author_ids().any(|author| author == person) {
        ties.push(Tie { kind: TieKind::DesignedRequirement, bidder: None, ended: None });
    }
    Ok(ties)
}

/// Who has bid, alone or in a consortium; known to the draw because it comes after the opening.
pub(super) async fn bidders(cx: &mut Cx<'_>, tender: TenderId) -> Result<Vec<OrganisationId>, Error> {
    bid_member::all_parties(&mut cx.tx, tender).await
}

/// The panel as it would sit must satisfy every rule of C36, before anyone is invited.
fn check_panel(
    case: &Case,
    members: &[Member],
    winners: &[(ExpertId, PersonId, Option<OfficeId>)],
    rules: domain::kernel::Rules<'_>,
) -> Result<(), Error> {
    let task = Task { office: case.office_id, budget: case.ceiling_fen, is_weighty: false };
    let has_chair = members.iter().any(|member| member.is_chair);
    let mut seats: Vec<panel::Seat> = members.iter().map(Member::seat).collect();
    for (place, (_, person, office)) in winners.iter().enumerate() {
        seats.push(panel::Seat {
            seat: SeatId(0),
            kind: SeatKind::Expert,
            person: *person,
            office: *office,
            posts: Vec::new(),
            is_chair: place == 0 && !has_chair,
        });
    }
    let found = panel::problems(&seats, &task, case.procedure(), rules);
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

async fn seat(
    cx: &mut Cx<'_>,
    case: &Case,
    draw: i64,
    winners: &[(ExpertId, PersonId, Option<OfficeId>)],
    members: &[Member],
) -> Result<(), Error> {
    let has_chair = members.iter().any(|member| member.is_chair);
    let sql = "SELECT count(*) FROM seat WHERE tender_id = $1";
    let first = cx.tx.number(sql, args![case.id]).await? + 1;
    for (place, (expert, person, _)) in winners.iter().enumerate() {
        let position = first + i64::try_from(place).unwrap_or(0);
        let is_chair = place == 0 && !has_chair;
        let id = cx.id();
        let values =
            seat_values(case.id, Some(draw), SeatKind::Expert, *person, Some(*expert), position, is_chair);
        cx.insert(&SEAT, id, &values).await?;
    }
    Ok(())
}
