//! The panel: who is called to it, who accepts, and who is called next when somebody cannot sit (C36, C38).
//!
//! An expert who declines or recuses makes room for the next reserve of the recorded draw at once, so
//! nobody chooses the successor.

use domain::coded;
use domain::kernel::{ExpertId, Moment, OfficeId, PersonId, Refusal, Role, SeatId, TenderId};
use domain::tendering::panel::{self, SeatKind};
use domain::tendering::recusal;
use domain::tendering::stage::Stage;
use evidence::{draw as lots, hex};
use serde_json::Value;

use super::case::{self, Case};
use super::draw;
use crate::db::{DbError, Row, Tx, Val};
use crate::journal::SEAT;
use crate::{Act, Cx, Error, args};

coded! {
    /// What a called person says.
    pub enum Answer as "invitation_answer" {
        /// Will sit.
        Accept = "accept",
        /// Cannot sit.
        Decline = "decline",
        /// Must not sit.
        Recuse = "recuse",
    }
}

coded! {
    /// Where a seat stands.
    pub enum SeatState as "seat_state" {
        /// Called, not answered.
        Invited = "invited",
        /// Sits.
        Accepted = "accepted",
        /// Could not.
        Declined = "declined",
        /// Must not.
        Recused = "recused",
    }
}

/// A member who is called or sits.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub id: SeatId,
    pub version: i64,
    pub tender: TenderId,
    pub draw: Option<i64>,
    pub kind: SeatKind,
    pub person: PersonId,
    pub expert: Option<ExpertId>,
    pub office: Option<OfficeId>,
    pub state: SeatState,
    pub is_chair: bool,
    pub locked_at: Option<Moment>,
    pub signed_at: Option<Moment>,
}

impl crate::db::FromRow for Member {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            version: row.get("version")?,
            tender: row.get("tender_id")?,
            draw: row.get("draw_id")?,
            kind: row.code("kind")?,
            person: row.get("person_id")?,
            expert: row.get("expert_id")?,
            office: row.get("office_id")?,
            state: row.code("state")?,
            is_chair: row.get("is_chair")?,
            locked_at: row.get("locked_at")?,
            signed_at: row.get("signed_at")?,
        })
    }
}

/// The office of a purchaser's seat is where its holder has a post; of an expert's, what the pool says.
const MEMBER: &str = "SELECT s.id, s.version, s.tender_id, s.draw_id, s.kind, s.person_id, s.expert_id,
       s.position, s.state, s.is_chair, s.locked_at, s.signed_at,
       COALESCE(e.office_id, (SELECT min(p.office_id) FROM post p JOIN tender t ON t.office_id = p.office_id
          WHERE t.id = s.tender_id AND p.person_id = s.person_id AND p.until IS NULL)) AS office_id
     FROM seat s LEFT JOIN expert e ON e.id = s.expert_id";

impl Member {
    /// The seat as the rules of the panel see it.
    pub(super) fn seat(&self) -> panel::Seat {
        panel::Seat {
            seat: self.id,
            kind: self.kind,
            person: self.person,
            office: self.office,
            posts: Vec::new(),
            is_chair: self.is_chair,
        }
    }
}

/// Those who are called or sit, by position.
pub(super) async fn active_members(tx: &mut Tx, tender: TenderId) -> Result<Vec<Member>, Error> {
    let sql = format!(
        "{MEMBER} WHERE s.tender_id = $1 AND s.state IN ('invited', 'accepted') ORDER BY s.position, s.id"
    );
    Ok(tx.all(&sql, args![tender]).await?)
}

