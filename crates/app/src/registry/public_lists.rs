//! The ten public lists of an organisation (W2): what anyone may know of its life, each with its rows.
//!
//! Read from the tables of every capability; a list of which nothing is on file is empty and says so.
//! Drafts, prior notices and what waits for a second person are not public and never here.

use domain::coded;
use domain::kernel::{Date, Fen, Moment, OrganisationId};
use domain::registry::credit::{CreditList, ListingGround, PenaltyKind};
use domain::registry::standing_history::RatingEnd;
use domain::registry::{DocumentKind, InspectionResult, Offence, OrganisationStatus};

use super::area;
use super::fundraising::read::{Certificate, certificate_of};
use super::profile::{self, Profile};
use super::standing::ground_of;
use crate::{App, Error, args, row};

coded! {
    /// The ten lists, in the order in which a profile shows them.
    pub enum PublicList as "public_list" {
        /// Registration and status.
        Registration = "registration",
        /// Changes of what is registered.
        Change = "change",
        /// Annual inspections.
        Inspection = "inspection",
        /// Ratings.
        Rating = "rating",
        /// Government purchases won.
        Purchase = "purchase",
        /// Penalties.
        Penalty = "penalty",
        /// Credit lists.
        Credit = "credit",
        /// Announcements.
        Announcement = "announcement",
        /// Public documents.
        Document = "document",
        /// Filings, and being a charity.
        Filing = "filing",
    }
}

row! {
    /// A status from a day on.
    pub struct StatusLine {
        /// Which.
        @code status: OrganisationStatus,
        /// Since when.
        from_on: Date,
        /// On what ground.
        ground: String,
    }
}

row! {
    /// One year's inspection.
    pub struct InspectionLine {
        /// The year.
        year: i64,
        /// The outcome; none for an absence.
        @code_option outcome: Option<InspectionResult>,
        /// When it was decided.
        decided_on: Option<Date>,
        /// When the absence was found.
        absent_on: Option<Date>,
    }
}

row! {
    /// A grade.
    pub struct RatingLine {
        /// Its code, such as `3a`.
        grade: String,
        /// When it was confirmed.
        confirmed_on: Date,
        /// Its last day.
        valid_until: Date,
        /// When it ended before.
        ended_on: Option<Date>,
        /// How.
        @code_option ended_by: Option<RatingEnd>,
    }
}

row! {
    /// A penalty that was confirmed.
    pub struct PenaltyLine {
        /// What was imposed.
        @code kind: PenaltyKind,
        /// The fine.
        amount_fen: Fen,
        /// What was confiscated.
        confiscated_fen: Fen,
        /// The offence, where it was said.
        @code_option offence: Option<Offence>,
        /// The number of the decision.
        document_number: String,
        /// Who imposed it.
        authority: String,
        /// For what.
        reason: String,
        /// The day of the decision.
        imposed_on: Date,
        /// Last day of a suspension.
        until_on: Option<Date>,
    }
}

row! {
    /// A place on a list, past or present.
    pub struct CreditLine {
        /// Which list.
        @code list: CreditList,
        /// Why, as stored; see `ground`.
        ground: String,
        /// Since when.
        listed_on: Date,
        /// Until when.
        removed_on: Option<Date>,
    }
}

impl CreditLine {
    /// Why.
    pub fn ground(&self) -> ListingGround {
        ground_of(&self.ground)
    }
}

row! {
    /// A public document.
    pub struct DocumentLine {
        /// What it is.
        @code kind: DocumentKind,
        /// Its number.
        number: String,
        /// The code behind which it can be read.
        code: String,
        /// When it was issued.
        issued_at: Moment,
        /// When it was withdrawn.
        withdrawn_at: Option<Moment>,
    }
}

row! {
    /// A recognition as a charity.
    pub struct CharityLine {
        /// The number of the decision.
        document_number: String,
        /// From when.
        from_on: Date,
        /// Until when.
        to_on: Option<Date>,
    }
}

row! {
    /// A registered item.
    pub struct ItemLine {
        /// Which, by its code.
        item: String,
        /// What it is.
        value: String,
    }
}

/// An organisation with its ten lists.
#[derive(Clone, Debug)]
pub struct PublicRecord {
    /// What the register says, and its purchases.
    pub profile: Profile,
    /// What its certificate registers besides, each item as it is today (B16).
    pub items: Vec<ItemLine>,
    /// Statuses, oldest first.
    pub statuses: Vec<StatusLine>,
    /// Inspections, latest year first.
    pub inspections: Vec<InspectionLine>,
    /// Grades, newest first.
    pub ratings: Vec<RatingLine>,
    /// Penalties, newest first.
    pub penalties: Vec<PenaltyLine>,
    /// Places on lists, newest first.
    pub credits: Vec<CreditLine>,
    /// Public documents, newest first.
    pub documents: Vec<DocumentLine>,
    /// Being a charity, newest first.
    pub charity: Vec<CharityLine>,
    /// The certificate to raise funds from the public that it holds now (B39).
    pub fundraising: Option<Certificate>,
}

