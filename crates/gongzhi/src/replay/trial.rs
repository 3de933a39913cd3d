//! One tender in the room: opened, qualified, drawn, presented, scored, ranked.

use std::collections::BTreeMap;

use anyhow::Context;
use app::tendering::attendance::{Occasion, RecordAttendance};
use app::tendering::conformity::VoteConformity;
use app::tendering::draw::DrawPanel;
use app::tendering::opening::{OpenBids, OpeningOutcome};
use app::tendering::panel::{Answer, AnswerInvitation};
use app::tendering::qualification::{CloseQualification, QualifyBid};
use app::tendering::ranking::{RankBids, SignReport};
use app::tendering::score_sheet::{LockScores, SaveScores, ScoreEntry};
use app::tendering::session::{
    EndPresentation, EndSession, ScheduleSession, SessionKind, StartPresentation, StartSession,
};
use app::tendering::{committee, opening_sheet, queries, review};
use app::{City, RequestKey};
use domain::kernel::{Actor, BidId, SeatId};
use domain::tendering::scoring_table::CriterionKind;

use super::bidding::Published;
use super::cast::{Cast, Office};
use super::catalogue::set_clock;
use super::sheets::{self, BidRow};

/// A seat of a committee and who holds it.
pub struct Sitting {
    seat: SeatId,
    actor: Actor,
}

/// One tender on its way through the review.
pub struct Trial<'a> {
    pub city: &'a City,
    pub cast: &'a Cast,
    pub office: &'a Office,
    pub tender: &'a Published,
    pub number: String,
}

impl<'a> Trial<'a> {
    /// The trial of a published tender.
    pub async fn of(city: &'a City, cast: &'a Cast, tender: &'a Published) -> anyhow::Result<Trial<'a>> {
        let number = queries::by_id(city, tender.id).await?.number;
        Ok(Trial { city, cast, office: cast.office(&tender.row.office)?, tender, number })
    }

    async fn act<A: app::Act>(&self, actor: &Actor, act: &A) -> anyhow::Result<A::Outcome> {
        self.city.act(actor, &RequestKey::None, act).await.with_context(|| A::NAME)
    }

    /// Roll-call and opening.
    pub async fn open(&self) -> anyhow::Result<OpeningOutcome> {
        let tender = self.tender.id;
        let attend = RecordAttendance { tender, occasion: Occasion::Opening };
        for actor in [&self.cast.lead, &self.cast.supervisor, &self.office.staff] {
            self.act(actor, &attend).await?;
        }
        self.act(&self.cast.lead, &OpenBids { tender }).await
    }

    /// The office's qualification of every bid, all passed, and its close.
    pub async fn qualify(&self) -> anyhow::Result<()> {
        let tender = self.tender.id;
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

    /// Draws the panel, sets both sessions for this moment, and lets everyone called accept.
    pub async fn form_panel(&self, experts: &[Actor]) -> anyhow::Result<Vec<Sitting>> {
        let tender = self.tender.id;
        self.act(&self.cast.lead, &DrawPanel { tender }).await?;
        let now = self.city.clock.now();
        for kind in [SessionKind::Live, SessionKind::Review] {
            let place = "市民政局二楼会议室（示例）".to_owned();
            let schedule = ScheduleSession { tender, kind, place, starts_at: now };
            self.act(&self.cast.lead, &schedule).await?;
        }
        self.seat_members(experts).await
    }

    /// Ranks the bids; every member signs the report.
    pub async fn rank(&self, members: &[Sitting]) -> anyhow::Result<()> {
        self.act(&self.cast.lead, &RankBids { tender: self.tender.id }).await?;
        for member in members {
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
            let answer = AnswerInvitation { seat: own.seat, answer: Answer::Accept, reason: String::new() };
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

    /// The live session from roll-call to the last presenter.
    pub async fn hold_live_session(&self, members: &[Sitting]) -> anyhow::Result<()> {
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
    pub async fn marks(&self, bids: &[BidRow]) -> anyhow::Result<BTreeMap<BidId, i64>> {
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

    /// The review session until `locking` members have scored and locked; with all of them it ends.
    pub async fn hold_review(
        &self,
        members: &[Sitting],
        marks: &BTreeMap<BidId, i64>,
        locking: usize,
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
        for (place, member) in members.iter().take(locking).enumerate() {
            let entries = self.entries(member, marks, place).await?;
            self.act(&member.actor, &SaveScores { seat: member.seat, entries }).await?;
            self.act(&member.actor, &LockScores { seat: member.seat }).await?;
        }
        if locking < members.len() {
            return Ok(());
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