/// The full panel, all accepted; anything less is refused (C36).
pub(super) async fn sitting(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<Member>, Error> {
    let members = active_members(&mut cx.tx, case.id).await?;
    let accepted = members.iter().filter(|member| member.state == SeatState::Accepted).count();
    let needed = usize::try_from(case.panel_size).unwrap_or(0);
    if accepted != members.len() || accepted < needed {
        let refusal = Refusal::new("tendering.panel-incomplete", "C36");
        return Err(refusal.with("accepted", accepted).with("needed", needed).into());
    }
    Ok(members)
}

/// The actor's own seat; anybody else's does not exist.
pub(super) async fn own_seat(cx: &mut Cx<'_>, seat: SeatId) -> Result<Member, Error> {
    let sql = format!("{MEMBER} WHERE s.id = $1");
    let member: Member = cx.tx.one(&sql, args![seat]).await?;
    if Some(member.person) == cx.actor.person { Ok(member) } else { Err(Error::NotFound) }
}

/// The actor's own seat when it was accepted, with its tender held.
pub(super) async fn own_sitting_seat(cx: &mut Cx<'_>, seat: SeatId) -> Result<(Member, Case), Error> {
    let tender = own_seat(cx, seat).await?.tender;
    let case = case::locked(cx, tender).await?;
    let member = own_seat(cx, seat).await?;
    if member.state != SeatState::Accepted {
        return Err(Refusal::new("tendering.seat-not-accepted", "C38")
            .with_code("state", member.state)
            .into());
    }
    Ok((member, case))
}

pub(super) fn seat_values(
    tender: TenderId,
    draw: Option<i64>,
    kind: SeatKind,
    person: PersonId,
    expert: Option<ExpertId>,
    position: i64,
    is_chair: bool,
) -> Vec<(&'static str, Val)> {
    vec![
        ("tender_id", tender.into()),
        ("draw_id", draw.into()),
        ("kind", Val::code(kind)),
        ("person_id", person.into()),
        ("expert_id", expert.into()),
        ("position", position.into()),
        ("state", Val::code(SeatState::Invited)),
        ("reason", "".into()),
        ("is_chair", is_chair.into()),
    ]
}

/// Sends a person of the purchasing office to the panel; before the draw, so that the draw fills the rest.
#[derive(Clone, Copy)]
pub struct NamePurchaserSeat {
    /// Which tender.
    pub tender: TenderId,
    /// Who.
    pub person: PersonId,
}

impl Act for NamePurchaserSeat {
    type Outcome = SeatId;
    const NAME: &'static str = "tendering.name_purchaser_seat";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<SeatId, Error> {
        let case = case::locked_of_office(cx, self.tender).await?;
        if !matches!(case.stage, Stage::Opened | Stage::Reviewing) {
            return Err(Refusal::new("tendering.draw-before-opening", "C37")
                .with_code("stage", case.stage)
                .into());
        }
        let members = active_members(&mut cx.tx, case.id).await?;
        if members.iter().any(|member| member.kind == SeatKind::Purchaser) {
            return Err(Refusal::new("tendering.purchaser-seat-taken", "C36").at("person").into());
        }
        if !members.is_empty() {
            return Err(Refusal::new("tendering.purchaser-after-draw", "C36").at("person").into());
        }
        if case.author_ids().any(|author| author == self.person) {
            return Err(Refusal::new("tendering.purchaser-wrote-requirement", "T9").at("person").into());
        }
        let sql = "SELECT count(*) FROM post o JOIN person p ON p.id = o.person_id
                   WHERE o.person_id = $1 AND o.office_id = $2 AND (o.until IS NULL OR o.until > $3)
                     AND p.is_active = 1";
        if cx.tx.number(sql, args![self.person, case.office_id, cx.now]).await? == 0 {
            return Err(Refusal::new("tendering.purchaser-of-other-office", "C36").at("person").into());
        }
        let id = SeatId(cx.id());
        let values = seat_values(case.id, None, SeatKind::Purchaser, self.person, None, 0, false);
        cx.insert(&SEAT, id.0, &values).await.map_err(|error| {
            let refusal = Refusal::new("tendering.panel-person-twice", "C36").at("person");
            error.on_unique("seat__tender_id__person_id", refusal)
        })?;
        Ok(id)
    }
}

/// Answers one's own invitation, or recuses oneself later, before the scores are locked.
#[derive(Clone)]
pub struct AnswerInvitation {
    /// The seat.
    pub seat: SeatId,
    /// What is said.
    pub answer: Answer,
    /// Why not; needed unless accepted.
    pub reason: String,
}

impl Act for AnswerInvitation {
    type Outcome = ();
    const NAME: &'static str = "tendering.answer_invitation";
    const WHO: &'static [Role] = MEMBERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let tender = own_seat(cx, self.seat).await?.tender;
        let case = case::locked(cx, tender).await?;
        let member = own_seat(cx, self.seat).await?;
        if !matches!(case.stage, Stage::Opened | Stage::Reviewing) {
            return Err(Refusal::new("tendering.review-over", "C38").with_code("stage", case.stage).into());
        }
        let next = match self.answer {
            Answer::Accept => self.accept(cx, &case, &member).await?,
            Answer::Decline => self.decline(&member)?,
            Answer::Recuse => {
                if matches!(member.state, SeatState::Declined | SeatState::Recused) {
                    return Err(answered(&member));
                }
                recusal::by_own_word(&self.reason, member.locked_at.is_some())?;
                SeatState::Recused
            }
        };
        let is_out = next != SeatState::Accepted;
        let values = [
            ("state", Val::code(next)),
            ("reason", self.reason.trim().into()),
            ("answered_at", cx.now.into()),
            ("is_chair", (member.is_chair && !is_out).into()),
        ];
        cx.update(&SEAT, member.id.0, member.version, &values).await?;
        if is_out {
            if member.kind == SeatKind::Expert {
                call_next(cx, &case, &member).await?;
            }
            pass_chair(cx, &case).await?;
        }
        Ok(())
    }
}

