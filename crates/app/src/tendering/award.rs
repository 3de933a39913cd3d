//! The award: the director decides in ranked order, the result is public, then the notice goes out (C24,
//! C25, C58).
//!
//! No command here takes a supplier as a wish: the bid that a decision names must be the one that the
//! ranking offers, and the table `award` hangs on `ranking` alone (S67, S69).

use domain::kernel::{BidId, Coded, Moment, OrganisationId, PersonId, Refusal, Role, TenderId};
use domain::registry::Eligibility;
use domain::tendering::award::{self, Competition, PassedOver, PassedOverGround};
use domain::tendering::stage::Stage;

use super::case::{self, Case};
use super::ending::EndReason;
use super::{bid_member, eligibility, open_tender, panel, ranking};
use crate::db::{Row, Val};
use crate::journal::AWARD;
use crate::{Act, Cx, Error, args};

/// Decides for the candidate that the ranking offers and makes the result public.
#[derive(Clone)]
pub struct DecideAward {
    /// Which tender.
    pub tender: TenderId,
    /// The bid that the director saw as the candidate; any other is refused.
    pub bid: BidId,
    /// What the director adds; may be empty.
    pub reason: String,
}

impl Act for DecideAward {
    /// The award's row.
    type Outcome = i64;
    const NAME: &'static str = "tendering.decide_award";
    const WHO: &'static [Role] = &[Role::OfficeDirector];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let case = case::locked_of_office(cx, self.tender).await?;
        case.stage.expect(Stage::Ranked)?;
        if case.report_at.is_none() {
            return Err(Refusal::new("tendering.report-unsigned", "C24").into());
        }
        let order = ranking::order(cx, case.id).await?;
        if !order.contains(&self.bid) {
            let refusal = Refusal::new("tendering.award-without-competition", "S67");
            return Err(refusal.with("bid", self.bid.0).into());
        }
        let mut passed_over = passed_over(cx, &case).await?;
        let fallen = pass_over_ineligible(cx, &case, &order, &passed_over).await?;
        passed_over.extend(fallen.iter().cloned());
        let members = panel::active_members(&mut cx.tx, case.id).await?;
        let people: Vec<PersonId> = members.iter().map(|member| member.person).collect();
        let competition =
            Competition { stage: case.stage, order: &order, passed_over: &passed_over, panel: &people };
        let decider = case::person(cx)?;
        let eligibility = today(cx, &case, self.bid).await?;
        award::decide(&competition, self.bid, &eligibility, decider)?;
        for passed in &fallen {
            let id = cx.id();
            let mut values = decision(&case, passed.bid, &order, decider, cx.now, "");
            values.push(("state", "refused".into()));
            values.extend(refused(passed, cx.now));
            cx.insert(&AWARD, id, &values).await?;
        }
        let id = cx.id();
        let mut values = decision(&case, self.bid, &order, decider, cx.now, self.reason.trim());
        values.push(("state", "decided".into()));
        cx.insert(&AWARD, id, &values).await?;
        self.publish(cx, &case).await?;
        Ok(id)
    }
}

impl DecideAward {
    async fn publish(&self, cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
        let rules = case.rules(cx.app);
        let result = award::result_deadline(cx.now.date(), case.procedure(), rules, &cx.app.calendar)?;
        let more = [
            ("publicised_at", cx.now.into()),
            ("public_until", result.end().into()),
            ("next_check_at", result.end().into()),
        ];
        case::advance(cx, case, Stage::Publicised, &more).await?;
        cx.announce("tendering.result_published", case.number.as_str());
        Ok(())
    }
}

fn decision(
    case: &Case,
    bid: BidId,
    order: &[BidId],
    decider: PersonId,
    now: Moment,
    reason: &str,
) -> Vec<(&'static str, Val)> {
    let place = order.iter().position(|other| *other == bid).map_or(0, |place| place + 1);
    vec![
        ("tender_id", case.id.into()),
        ("bid_id", bid.into()),
        ("rank", place.into()),
        ("decided_by", decider.into()),
        ("decided_at", now.into()),
        ("reason", reason.into()),
    ]
}

