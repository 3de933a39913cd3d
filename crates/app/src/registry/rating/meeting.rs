//! A sitting of the committee or of the review board: roll-call, open ballot with names, conclusion (B32).
//!
//! Quorum and majority count over all members of the body. Whoever is recused does not take part, and that
//! lowers neither.

use domain::coded;
use domain::kernel::{Coded, PersonId, RatingId, Refusal, Role};
use domain::registry::rating::committee::{self, check_quorum, check_sitting};
use domain::registry::rating::course::check_deviation;
use domain::registry::rating::{Body, Grade, RatingStage, recusal};

use super::case::{RatingCase, advance, choice_code, choice_of, locked, ties};
use super::{OFFICE, appeal, bodies, person};
use crate::db::{Row, Val};
use crate::journal::{RATING_BALLOT, RATING_MEETING};
use crate::{Act, Cx, Error, args};

coded! {
    /// Whether a member takes part.
    pub enum BallotState as "ballot_state" {
        /// Takes part.
        Present = "present",
        /// Did not come.
        Absent = "absent",
        /// Must not take part.
        Recused = "recused",
    }
}

coded! {
    /// How a sitting ended.
    pub enum MeetingState as "meeting_state" {
        /// Still sits.
        Open = "open",
        /// Decided.
        Decided = "decided",
        /// Ended without a decision.
        Adjourned = "adjourned",
    }
}

/// Opens a sitting with the roll-call. Members whom a tie keeps away are recused at once, and from a review those
/// who took part in what is reviewed.
#[derive(Clone)]
pub struct CallMeeting {
    /// Over which application.
    pub case: RatingId,
    /// Which body.
    pub body: i64,
    /// Rows of the members who have come.
    pub present: Vec<i64>,
}

impl Act for CallMeeting {
    type Outcome = i64;
    const NAME: &'static str = "rating.call_meeting";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let case = locked(cx, self.case).await?;
        // Who comes or goes does so before the roll is called, or after the sitting (B32).
        cx.tx.lock("rating_body", self.body).await?;
        let body = bodies::one_in(cx, self.body).await?;
        case.stage.expect(match body.kind {
            Body::Committee => &[RatingStage::Assessed],
            Body::ReviewBoard => &[RatingStage::Appealed],
        })?;
        let (today, rules) = (cx.now.date(), case.rules(cx.app));
        check_sitting(today, body.term_from, body.term_until)?;
        let members = bodies::members_in(cx, body.id).await?;
        let decided_before = match body.kind {
            Body::Committee => Vec::new(),
            Body::ReviewBoard => deciders(cx, &case).await?,
        };
        let mut roll = Vec::new();
        for member in &members {
            let ties = ties(cx, member.person_id, case.organisation_id).await?;
            let is_tied =
                recusal::check(&ties, today, rules).is_err() || decided_before.contains(&member.person_id);
            let has_come = self.present.contains(&member.id);
            roll.push((
                member.id,
                match (is_tied, has_come) {
                    (true, _) => BallotState::Recused,
                    (false, true) => BallotState::Present,
                    (false, false) => BallotState::Absent,
                },
            ));
        }
        let taking_part = roll.iter().filter(|(_, state)| *state == BallotState::Present).count();
        check_quorum(taking_part, members.len(), rules)?;
        let attempt = adjourn_others(cx, &case).await? + 1;
        let meeting = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("body_id", body.id.into()),
            ("attempt", attempt.into()),
            ("state", MeetingState::Open.code().into()),
            ("held_on", today.into()),
            ("called_by", person(cx)?.into()),
            ("reason", "".into()),
        ];
        cx.insert(&RATING_MEETING, meeting, &values).await?;
        for (member, state) in roll {
            let id = cx.id();
            let values = [
                ("meeting_id", meeting.into()),
                ("member_id", member.into()),
                ("state", state.code().into()),
                ("reason", "".into()),
            ];
            cx.insert(&RATING_BALLOT, id, &values).await?;
        }
        Ok(meeting)
    }
}

