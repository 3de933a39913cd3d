//! 21 February 2014 and after: seven openings, fourteen sessions, scores, decisions, contracts.

use std::collections::BTreeMap;

use anyhow::Context;
use app::access::people;
use app::tendering::attendance::{Occasion, RecordAttendance};
use app::tendering::award::{DecideAward, NotifyAward};
use app::tendering::conformity::VoteConformity;
use app::tendering::draw::DrawPanel;
use app::tendering::expert::{AddExpert, ExpertRecord};
use app::tendering::opening::{OpenBids, OpeningOutcome};
use app::tendering::panel::{Answer, AnswerInvitation};
use app::tendering::qualification::{CloseQualification, QualifyBid};
use app::tendering::ranking::{RankBids, SignReport};
use app::tendering::score_sheet::{LockScores, SaveScores, ScoreEntry};
use app::tendering::session::{
    EndPresentation, EndSession, ScheduleSession, SessionKind, StartPresentation, StartSession,
};
use app::tendering::{committee, opening_sheet, queries, result, review};
use app::{City, RequestKey};
use domain::kernel::{Actor, BidId, Moment, Role, Scope, SeatId};
use domain::tendering::scoring_table::CriterionKind;
use indicatif::ProgressBar;

use super::at;
use super::bidding::Published;
use super::cast::{Cast, Office};
use super::catalogue::set_clock;
use super::sheets::{self, BidRow};

/// The day of the first openings.
pub const FIRST_DAY: (i8, i8) = (2, 21);

/// A seat of a committee and who holds it.
struct Sitting {
    seat: SeatId,
    actor: Actor,
}

/// One tender on its way through the review.
struct Trial<'a> {
    city: &'a City,
    cast: &'a Cast,
    office: &'a Office,
    tender: &'a Published,
    number: String,
}

/// Adds the expert pool, then opens and judges the tenders of the first day.
pub async fn judge(
    city: &City,
    cast: &mut Cast,
    tenders: &[Published],
    bar: &ProgressBar,
) -> anyhow::Result<Vec<String>> {
    let experts = add_experts(city, cast).await?;
    let bids = sheets::bids()?;
    let (month, day) = FIRST_DAY;
    set_clock(city, at(month, day, 9, 0));
    let first: Vec<&Published> = tenders.iter().filter(|tender| tender.deadline == at(month, day, 9, 0)).collect();
    let mut numbers = Vec::new();
    for tender in first {
        let number = queries::by_id(city, tender.id).await?.number;
        let office = cast.office(&tender.row.office)?;
        let trial = Trial { city, cast, office, tender, number };
        trial.open().await.with_context(|| format!("opening {}", tender.row.name))?;
        trial.review(&experts, &bids).await.with_context(|| format!("reviewing {}", tender.row.name))?;
        numbers.push(trial.number);
        bar.inc(1);
    }
    Ok(numbers)
}

async fn add_experts(city: &City, cast: &mut Cast) -> anyhow::Result<Vec<Actor>> {
    let mut experts = Vec::new();
    for row in sheets::experts()? {
        let actor = cast.add(city, &row.login, &row.name, Role::Expert, Scope::City).await?;
        let record = ExpertRecord {
            title: row.title,
            fields: row.fields,
            employer: row.employer,
            employer_uscc: None,
            office: None,
            born_on: row.born_on.parse().with_context(|| row.born_on.clone())?,
        };
        let person = actor.person.context("an expert is a person")?;
        city.act(&cast.lead, &RequestKey::None, &AddExpert { person, record }).await?;
        experts.push(actor);
    }
    Ok(experts)
}

