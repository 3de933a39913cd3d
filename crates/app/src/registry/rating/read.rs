//! What the approval office, the organisation, the experts and the members see of a rating.

use domain::kernel::{Actor, Date, ExpertId, Moment, PaperId, RatingId, Role};
use domain::registry::rating::{Body, Grade, Head, LoweringGround, RatingStage};

use super::case::{COLUMNS, RatingCase};
use super::meeting::{BallotState, MeetingState};
use super::scheme;
use super::visit::VisitorState;
use crate::papers::{self, Paper};
use crate::{App, Error, args, row};

row! {
    /// A line of a list of ratings.
    pub struct CaseLine {
        /// Its id.
        id: RatingId,
        /// Its number.
        number: String,
        /// Who is rated.
        organisation: String,
        /// Its credit code.
        uscc: String,
        /// How far it has come.
        @code stage: RatingStage,
        /// When it was applied for.
        applied_at: Moment,
        /// Last day of publicity.
        public_until: Option<Date>,
        /// What was decided.
        @code_option grade: Option<Grade>,
    }
}

pub(super) const LINE: &str = "SELECT c.id, c.number, o.name AS organisation, o.uscc, c.stage, c.applied_at,
       c.public_until, c.grade FROM rating_case c JOIN organisation o ON o.id = c.organisation_id";

/// Lines of a list at most.
const LINES: i64 = 200;

/// The desk's list: what is under way first, then what is over, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn desk_list(app: &App) -> Result<Vec<CaseLine>, Error> {
    let sql = format!(
        "{LINE} ORDER BY CASE WHEN c.stage IN ('ineligible', 'confirmed') THEN 1 ELSE 0 END, c.id DESC LIMIT $1"
    );
    Ok(app.db.all(&sql, args![LINES]).await?)
}

/// The ratings that are in publicity or were reviewed on appeal, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn in_publicity(app: &App) -> Result<Vec<RatingCase>, Error> {
    let sql = format!("{COLUMNS} WHERE c.stage IN ('publicised', 'reviewed') ORDER BY c.id LIMIT $1");
    Ok(app.db.all(&sql, args![LINES]).await?)
}

/// The ratings of the acting organisation, newest first.
///
/// # Errors
/// `NotFound` for those who act for none.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<CaseLine>, Error> {
    let organisation = actor.organisation().ok_or(Error::NotFound)?;
    let sql = format!("{LINE} WHERE c.organisation_id = $1 ORDER BY c.id DESC LIMIT $2");
    Ok(app.db.all(&sql, args![organisation, LINES]).await?)
}

/// One rating, for the approval office, the supervisor and the organisation itself.
///
/// # Errors
/// `NotFound` for strangers.
pub async fn by_number(app: &App, actor: &Actor, number: &str) -> Result<RatingCase, Error> {
    let case = any_by_number(app, number).await?;
    let may = match actor.post.role {
        Role::ApprovalOfficer | Role::ApprovalDirector | Role::Supervisor => true,
        Role::OrganisationUser => actor.organisation() == Some(case.organisation_id),
        _ => false,
    };
    if may { Ok(case) } else { Err(Error::NotFound) }
}

/// One rating, whoever asks; the caller decides what of it is shown.
pub(super) async fn any_by_number(app: &App, number: &str) -> Result<RatingCase, Error> {
    Ok(app.db.one(&format!("{COLUMNS} WHERE c.number = $1"), args![number]).await?)
}

row! {
    /// An expert of a visit.
    pub struct ListedVisitor {
        /// The expert.
        expert_id: ExpertId,
        /// The name.
        name: String,
        /// The professional title.
        title: String,
        /// On the visit or off it.
        @code state: VisitorState,
        /// Why off it.
        reason: String,
        /// The locked sheet's points, in hundredths.
        total: Option<i64>,
        /// When it was locked.
        locked_at: Option<Moment>,
    }
}

