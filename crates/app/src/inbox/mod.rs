//! The inbox: what an official has to do now, computed from the tables at the moment of reading.
//!
//! One file for each source of work. Nothing is stored, so a task is gone the moment it is done, and
//! nothing here depends on whether anyone has bid (C30).

mod awards;
mod contracts;
mod credit;
mod feedback;
mod items;
mod openings;
mod panels;
mod payments;
mod performance;
mod qualification;
mod questions;
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
        /// Say whether a declared tie is an error.
        DecideTieError = "decide_tie_error",
        /// Check a request to be paid.
        CheckPayment = "check_payment",
        /// Hand an approved request to the bank.
        SendPayment = "send_payment",
        /// Give the office's opinion on a milestone.
        GiveAcceptanceOpinion = "give_acceptance_opinion",
        /// Hold the acceptance of a milestone.
        HoldAcceptance = "hold_acceptance",
        /// Publish the result of an acceptance.
        PublishAcceptance = "publish_acceptance",
        /// Decide whether a part may be subcontracted.
        DecideSubcontract = "decide_subcontract",
        /// Sign a supplement.
        SignSupplement = "sign_supplement",
        /// Answer a wish to suspend or end a contract.
        AnswerHalt = "answer_halt",
        /// Take up or answer what a recipient asked.
        AnswerFeedback = "answer_feedback",
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

const SOURCES: &[&Source] = &[
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
    &registration::TAKE_IN,
    &registration::REVIEW,
    &registration::DECIDE,
    &registration::CERTIFY,
    &registration::ANNOUNCE,
    &ties::DECIDE,
    &payments::CHECK,
    &payments::PAY,
    &performance::OPINION,
    &performance::HOLD,
    &performance::PUBLISH,
    &performance::SUBCONTRACT,
    &performance::SUPPLEMENT,
    &performance::HALT,
    &feedback::ANSWER,
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
        let is_own = source.doers.contains(&role);
        // The approval office's work is nobody else's, but discipline reads everything (S10, S12).
        let is_watched = match source.kind.is_of_window() {
            true => role == Role::Supervisor || source.doers.iter().any(|doer| window(*doer) && window(role)),
            false => OVERSEERS.contains(&role) || (office.is_some() && !window(role)),
        };
        if !is_own && !is_watched {
            continue;
        }
        // The approval office's own matters: only discipline looks on (S10, S12).
        if !is_own && source.kind.is_of_credit() && role != Role::Supervisor {
            continue;
        }
        for row in app.db.all::<Found>(source.sql, args![office, now]).await? {
            found.push(task(app, source, row, is_own, now.date()));
        }
    }
    if credit::CLOCK_DOERS.contains(&role) || role == Role::Supervisor {
        let is_own = credit::CLOCK_DOERS.contains(&role);
        let brought = credit::of_the_clock(app).await?;
        found.extend(brought.into_iter().map(|(source, row)| task(app, &source, row, is_own, now.date())));
    }
    found.sort_by_key(|task| (task.days_left.is_none(), task.days_left, task.subject.clone()));
    Ok(found)
}

/// Whether a role belongs to the approval office.
fn window(role: Role) -> bool {
    matches!(role, Role::ApprovalOfficer | Role::ApprovalDirector)
}

fn task(app: &App, source: &Source, row: Found, is_own: bool, today: Date) -> Task {
    let due = match source.due {
        Due::Never => None,
        Due::OnTheDay => row.at.map(Moment::date),
        Due::Stated => row.due_on,
        Due::After(key) => row.at.and_then(|at| {
            let rules = app.book.on(row.rules_on.unwrap_or(today));
            rules.deadline(&app.calendar, key, at.date()).ok().map(|deadline| deadline.due)
        }),
    };
    let days_left = due.and_then(|due| deadlines::days_left(app, today, due));
    Task {
        kind: source.kind,
        subject: row.subject,
        title: row.title,
        office: row.office,
        due,
        days_left,
        is_own,
    }
}

impl TaskKind {
    /// Whether its page is found under a tender's number.
    pub fn is_of_tender(self) -> bool {
        let is_elsewhere = matches!(
            self,
            Self::ReviewItem
                | Self::OfferContract
                | Self::SignContract
                | Self::DecideTieError
                | Self::AnswerFeedback
        );
        !is_elsewhere && !self.is_of_credit() && !self.is_of_window() && !self.is_of_delivery()
    }

    /// Whether it is done on the delivery page of a contract, or at the acceptance desk.
    pub fn is_of_delivery(self) -> bool {
        matches!(
            self,
            Self::GiveAcceptanceOpinion
                | Self::HoldAcceptance
                | Self::PublishAcceptance
                | Self::DecideSubcontract
                | Self::SignSupplement
                | Self::AnswerHalt
        )
    }

    /// Whether it is done at the approval office's credit desk.
    pub fn is_of_credit(self) -> bool {
        matches!(
            self,
            Self::ProposeListing
                | Self::EndListing
                | Self::EndSuspension
                | Self::ConfirmPenalty
                | Self::SendListingNotice
                | Self::HoldHearing
                | Self::DecideListing
                | Self::VerifyRemoval
                | Self::DecideRemoval
        )
    }

    /// Whether it is done at the one window, on a case's page.
    pub fn is_of_window(self) -> bool {
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