/// Who took part when the committee decided: nobody reviews a decision of their own (B32).
async fn deciders(cx: &mut Cx<'_>, case: &RatingCase) -> Result<Vec<PersonId>, Error> {
    let sql = "SELECT m.person_id FROM rating_ballot b JOIN rating_member m ON m.id = b.member_id
               JOIN rating_meeting g ON g.id = b.meeting_id JOIN rating_body y ON y.id = g.body_id
               WHERE g.case_id = $1 AND g.state = 'decided' AND y.kind = 'committee' AND b.state = 'present'";
    let rows: Vec<(PersonId,)> = cx.tx.all(sql, args![case.id]).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Ends sittings that are still open; gives how many there were before.
pub(super) async fn adjourn_others(cx: &mut Cx<'_>, case: &RatingCase) -> Result<i64, Error> {
    let sql = "SELECT id, version, state FROM rating_meeting WHERE case_id = $1 ORDER BY attempt";
    let rows: Vec<Row> = cx.tx.all(sql, args![case.id]).await?;
    for row in &rows {
        if row.code::<MeetingState>("state")? == MeetingState::Open {
            let values = [("state", MeetingState::Adjourned.code().into()), ("concluded_at", cx.now.into())];
            cx.update(&RATING_MEETING, row.get::<i64>("id")?, row.get("version")?, &values).await?;
        }
    }
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

/// The open sitting over a case, with its row's version.
struct Sitting {
    id: i64,
    version: i64,
    body: i64,
    case: RatingCase,
}

async fn sitting(cx: &mut Cx<'_>, case: RatingId) -> Result<Sitting, Error> {
    let case = locked(cx, case).await?;
    let sql = "SELECT id, version, body_id FROM rating_meeting WHERE case_id = $1 AND state = 'open'";
    let row: Option<Row> = cx.tx.maybe(sql, args![case.id]).await?;
    let row = row.ok_or_else(|| Refusal::new("rating.no-meeting", "B32"))?;
    Ok(Sitting { id: row.get("id")?, version: row.get("version")?, body: row.get("body_id")?, case })
}

/// The acting member's own ballot in a sitting.
async fn own_ballot(cx: &mut Cx<'_>, meeting: i64) -> Result<Row, Error> {
    let sql =
        "SELECT b.id, b.version, b.state FROM rating_ballot b JOIN rating_member m ON m.id = b.member_id
               WHERE b.meeting_id = $1 AND m.person_id = $2";
    Ok(cx.tx.one(sql, args![meeting, person(cx)?]).await?)
}

/// The acting member votes, openly; the vote may be changed until the sitting is concluded.
#[derive(Clone, Copy)]
pub struct CastVote {
    /// Over which application.
    pub case: RatingId,
    /// The grade, or none.
    pub choice: Option<Grade>,
}

impl Act for CastVote {
    type Outcome = ();
    const NAME: &'static str = "rating.cast_vote";
    const WHO: &'static [Role] = &[Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sitting = sitting(cx, self.case).await?;
        let ballot = own_ballot(cx, sitting.id).await?;
        if ballot.code::<BallotState>("state")? != BallotState::Present {
            return Err(Refusal::new("rating.not-present", "B32").into());
        }
        let values = [("choice", choice_code(self.choice).into()), ("cast_at", cx.now.into())];
        cx.update(&RATING_BALLOT, ballot.get::<i64>("id")?, ballot.get("version")?, &values).await
    }
}

/// The acting member steps back from a sitting; a vote already cast is taken back.
#[derive(Clone)]
pub struct RecuseMember {
    /// Over which application.
    pub case: RatingId,
    /// Why.
    pub reason: String,
}

impl Act for RecuseMember {
    type Outcome = ();
    const NAME: &'static str = "rating.recuse_member";
    const WHO: &'static [Role] = &[Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sitting = sitting(cx, self.case).await?;
        let ballot = own_ballot(cx, sitting.id).await?;
        recusal::by_own_word(&self.reason, false)?;
        let values = [
            ("state", BallotState::Recused.code().into()),
            ("choice", Val::Text(None)),
            ("cast_at", Val::Int(None)),
            ("reason", self.reason.trim().into()),
        ];
        cx.update(&RATING_BALLOT, ballot.get::<i64>("id")?, ballot.get("version")?, &values).await
    }
}

/// Concludes the open sitting: whatever at least half of all members voted for is decided.
#[derive(Clone)]
pub struct ConcludeMeeting {
    /// Over which application.
    pub case: RatingId,
    /// Why, when the decision is not what the points say.
    pub reason: String,
}

impl Act for ConcludeMeeting {
    type Outcome = ();
    const NAME: &'static str = "rating.conclude_meeting";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sitting = sitting(cx, self.case).await?;
        let body = bodies::one_in(cx, sitting.body).await?;
        let case = &sitting.case;
        let sql = "SELECT state, choice FROM rating_ballot WHERE meeting_id = $1";
        let rows: Vec<Row> = cx.tx.all(sql, args![sitting.id]).await?;
        let (mut taking_part, mut votes) = (0, Vec::new());
        for row in &rows {
            taking_part += usize::from(row.code::<BallotState>("state")? == BallotState::Present);
            votes.extend(row.get::<Option<String>>("choice")?.map(|code| choice_of(&code)));
        }
        let rules = case.rules(cx.app);
        check_quorum(taking_part, rows.len(), rules)?;
        let decided = committee::decide(&votes, rows.len(), rules)?;
        check_deviation(case.by_points(cx.app)?, decided, &self.reason)?;
        let values = [
            ("state", MeetingState::Decided.code().into()),
            ("outcome", choice_code(decided).into()),
            ("reason", self.reason.trim().into()),
            ("concluded_at", cx.now.into()),
        ];
        cx.update(&RATING_MEETING, sitting.id, sitting.version, &values).await?;
        let values = vec![
            ("grade", decided.map(Coded::code).into()),
            ("decided_at", cx.now.into()),
            ("decision_reason", self.reason.trim().into()),
        ];
        match body.kind {
            Body::Committee => advance(cx, case, RatingStage::Decided, values).await,
            Body::ReviewBoard => {
                advance(cx, case, RatingStage::Reviewed, values).await?;
                appeal::decided(cx, case, decided == case.grade).await
            }
        }
    }
}