/// The experts of a visit, in the order in which they were appointed.
///
/// # Errors
/// The database could not be read.
pub async fn visitors(app: &App, case: RatingId) -> Result<Vec<ListedVisitor>, Error> {
    let sql = "SELECT v.expert_id, p.name, e.title, v.state, v.reason, v.total, v.locked_at
               FROM rating_visitor v JOIN expert e ON e.id = v.expert_id JOIN person p ON p.id = v.person_id
               WHERE v.case_id = $1 ORDER BY v.appointed_at, v.id";
    Ok(app.db.all(sql, args![case]).await?)
}

row! {
    /// An expert who may be appointed.
    pub struct PoolExpert {
        /// The expert.
        id: ExpertId,
        /// The name.
        name: String,
        /// The professional title.
        title: String,
    }
}

/// Active experts who were never on this visit, by name.
///
/// # Errors
/// The database could not be read.
pub async fn pool(app: &App, case: RatingId) -> Result<Vec<PoolExpert>, Error> {
    let sql = "SELECT e.id, p.name, e.title FROM expert e JOIN person p ON p.id = e.person_id
               WHERE e.status = 'active'
                 AND NOT EXISTS (SELECT 1 FROM rating_visitor v WHERE v.case_id = $1 AND v.expert_id = e.id)
               ORDER BY p.name, e.id LIMIT 500";
    Ok(app.db.all(sql, args![case]).await?)
}

row! {
    /// A sitting.
    pub struct Meeting {
        /// Its row.
        id: i64,
        /// Which body sat.
        @code kind: Body,
        /// The body's name.
        body: String,
        /// Its place among the sittings over the case.
        attempt: i64,
        /// How it stands.
        @code state: MeetingState,
        /// The day.
        held_on: Date,
        /// What was decided, as a code; `none` for no grade.
        outcome: Option<String>,
        /// Why it was decided off the points.
        reason: String,
    }
}

/// The sittings over a case, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn meetings(app: &App, case: RatingId) -> Result<Vec<Meeting>, Error> {
    let sql = "SELECT m.id, b.kind, b.name AS body, m.attempt, m.state, m.held_on, m.outcome, m.reason
               FROM rating_meeting m JOIN rating_body b ON b.id = m.body_id
               WHERE m.case_id = $1 ORDER BY m.attempt";
    Ok(app.db.all(sql, args![case]).await?)
}

row! {
    /// A member at a sitting.
    pub struct BallotLine {
        /// The member's name.
        name: String,
        /// Takes part or not.
        @code state: BallotState,
        /// The vote, as a code; `none` for no grade.
        choice: Option<String>,
    }
}

/// Every member of the body at a sitting, with the vote: the ballot is open and has names (B32).
///
/// # Errors
/// The database could not be read.
pub async fn ballots(app: &App, meeting: i64) -> Result<Vec<BallotLine>, Error> {
    let sql =
        "SELECT p.name, b.state, b.choice FROM rating_ballot b JOIN rating_member m ON m.id = b.member_id
               JOIN person p ON p.id = m.person_id WHERE b.meeting_id = $1 ORDER BY m.position, m.id";
    Ok(app.db.all(sql, args![meeting]).await?)
}

row! {
    /// An appeal.
    pub struct Appeal {
        /// Its grounds.
        text: String,
        /// When it was filed.
        filed_at: Moment,
        /// Whether the decision stood; none before the review.
        is_upheld: Option<bool>,
        /// Day of the review decision.
        decided_on: Option<Date>,
        /// When it was served.
        served_at: Option<Moment>,
    }
}

/// The appeal in a case, if there is one.
///
/// # Errors
/// The database could not be read.
pub async fn appeal(app: &App, case: RatingId) -> Result<Option<Appeal>, Error> {
    let sql = "SELECT text, filed_at, is_upheld, decided_on, served_at FROM rating_appeal WHERE case_id = $1";
    Ok(app.db.maybe(sql, args![case]).await?)
}

row! {
    /// A grade that ended before its time.
    pub struct Lowering {
        /// The ground.
        @code ground: LoweringGround,
        /// The facts.
        reason: String,
        /// When it was decided.
        decided_at: Moment,
        /// The grade before.
        @code grade: Grade,
        /// The grade after; none when it was cancelled.
        @code_option to_grade: Option<Grade>,
    }
}

