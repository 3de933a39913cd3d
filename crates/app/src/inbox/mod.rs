//! The inbox: what an official has to do now, computed from the tables at the moment of reading.
//!
//! One file for each source of work. Nothing is stored, so a task is gone the moment it is done, and
//! nothing here depends on whether anyone has bid (C30).

mod awards;
mod contracts;
mod credit;
mod endings;
mod filing;
mod inspection;
mod items;
pub mod member;
mod openings;
mod panels;
mod qualification;
mod questions;
mod rating;
mod registration;
mod requirements;
mod sessions;
mod ties;

use domain::coded;
use domain::kernel::{Actor, Date, Moment, Role, RuleKey};

use crate::{App, Error, args, deadlines, row};

coded! {
    /// What has to be done.
    pub enum TaskKind as "task" {
        /// Review a proposed catalogue item.
        ReviewItem = "review_item",
        /// Write a requirement, or mend one that came back.
        WriteRequirement = "write_requirement",
        /// Check a requirement.
        CheckRequirement = "check_requirement",
        /// Publish a notice.
        PublishNotice = "publish_notice",
        /// Answer a question.
        AnswerQuestion = "answer_question",
        /// Hold an opening.
        HoldOpening = "hold_opening",
        /// Check the bidders' qualification.
        CheckQualification = "check_qualification",
        /// Have the committee drawn and seated.
        SeatPanel = "seat_panel",
        /// Hold a live session.
        HoldSession = "hold_session",
        /// Decide the award.
        DecideAward = "decide_award",
        /// Send the award notice.
        NotifyAward = "notify_award",
        /// Draft the contract.
        DraftContract = "draft_contract",
        /// Complete the contract and offer it.
        OfferContract = "offer_contract",
        /// Sign the contract.
        SignContract = "sign_contract",
        /// Propose what the clock or a penalty brought.
        ProposeListing = "propose_listing",
        /// End a place on a list that has lasted its months.
        EndListing = "end_listing",
        /// Show an organisation as active again after a suspension.
        EndSuspension = "end_suspension",
        /// Confirm a penalty.
        ConfirmPenalty = "confirm_penalty",
        /// Tell an organisation before it is listed.
        SendListingNotice = "send_listing_notice",
        /// Hold a hearing.
        HoldHearing = "hold_hearing",
        /// Decide a listing.
        DecideListing = "decide_listing",
        /// Verify what an organisation did to leave a list.
        VerifyRemoval = "verify_removal",
        /// Decide a removal.
        DecideRemoval = "decide_removal",
        /// Accept a registration, or tell what it lacks.
        TakeInCase = "take_in_case",
        /// Give an opinion on a registration.
        ReviewCase = "review_case",
        /// Decide a registration.
        DecideCase = "decide_case",
        /// Issue a certificate.
        IssueCertificate = "issue_certificate",
        /// Announce an establishment.
        AnnounceCase = "announce_case",
        /// Review a yearly report.
        ReviewReport = "review_report",
        /// Decide on a reviewed report.
        DecideReport = "decide_report",
        /// Verify what an organisation mended.
        VerifyRectification = "verify_rectification",
        /// Call in a rectification that is late.
        CallInRectification = "call_in_rectification",
        /// Record who stayed silent after the last day.
        RecordAbsences = "record_absences",
        /// Decide whether an organisation is eligible for a rating.
        CheckRating = "check_rating",
        /// Appoint the experts of a visit.
        ArrangeVisit = "arrange_visit",
        /// Call the committee or the review board.
        CallRatingBody = "call_rating_body",
        /// Make a rating public.
        PubliciseRating = "publicise_rating",
        /// Serve the decision on an appeal.
        ServeRatingReview = "serve_rating_review",
        /// Report a high grade upward.
        ReportRating = "report_rating",
        /// Confirm a grade.
        ConfirmRating = "confirm_rating",
        /// Take a plaque back.
        TakeBackPlaque = "take_back_plaque",
        /// Give an opinion on a change.
        ReviewChange = "review_change",
        /// Decide a change.
        DecideChange = "decide_change",
        /// Give an opinion on a cancellation.
        ReviewCancellation = "review_cancellation",
        /// Tell an organisation that revocation is intended.
        SendRevocationNotice = "send_revocation_notice",
        /// Hold the hearing on a revocation.
        HearRevocation = "hear_revocation",
        /// Decide the end of an organisation.
        DecideEnding = "decide_ending",
        /// Record the year of a filed organisation.
        RecordFiledYear = "record_filed_year",
        /// Say whether a declared tie is an error.
        DecideTieError = "decide_tie_error",
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// About what: the public number or code that opens its page.
    pub subject: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub office: String,
    /// The last day; none when no rule sets one.
    pub due: Option<Date>,
    /// Working days from today to the last day, negative once it has passed.
    pub days_left: Option<i64>,
    /// Whether the reader does it; otherwise somebody else of the reader's scope.
    pub is_own: bool,
}

row! {
    /// What a source finds.
    pub struct Found {
        /// Public number or code.
        subject: String,
        /// Title.
        title: String,
        /// The office's name.
        office: String,
        /// When it came up, or when it takes place.
        at: Option<Moment>,
        /// The last day, when a row holds it.
        due_on: Option<Date>,
        /// The day whose rules judge it, when it is a tender.
        rules_on: Option<Date>,
    }
}

/// How the last day follows from what was found.
#[derive(Clone, Copy)]
enum Due {
    /// No rule sets one.
    Never,
    /// The day on which it takes place.
    OnTheDay,
    /// The day that the row holds.
    Stated,
    /// The day that the row holds; before it is over there is nothing to do.
    Missed,
    /// No rule sets one, and before the day that the row holds is over there is nothing to do.
    OnceOver,
    /// So many days after it came up.
    After(RuleKey),
}

/// Where one sort of work comes from.
struct Source {
    kind: TaskKind,
    /// Who does it.
    doers: &'static [Role],
    /// Gives `Found` rows; `$1` is the reader's office or null, `$2` the present moment.
    sql: &'static str,
    due: Due,
}

const SOURCES: [&Source; 39] = [
    &items::REVIEW,
    &requirements::WRITE,
    &requirements::CHECK,
    &requirements::PUBLISH,
    &questions::ANSWER,
    &openings::HOLD,
    &qualification::CHECK,
    &panels::SEAT,
    &sessions::HOLD,
    &awards::DECIDE,
    &awards::NOTIFY,
    &contracts::DRAFT,
    &contracts::OFFER,
    &contracts::SIGN,
    &credit::CONFIRM_PENALTY,
    &credit::NOTICE,
    &credit::HEAR,
    &credit::DECIDE,
    &credit::VERIFY,
    &credit::REMOVE,
    &inspection::REVIEW,
    &inspection::DECIDE,
    &inspection::VERIFY,
    &inspection::CALL_IN,
    &inspection::ABSENT,
    &rating::CHECK,
    &rating::VISIT,
    &rating::MEET,
    &rating::PUBLICISE,
    &rating::SERVE,
    &rating::PLAQUE,
    &endings::REVIEW_CHANGE,
    &endings::DECIDE_CHANGE,
    &endings::REVIEW_CANCELLATION,
    &endings::NOTICE,
    &endings::HEAR,
    &endings::DECIDE,
    &endings::UNANSWERED,
    &ties::DECIDE,
];

/// Roles that see all work of the bureau, not only what they do themselves.
const OVERSEERS: &[Role] = &[Role::PurchaseLead, Role::Supervisor, Role::Finance];

/// Everything within the reader's scope, what is due first at the top and what has no last day at the end.
///
/// # Errors
/// The database could not be read.
pub async fn tasks(app: &App, actor: &Actor) -> Result<Vec<Task>, Error> {
    let (office, now) = (actor.office(), app.clock.now());
    let role = actor.post.role;
    let mut found = Vec::new();
    for source in SOURCES {
        if !sees(actor, source.kind, source.doers) {
            continue;
        }
        let is_own = source.doers.contains(&role);
        for row in app.db.all::<Found>(source.sql, args![office, now]).await? {
            found.extend(task(app, source, row, is_own));
        }
    }
    found.extend(computed(app, actor).await?);
    found.sort_by_key(|task| (task.days_left.is_none(), task.days_left, task.subject.clone()));
    Ok(found)
}

/// What no statement alone finds, because it follows from the rule book and the clock.
async fn computed(app: &App, actor: &Actor) -> Result<Vec<Task>, Error> {
    let mut rows = Vec::new();
    if sees(actor, TaskKind::ProposeListing, credit::CLOCK_DOERS) {
        rows.extend(credit::of_the_clock(app).await?);
    }
    if sees(actor, TaskKind::ConfirmRating, rating::SETTLED_DOERS) {
        rows.extend(rating::settled(app).await?);
    }
    if sees(actor, TaskKind::RecordFiledYear, filing::DOERS) {
        rows.extend(filing::years_missing(app, actor).await?);
    }
    let is_own = |source: &Source| source.doers.contains(&actor.post.role);
    let mut found: Vec<Task> =
        rows.into_iter().filter_map(|(source, row)| task(app, &source, row, is_own(&source))).collect();
    if sees(actor, TaskKind::TakeInCase, registration::DOERS) {
        let cases = registration::of_the_window(app, actor).await?;
        found.extend(cases.into_iter().filter_map(|(source, row, is_own)| task(app, &source, row, is_own)));
    }
    Ok(found)
}

/// Whether a reader sees work of a kind: whoever does it, and whoever watches over it.
fn sees(actor: &Actor, kind: TaskKind, doers: &[Role]) -> bool {
    let role = actor.post.role;
    let is_watched = match kind.desk() {
        // The approval office's own matters: only discipline looks on (S10, S12).
        Desk::Credit => role == Role::Supervisor,
        Desk::Window => role == Role::Supervisor || window(role),
        Desk::Street => role == Role::Supervisor,
        Desk::Purchase => OVERSEERS.contains(&role) || (actor.office().is_some() && !window(role)),
    };
    doers.contains(&role) || is_watched
}

/// Whether a role belongs to the approval office.
fn window(role: Role) -> bool {
    matches!(role, Role::ApprovalOfficer | Role::ApprovalDirector)
}

/// A row as a task; none while its time has not come.
fn task(app: &App, source: &Source, row: Found, is_own: bool) -> Option<Task> {
    let today = app.clock.now().date();
    let due = match source.due {
        Due::Never => None,
        Due::OnTheDay => row.at.map(Moment::date),
        Due::Stated => row.due_on,
        Due::Missed if row.due_on? < today => row.due_on,
        Due::OnceOver if row.due_on? < today => None,
        Due::Missed | Due::OnceOver => return None,
        Due::After(key) => row.at.and_then(|at| {
            let rules = app.book.on(row.rules_on.unwrap_or(today));
            rules.deadline(&app.calendar, key, at.date()).ok().map(|deadline| deadline.due)
        }),
    };
    let days_left = due.and_then(|due| deadlines::days_left(app, today, due));
    Some(Task {
        kind: source.kind,
        subject: row.subject,
        title: row.title,
        office: row.office,
        due,
        days_left,
        is_own,
    })
}

/// Whose work something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// Purchase, by an office and the purchase lead.
    Purchase,
    /// The approval office's credit desk.
    Credit,
    /// The approval office's window: cases, inspections, ratings, changes and endings.
    Window,
    /// A street's ledger of filings.
    Street,
}

