//! What an expert has to do: visits with an own sheet, sittings with an own ballot.

use domain::kernel::{Actor, ExpertId, Moment, PersonId, RatingId};
use domain::registry::rating::{Item, RatingStage};

use super::case::{RatingCase, choice_of};
use super::meeting::{BallotState, MeetingState};
use super::read::any_by_number;
use super::scheme;
use crate::{App, Error, args, row};

row! {
    /// A visit or a sitting of the acting person.
    pub struct OwnTask {
        /// The rating's number.
        number: String,
        /// Who is rated.
        organisation: String,
        /// How far it has come.
        @code stage: RatingStage,
        /// When the own sheet was locked or the own vote cast.
        done_at: Option<Moment>,
    }
}

fn person(actor: &Actor) -> Result<PersonId, Error> {
    actor.person.ok_or(Error::NotFound)
}

/// The visits on which the acting person sits, newest first.
///
/// # Errors
/// `NotFound` for visitors.
pub async fn visits(app: &App, actor: &Actor) -> Result<Vec<OwnTask>, Error> {
    let sql = "SELECT c.number, o.name AS organisation, c.stage, v.locked_at AS done_at
               FROM rating_visitor v JOIN rating_case c ON c.id = v.case_id
               JOIN organisation o ON o.id = c.organisation_id
               WHERE v.person_id = $1 AND v.state = 'sits' ORDER BY v.id DESC LIMIT 100";
    Ok(app.db.all(sql, args![person(actor)?]).await?)
}

/// The sittings at which the acting person is a member, newest first.
///
/// # Errors
/// `NotFound` for visitors.
pub async fn sittings(app: &App, actor: &Actor) -> Result<Vec<OwnTask>, Error> {
    let sql = "SELECT c.number, o.name AS organisation, c.stage, b.cast_at AS done_at
               FROM rating_ballot b JOIN rating_member m ON m.id = b.member_id
               JOIN rating_meeting t ON t.id = b.meeting_id JOIN rating_case c ON c.id = t.case_id
               JOIN organisation o ON o.id = c.organisation_id
               WHERE m.person_id = $1 AND t.state = 'open' ORDER BY t.id DESC LIMIT 100";
    Ok(app.db.all(sql, args![person(actor)?]).await?)
}

row! {
    /// What was filled in for an item.
    pub struct Mark {
        /// The item's code.
        item: String,
        /// Hundredths of a point.
        points: Option<i64>,
        /// What the expert saw.
        remark: String,
        /// When it was saved.
        saved_at: Moment,
    }
}

/// The acting expert's own sheet.
#[derive(Clone, Debug)]
pub struct OwnSheet {
    /// The rating.
    pub case: RatingCase,
    /// The expert, as the pool knows him.
    pub expert: ExpertId,
    /// The items of the sheet.
    pub items: Vec<Item>,
    /// What is filled in.
    pub marks: Vec<Mark>,
    /// When it was locked.
    pub locked_at: Option<Moment>,
    /// How many sheets of the visit are still open.
    pub open: i64,
    /// How many experts are on the visit.
    pub experts: i64,
}

impl OwnSheet {
    /// What is filled in so far, in hundredths.
    pub fn total(&self) -> i64 {
        self.marks.iter().filter_map(|mark| mark.points).sum()
    }

    /// When something was saved last.
    pub fn saved_at(&self) -> Option<Moment> {
        self.marks.iter().map(|mark| mark.saved_at).max()
    }
}

/// The acting expert's sheet; nobody reads another's.
///
/// # Errors
/// `NotFound` for those who are not on the visit.
pub async fn sheet(app: &App, actor: &Actor, number: &str) -> Result<OwnSheet, Error> {
    let case = any_by_number(app, number).await?;
    let sql = "SELECT id, expert_id, locked_at FROM rating_visitor
               WHERE case_id = $1 AND person_id = $2 AND state = 'sits'";
    let row: crate::db::Row = app.db.one(sql, args![case.id, person(actor)?]).await?;
    let visitor: i64 = row.get("id")?;
    let sql = "SELECT item, points, remark, saved_at FROM rating_mark WHERE visitor_id = $1 ORDER BY id";
    let marks = app.db.all(sql, args![visitor]).await?;
    let items = scheme::items(case.scheme(), case.rules(app))?;
    let sql = "SELECT count(*) FROM rating_visitor WHERE case_id = $1 AND state = 'sits'";
    let experts = app.db.number(sql, args![case.id]).await?;
    let open = app.db.number(&format!("{sql} AND locked_at IS NULL"), args![case.id]).await?;
    let (expert, locked_at) = (row.get("expert_id")?, row.get("locked_at")?);
    Ok(OwnSheet { case, expert, items, marks, locked_at, open, experts })
}

/// The acting member's own ballot at the open sitting.
#[derive(Clone, Debug)]
pub struct OwnBallot {
    /// The rating.
    pub case: RatingCase,
    /// The sitting.
    pub meeting: i64,
    /// Whether the member takes part.
    pub state: BallotState,
    /// The vote: nothing yet, no grade, or a grade.
    pub choice: Option<Option<domain::registry::rating::Grade>>,
}

/// The acting member's ballot.
///
/// # Errors
/// `NotFound` for those who are no members of the body, or when no sitting is open.
pub async fn ballot(app: &App, actor: &Actor, number: &str) -> Result<OwnBallot, Error> {
    let case = any_by_number(app, number).await?;
    let sql = "SELECT t.id AS meeting, t.state AS meeting_state, b.state, b.choice
               FROM rating_ballot b JOIN rating_member m ON m.id = b.member_id
               JOIN rating_meeting t ON t.id = b.meeting_id
               WHERE t.case_id = $1 AND m.person_id = $2 ORDER BY t.attempt DESC";
    let row: crate::db::Row = app.db.one(sql, args![case.id, person(actor)?]).await?;
    if row.code::<MeetingState>("meeting_state")? != MeetingState::Open {
        return Err(Error::NotFound);
    }
    let choice: Option<String> = row.get("choice")?;
    let choice = choice.map(|code| choice_of(&code));
    Ok(OwnBallot { case, meeting: row.get("meeting")?, state: row.code("state")?, choice })
}

/// The id of a rating by its number, for the acts of experts, who see no more of it than their own part.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn id_of(app: &App, number: &str) -> Result<RatingId, Error> {
    Ok(any_by_number(app, number).await?.id)
}