impl PublicRecord {
    /// The public documents that belong to a list: changes, announcements, filings, and the rest.
    pub fn documents_of(&self, list: PublicList) -> impl Iterator<Item = &DocumentLine> {
        self.documents.iter().filter(move |one| list_of(one.kind) == list)
    }
}

fn list_of(kind: DocumentKind) -> PublicList {
    match kind {
        DocumentKind::ChangeApproval | DocumentKind::CancellationApproval | DocumentKind::Revocation => {
            PublicList::Change
        }
        DocumentKind::Announcement => PublicList::Announcement,
        DocumentKind::FilingCertificate | DocumentKind::CharityDecision | DocumentKind::CharityAnnulment => {
            PublicList::Filing
        }
        _ => PublicList::Document,
    }
}

/// The most rows of one list.
const ROWS_MAX: usize = 200;

/// The record of the organisation with this code.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn record(app: &App, uscc: &str) -> Result<PublicRecord, Error> {
    let profile = profile::profile(app, uscc).await?;
    let (id, today) = (profile.organisation.id, app.clock.now().date());
    let items = with_area(&profile.organisation, of(app, ITEMS, id).await?);
    Ok(PublicRecord {
        profile,
        items,
        statuses: app.db.all(STATUSES, args![id, today, ROWS_MAX]).await?,
        inspections: of(app, INSPECTIONS, id).await?,
        ratings: of(app, RATINGS, id).await?,
        penalties: of(app, PENALTIES, id).await?,
        credits: of(app, CREDITS, id).await?,
        documents: of(app, DOCUMENTS, id).await?,
        charity: of(app, CHARITY, id).await?,
        fundraising: certificate_of(app, id).await?,
    })
}

/// The penalties of the organisation with this code, newest first: those that its record shows.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn penalties(app: &App, uscc: &str) -> Result<Vec<PenaltyLine>, Error> {
    let sql = "SELECT id FROM organisation WHERE uscc = $1";
    let (id,): (OrganisationId,) = app.db.one(sql, args![uscc]).await?;
    of(app, PENALTIES, id).await
}

/// The items with the area of an association that was registered before the area was asked (B16).
fn with_area(held: &profile::Organisation, mut items: Vec<ItemLine>) -> Vec<ItemLine> {
    if items.iter().all(|one| one.item != "area") {
        let area = area::of(held.kind, held.legal, &held.name, None);
        let place = items.iter().take_while(|one| matches!(one.item.as_str(), "aim" | "scope")).count();
        let line = area.map(|value| ItemLine { item: "area".to_owned(), value });
        items.splice(place..place, line);
    }
    items
}

async fn of<T: crate::db::FromRow>(app: &App, sql: &str, id: OrganisationId) -> Result<Vec<T>, Error> {
    Ok(app.db.all(sql, args![id, ROWS_MAX]).await?)
}

/// Name, address and head stand in the register's own row.
const ITEMS: &str = "SELECT item, value FROM registered_item WHERE organisation_id = $1 AND until_on IS NULL
       AND item IN ('aim', 'scope', 'area', 'capital', 'supervising_unit', 'industry_guidance_unit', 'legal_form')
     ORDER BY CASE item WHEN 'aim' THEN 1 WHEN 'scope' THEN 2 WHEN 'area' THEN 3 WHEN 'legal_form' THEN 4
       WHEN 'capital' THEN 5 ELSE 6 END, id LIMIT $2";
const STATUSES: &str = "SELECT status, from_on, ground FROM status_change
     WHERE organisation_id = $1 AND from_on <= $2 ORDER BY from_on, id LIMIT $3";
const INSPECTIONS: &str = "SELECT year, outcome, decided_on, absent_on FROM inspection
     WHERE organisation_id = $1 AND state IN ('decided', 'absent') ORDER BY year DESC LIMIT $2";
const RATINGS: &str = "SELECT grade, confirmed_on, valid_until, COALESCE(ended_on, lapsed_on) AS ended_on,
       COALESCE(ended_by, CASE WHEN lapsed_on IS NOT NULL THEN 'lapsed' END) AS ended_by FROM rating_grade
     WHERE organisation_id = $1 ORDER BY confirmed_on DESC, id DESC LIMIT $2";
const PENALTIES: &str =
    "SELECT kind, amount_fen + COALESCE(fine_beside_fen, 0) AS amount_fen,
       COALESCE(confiscated_fen, 0) AS confiscated_fen, offence, document_number, authority, reason, imposed_on, until_on FROM penalty
     WHERE organisation_id = $1 AND state = 'confirmed' ORDER BY imposed_on DESC, id DESC LIMIT $2";
const CREDITS: &str = "SELECT list, ground, listed_on, removed_on FROM credit_listing
     WHERE organisation_id = $1 AND listed_on IS NOT NULL ORDER BY listed_on DESC, id DESC LIMIT $2";
const DOCUMENTS: &str = "SELECT kind, number, code, issued_at, withdrawn_at FROM document
     WHERE organisation_id = $1 AND is_public = 1 ORDER BY issued_at DESC, id DESC LIMIT $2";
const CHARITY: &str = "SELECT document_number, from_on, to_on FROM charity_status
     WHERE organisation_id = $1 ORDER BY from_on DESC, id DESC LIMIT $2";