impl TaskKind {
    /// Whose work it is.
    pub fn desk(self) -> Desk {
        match self {
            Self::ProposeListing
            | Self::EndListing
            | Self::EndSuspension
            | Self::ConfirmPenalty
            | Self::SendListingNotice
            | Self::HoldHearing
            | Self::DecideListing
            | Self::VerifyRemoval
            | Self::DecideRemoval => Desk::Credit,
            Self::RecordFiledYear => Desk::Street,
            _ if self.is_of_window() => Desk::Window,
            _ => Desk::Purchase,
        }
    }

    /// Whether it is done at the one window.
    fn is_of_window(self) -> bool {
        self.is_of_case()
            || matches!(
                self,
                Self::ReviewReport
                    | Self::DecideReport
                    | Self::VerifyRectification
                    | Self::CallInRectification
                    | Self::RecordAbsences
                    | Self::CheckRating
                    | Self::ArrangeVisit
                    | Self::CallRatingBody
                    | Self::PubliciseRating
                    | Self::ServeRatingReview
                    | Self::ReportRating
                    | Self::ConfirmRating
                    | Self::TakeBackPlaque
                    | Self::ReviewChange
                    | Self::DecideChange
                    | Self::ReviewCancellation
                    | Self::SendRevocationNotice
                    | Self::HearRevocation
                    | Self::DecideEnding
            )
    }

    /// Whether it is a step of a registration, on a case's page.
    pub fn is_of_case(self) -> bool {
        matches!(
            self,
            Self::TakeInCase
                | Self::ReviewCase
                | Self::DecideCase
                | Self::IssueCertificate
                | Self::AnnounceCase
        )
    }
}