/// Roles in which a member of a panel may act: experts, and whoever the office sends.
pub(super) const MEMBERS: &[Role] = &[Role::Expert, Role::OfficeStaff, Role::OfficeDirector];

fn answered(member: &Member) -> Error {
    Refusal::new("tendering.invitation-answered", "C38").with_code("state", member.state).into()
}

impl AnswerInvitation {
    /// Asked again now that bidders are known: whoever the rules recuse cannot accept (C38).
    async fn accept(&self, cx: &mut Cx<'_>, case: &Case, member: &Member) -> Result<SeatState, Error> {
        if member.state != SeatState::Invited {
            return Err(answered(member));
        }
        if let Some(expert) = member.expert {
            let ties = draw::ties(cx, case, expert).await?;
            let bidders = draw::bidders(cx, case.id).await?;
            if let Some(kind) = draw::recusing_tie(&ties, &bidders, cx.now.date(), case.rules(cx.app)) {
                return Err(Refusal::new("tendering.must-recuse", "C38").with_code("kind", kind).into());
            }
        }
        Ok(SeatState::Accepted)
    }

    fn decline(&self, member: &Member) -> Result<SeatState, Error> {
        if member.state != SeatState::Invited {
            return Err(answered(member));
        }
        if self.reason.trim().is_empty() {
            return Err(Refusal::new("tendering.decline-reason-missing", "C38").at("reason").into());
        }
        Ok(SeatState::Declined)
    }
}

/// Calls the next reserve of the draw that called `gone`; none left leaves the seat for another draw.
async fn call_next(cx: &mut Cx<'_>, case: &Case, gone: &Member) -> Result<(), Error> {
    let Some(draw) = gone.draw else { return Ok(()) };
    let sql = "SELECT code_salt, record FROM draw WHERE id = $1";
    let row: Row = cx.tx.one(sql, args![draw]).await?;
    let (salt, record): (String, String) = (row.get("code_salt")?, row.get("record")?);
    let salt: [u8; 32] = hex::decode(&salt)
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Error::Db(DbError::corrupt("code_salt", "32 bytes")))?;
    let record: Value =
        serde_json::from_str(&record).map_err(|_| Error::Db(DbError::corrupt("record", "JSON")))?;
    let reserves = record.get("reserves").and_then(Value::as_array).cloned().unwrap_or_default();
    let sql = "SELECT e.id, e.person_id FROM expert e WHERE e.status = 'active' AND NOT EXISTS
                 (SELECT 1 FROM seat s WHERE s.tender_id = $1 AND s.person_id = e.person_id)";
    let mut free = Vec::new();
    for row in cx.tx.all::<Row>(sql, args![case.id]).await? {
        let (expert, person): (ExpertId, PersonId) = (row.get("id")?, row.get("person_id")?);
        free.push((lots::code(&salt, &expert.0.to_string()), expert, person));
    }
    let next =
        reserves.iter().filter_map(Value::as_str).find_map(|code| free.iter().find(|one| one.0 == code));
    let Some((_, expert, person)) = next else { return Ok(()) };
    let sql = "SELECT max(position) FROM seat WHERE tender_id = $1";
    let position = cx.tx.number(sql, args![case.id]).await? + 1;
    let id = cx.id();
    let values = seat_values(case.id, Some(draw), SeatKind::Expert, *person, Some(*expert), position, false);
    cx.insert(&SEAT, id, &values).await
}

/// The chair is an expert: when it falls vacant, the first called expert who is left takes it (C36).
async fn pass_chair(cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
    let members = active_members(&mut cx.tx, case.id).await?;
    if members.iter().any(|member| member.is_chair) {
        return Ok(());
    }
    let Some(next) = members.iter().find(|member| member.kind == SeatKind::Expert) else { return Ok(()) };
    cx.update(&SEAT, next.id.0, next.version, &[("is_chair", true.into())]).await
}