impl Trial<'_> {
    async fn act<A: app::Act>(&self, actor: &Actor, act: &A) -> anyhow::Result<A::Outcome> {
        self.city.act(actor, &RequestKey::None, act).await.with_context(|| A::NAME)
    }

    /// Roll-call, opening, qualification by the office.
    async fn open(&self) -> anyhow::Result<()> {
        let tender = self.tender.id;
        let attend = RecordAttendance { tender, occasion: Occasion::Opening };
        for actor in [&self.cast.lead, &self.cast.supervisor, &self.office.staff] {
            self.act(actor, &attend).await?;
        }
        let outcome = self.act(&self.cast.lead, &OpenBids { tender }).await?;
        anyhow::ensure!(matches!(outcome, OpeningOutcome::Opened(_)), "too few bids: {outcome:?}");
        let sheet = opening_sheet::read(self.city, &self.office.staff, &self.number).await?;
        for line in &sheet.lines {
            let qualify = QualifyBid {
                tender,
                bid: line.bid,
                version: line.version,
                is_qualified: true,
                reason: String::new(),
            };
            self.act(&self.office.staff, &qualify).await?;
        }
        self.act(&self.office.staff, &CloseQualification { tender }).await?;
        Ok(())
    }

    /// Draw, live session, review session, ranking, signed report, decision.
    async fn review(&self, experts: &[Actor], bids: &[BidRow]) -> anyhow::Result<()> {
        let tender = self.tender.id;
        self.act(&self.cast.lead, &DrawPanel { tender }).await?;
        let now = self.city.clock.now();
        for kind in [SessionKind::Live, SessionKind::Review] {
            let place = "市民政局二楼会议室（示例）".to_owned();
            let schedule = ScheduleSession { tender, kind, place, starts_at: now };
            self.act(&self.cast.lead, &schedule).await?;
        }
        let members = self.seat_members(experts).await?;
        self.hold_live_session(&members).await?;
        let marks = self.marks(bids).await?;
        self.hold_review(&members, &marks).await?;
        self.act(&self.cast.lead, &RankBids { tender }).await?;
        for member in &members {
            self.act(&member.actor, &SignReport { seat: member.seat, dissent: String::new() }).await?;
        }
        Ok(())
    }

    async fn seat_members(&self, experts: &[Actor]) -> anyhow::Result<Vec<Sitting>> {
        let mut members = Vec::new();
        for actor in experts {
            let called = committee::invitations(self.city, actor).await?;
            let Some(own) = called.iter().find(|invitation| invitation.number == self.number) else {
                continue;
            };
            let answer =
                AnswerInvitation { seat: own.seat, answer: Answer::Accept, reason: String::new() };
            self.act(actor, &answer).await?;
            members.push(Sitting { seat: own.seat, actor: actor.clone() });
        }
        Ok(members)
    }

    async fn attend(&self, members: &[Sitting], occasion: Occasion) -> anyhow::Result<()> {
        for member in members {
            self.act(&member.actor, &RecordAttendance { tender: self.tender.id, occasion }).await?;
        }
        Ok(())
    }

    async fn hold_live_session(&self, members: &[Sitting]) -> anyhow::Result<()> {
        let (tender, lead) = (self.tender.id, &self.cast.lead);
        self.attend(members, Occasion::Live).await?;
        self.act(lead, &StartSession { tender, kind: SessionKind::Live }).await?;
        let case = app::tendering::case::by_number(self.city, &self.number).await?;
        let mut position = committee::sessions(self.city, &case).await?.next();
        while let Some(turn) = position {
            self.act(lead, &StartPresentation { tender, position: turn }).await?;
            set_clock(self.city, self.city.clock.now().plus_seconds(60));
            self.act(lead, &EndPresentation { tender, position: turn }).await?;
            position = committee::sessions(self.city, &case).await?.next();
        }
        self.act(lead, &EndSession { tender, kind: SessionKind::Live }).await
    }

    /// How good each bid's proposal is, in percent, by the file.
    async fn marks(&self, bids: &[BidRow]) -> anyhow::Result<BTreeMap<BidId, i64>> {
        let names: BTreeMap<String, String> =
            sheets::bidders()?.into_iter().map(|row| (row.name, row.login)).collect();
        let sheet = opening_sheet::read(self.city, &self.cast.lead, &self.number).await?;
        let mut marks = BTreeMap::new();
        for line in sheet.lines {
            let login = names.get(&line.organisation).context("an unknown bidder")?;
            let row = bids.iter().find(|bid| bid.item == self.tender.row.name && bid.bidder == *login);
            marks.insert(line.bid, row.context("a bid that was not sent")?.quality_percent);
        }
        Ok(marks)
    }

    async fn hold_review(
        &self,
        members: &[Sitting],
        marks: &BTreeMap<BidId, i64>,
    ) -> anyhow::Result<()> {
        let (tender, lead) = (self.tender.id, &self.cast.lead);
        self.attend(members, Occasion::Review).await?;
        self.act(lead, &StartSession { tender, kind: SessionKind::Review }).await?;
        for member in members {
            for bid in marks.keys() {
                let vote =
                    VoteConformity { seat: member.seat, bid: *bid, invalid: None, reason: String::new() };
                self.act(&member.actor, &vote).await?;
            }
        }
        for (place, member) in members.iter().enumerate() {
            let entries = self.entries(member, marks, place).await?;
            self.act(&member.actor, &SaveScores { seat: member.seat, entries }).await?;
            self.act(&member.actor, &LockScores { seat: member.seat }).await?;
        }
        self.act(lead, &EndSession { tender, kind: SessionKind::Review }).await
    }

    /// What one member gives: the file's mark, a little more or less by member; objective lines alike.
    async fn entries(
        &self,
        member: &Sitting,
        marks: &BTreeMap<BidId, i64>,
        place: usize,
    ) -> anyhow::Result<Vec<ScoreEntry>> {
        let sheet = review::own_sheet(self.city, &member.actor, &self.number).await?;
        let lean = i64::try_from(place).unwrap_or(0) % 3 - 1;
        let mut entries = Vec::new();
        for criterion in sheet.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Price) {
            for bid in &sheet.bids {
                let mark = marks.get(&bid.id).copied().unwrap_or_default();
                let percent = if criterion.is_objective { mark } else { mark + lean };
                let points = criterion.weight * percent;
                entries.push(ScoreEntry {
                    bid: bid.id,
                    position: criterion.position,
                    points: Some(points),
                    reason: "综合响应情况评定（示例）".to_owned(),
                });
            }
        }
        Ok(entries)
    }
}