fn refused(passed: &PassedOver, now: Moment) -> [(&'static str, Val); 3] {
    [
        ("refused_at", now.into()),
        ("refused_ground", passed.ground.code().into()),
        ("refused_reason", passed.reason.as_str().into()),
    ]
}

/// Who has fallen away so far.
async fn passed_over(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<PassedOver>, Error> {
    let sql = "SELECT bid_id, refused_ground, refused_reason FROM award
               WHERE tender_id = $1 AND state = 'refused' ORDER BY refused_at, id";
    let mut passed = Vec::new();
    for row in cx.tx.all::<Row>(sql, args![case.id]).await? {
        passed.push(PassedOver {
            bid: row.get("bid_id")?,
            ground: row.code("refused_ground")?,
            reason: row.get("refused_reason")?,
        });
    }
    Ok(passed)
}

/// Candidates whom the register bars today fall away by themselves, never at anybody's wish (C17).
async fn pass_over_ineligible(
    cx: &mut Cx<'_>,
    case: &Case,
    order: &[BidId],
    before: &[PassedOver],
) -> Result<Vec<PassedOver>, Error> {
    let mut all = before.to_vec();
    let mut fallen = Vec::new();
    while let Some(bid) = award::candidate(order, &all) {
        let Err(refusal) = today(cx, case, bid).await?.require() else { break };
        let passed =
            PassedOver { bid, ground: PassedOverGround::Ineligible, reason: refusal.code.to_owned() };
        all.push(passed.clone());
        fallen.push(passed);
    }
    // When all fall away the tender has no candidate: the decision itself says so, nothing is kept.
    Ok(fallen)
}

/// The register's answer on a candidate today: on the lead and on every member of a consortium.
async fn today(cx: &mut Cx<'_>, case: &Case, bid: BidId) -> Result<Eligibility, Error> {
    let tender = open_tender::read(&mut cx.tx, case.id).await?;
    let mut findings = Vec::new();
    for party in bid_member::parties_of(&mut cx.tx, bid).await? {
        findings.extend(eligibility::findings(cx.app, &mut cx.tx, &tender, party, cx.now).await?.findings);
    }
    Ok(Eligibility { findings })
}

/// The award in force, if any.
struct Standing {
    id: i64,
    version: i64,
    bid: BidId,
    organisation: OrganisationId,
}

async fn standing(cx: &mut Cx<'_>, case: &Case) -> Result<Standing, Error> {
    let sql = "SELECT a.id, a.version, a.bid_id, b.organisation_id FROM award a JOIN bid b ON b.id = a.bid_id
               WHERE a.tender_id = $1 AND a.state <> 'refused'";
    let row: Row = cx.tx.one(sql, args![case.id]).await?;
    Ok(Standing {
        id: row.get("id")?,
        version: row.get("version")?,
        bid: row.get("bid_id")?,
        organisation: row.get("organisation_id")?,
    })
}

/// Sends the award notice once the result has been public long enough; the contract is due from then on.
#[derive(Clone, Copy)]
pub struct NotifyAward {
    /// Which tender.
    pub tender: TenderId,
}

impl Act for NotifyAward {
    type Outcome = ();
    const NAME: &'static str = "tendering.notify_award";
    const WHO: &'static [Role] = &[Role::PurchaseLead, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::locked_of_office(cx, self.tender).await?;
        case.stage.expect(Stage::Publicised)?;
        let (procedure, rules, calendar) = (case.procedure(), case.rules(cx.app), &cx.app.calendar);
        let published = case.publicised_at.unwrap_or(cx.now).date();
        let result = award::result_deadline(published, procedure, rules, calendar)?;
        // No challenge is open: challenges are not yet kept by this program.
        let next = award::award(case.stage, &result, 0, cx.now)?;
        let held = standing(cx, &case).await?;
        today(cx, &case, held.bid).await?.require()?;
        let due = rules.deadline(calendar, procedure.contract_period, cx.now.date())?;
        cx.update(&AWARD, held.id, held.version, &[("state", "notified".into())]).await?;
        let more = [
            ("awarded_at", cx.now.into()),
            ("contract_due_on", due.due.into()),
            ("next_check_at", due.end().into()),
        ];
        case::advance(cx, &case, next, &more).await?;
        cx.announce("tendering.award_notified", case.number.as_str());
        Ok(())
    }
}

/// The award in force falls away and the next candidate moves up (C58); gives the award's row. The act
/// itself is `contracts::RefuseAward`, because a contract drafted on the award ends in the same stroke.
pub(crate) async fn fall_away(
    cx: &mut Cx<'_>,
    tender: TenderId,
    ground: PassedOverGround,
    reason: &str,
) -> Result<i64, Error> {
    let case = case::locked_of_office(cx, tender).await?;
    let held = standing(cx, &case).await?;
    if cx.actor.post.role == Role::OrganisationUser
        && (cx.actor.organisation() != Some(held.organisation) || ground != PassedOverGround::Refused)
    {
        return Err(Error::NotFound);
    }
    if ground == PassedOverGround::Ineligible && today(cx, &case, held.bid).await?.is_eligible() {
        return Err(Refusal::new("tendering.candidate-eligible", "C17").at("ground").into());
    }
    let (order, passed_over) = (ranking::order(cx, case.id).await?, passed_over(cx, &case).await?);
    let competition = Competition { stage: case.stage, order: &order, passed_over: &passed_over, panel: &[] };
    let (passed, next) = award::fall_away(&competition, held.bid, ground, reason)?;
    let mut values = vec![("state", "refused".into())];
    values.extend(refused(&passed, cx.now));
    cx.update(&AWARD, held.id, held.version, &values).await?;
    cx.announce("tendering.award_refused", case.number.as_str());
    if next == Stage::Failed {
        case::fail(cx, &case, EndReason::NoCandidateLeft.code()).await?;
        return Ok(held.id);
    }
    let more = [
        ("public_until", Val::Int(None)),
        ("awarded_at", Val::Int(None)),
        ("contract_due_on", Val::Text(None)),
        ("next_check_at", Val::Int(None)),
    ];
    case::advance(cx, &case, next, &more).await?;
    Ok(held.id)
}