/// The lowerings of a case, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn lowerings(app: &App, case: RatingId) -> Result<Vec<Lowering>, Error> {
    let sql = "SELECT l.ground, l.reason, l.decided_at, g.grade, t.grade AS to_grade
               FROM rating_lowering l JOIN rating_grade g ON g.id = l.grade_id
               LEFT JOIN rating_grade t ON t.id = l.to_grade_id WHERE l.case_id = $1 ORDER BY l.decided_at, l.id";
    Ok(app.db.all(sql, args![case]).await?)
}

row! {
    /// A plaque on its way back.
    pub struct PlaqueBack {
        /// Its last day.
        due_back_on: Date,
        /// When it came back.
        returned_on: Option<Date>,
    }
}

/// The plaque that goes back, if one does.
///
/// # Errors
/// The database could not be read.
pub async fn plaque_back(app: &App, case: RatingId) -> Result<Option<PlaqueBack>, Error> {
    let sql = "SELECT due_back_on, returned_on FROM rating_plaque
               WHERE case_id = $1 AND due_back_on IS NOT NULL ORDER BY id DESC";
    Ok(app.db.maybe(sql, args![case]).await?)
}

/// What a head got, and the most it could get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadPoints {
    /// The head.
    pub head: Head,
    /// The mean of the locked sheets in hundredths, rounded down.
    pub hundredths: i64,
    /// Its most points, whole.
    pub most: i64,
}

/// The mean of each head, once the opinion is given.
///
/// # Errors
/// The database could not be read, or the sheet's file not.
pub async fn heads(app: &App, case: &RatingCase) -> Result<Vec<HeadPoints>, Error> {
    let Some(count) = case.points_count else { return Ok(Vec::new()) };
    let sql = "SELECT m.item, SUM(m.points) AS points FROM rating_mark m JOIN rating_visitor v ON v.id = m.visitor_id
               WHERE v.case_id = $1 AND v.state = 'sits' GROUP BY m.item";
    let sums: Vec<crate::db::Row> = app.db.all(sql, args![case.id]).await?;
    let items = scheme::items(case.scheme(), case.rules(app))?;
    let mut found = Vec::new();
    for head in case.scheme().heads() {
        let (mut sum, mut most) = (0_i64, 0_i64);
        for item in items.iter().filter(|item| item.head == head) {
            most += item.most;
            for row in &sums {
                if row.get::<String>("item")? == item.code {
                    sum += row.get::<Option<i64>>("points")?.unwrap_or(0);
                }
            }
        }
        found.push(HeadPoints { head, hundredths: sum.checked_div_euclid(count).unwrap_or(0), most });
    }
    Ok(found)
}

/// The papers of a rating; the caller has checked that the reader may see it.
///
/// # Errors
/// The database could not be read.
pub async fn papers_of(app: &App, case: &RatingCase) -> Result<Vec<Paper>, Error> {
    papers::of(app, case.subject()).await
}

/// A paper of a rating with its bytes, for an expert of the visit or a member at a sitting.
///
/// # Errors
/// `NotFound` for everyone else.
pub async fn paper(app: &App, actor: &Actor, number: &str, id: PaperId) -> Result<(Paper, Vec<u8>), Error> {
    let case = any_by_number(app, number).await?;
    let sql = "SELECT (SELECT count(*) FROM rating_visitor v
                        WHERE v.case_id = $1 AND v.person_id = $2 AND v.state = 'sits')
                    + (SELECT count(*) FROM rating_ballot b JOIN rating_member m ON m.id = b.member_id
                        JOIN rating_meeting t ON t.id = b.meeting_id
                        WHERE t.case_id = $1 AND m.person_id = $2 AND b.state <> 'recused')";
    if actor.person.is_none() || app.db.number(sql, args![case.id, actor.person]).await? == 0 {
        return Err(Error::NotFound);
    }
    let all = papers_of(app, &case).await?;
    let paper = all.into_iter().find(|paper| paper.id == id).ok_or(Error::NotFound)?;
    let bytes = app.blobs.get(&paper.digest)?;
    Ok((paper, bytes))
}