/// The directors decide in ranked order, the results are public, notices go out, both sides sign.
pub async fn conclude(
    city: &City,
    cast: &Cast,
    tenders: &[Published],
    numbers: &[String],
) -> anyhow::Result<()> {
    set_clock(city, at(2, 24, 10, 0));
    let opened: Vec<&Published> = tenders.iter().filter(|tender| tender.deadline < at(2, 24, 0, 0)).collect();
    for (tender, number) in opened.iter().zip(numbers) {
        let office = cast.office(&tender.row.office)?;
        let outcome = result::desk(city, &office.director, number).await?;
        let candidate = outcome.candidate().context("no candidate")?.bid_id;
        let decide = DecideAward { tender: tender.id, bid: candidate, reason: String::new() };
        city.act(&office.director, &RequestKey::None, &decide).await.with_context(|| number.clone())?;
    }
    set_clock(city, at(2, 28, 9, 0));
    for (tender, number) in opened.iter().zip(numbers) {
        let office = cast.office(&tender.row.office)?;
        let notify = NotifyAward { tender: tender.id };
        city.act(&office.director, &RequestKey::None, &notify).await.with_context(|| number.clone())?;
    }
    for (index, tender) in opened.iter().enumerate() {
        set_clock(city, signing_moment(index));
        sign(city, cast, tender).await.with_context(|| tender.row.name.clone())?;
    }
    Ok(())
}

/// Contracts are signed on the days after 4 March, one in the morning, one in the afternoon.
fn signing_moment(index: usize) -> Moment {
    let index = i64::try_from(index).unwrap_or(0);
    at(3, 4, 10, 0).plus_seconds(index / 2 * 86_400 + index % 2 * 4 * 3600)
}

async fn sign(city: &City, cast: &Cast, tender: &Published) -> anyhow::Result<()> {
    use app::contracts::{DraftContract, OfferContract, SignAsBuyer, SignAsProvider};
    let office = cast.office(&tender.row.office)?;
    let key = RequestKey::None;
    let contract = city.act(&office.staff, &key, &DraftContract { tender: tender.id }).await?;
    city.act(&office.staff, &key, &OfferContract { contract, version: 1 }).await?;
    city.act(&office.director, &key, &SignAsBuyer { contract, version: 2 }).await?;
    let organisation = result::public(city, &queries::by_id(city, tender.id).await?.number).await?;
    let winner = organisation.award().context("no award")?.organisation_id;
    let signer = people::users_of(city, winner).await?.into_iter().next().context("nobody signs")?;
    let signer =
        Actor::new(signer, Role::OrganisationUser, Scope::Organisation(winner)).with_fresh_password();
    city.act(&signer, &key, &SignAsProvider { contract, version: 3 }).await?;
    Ok(())
}
