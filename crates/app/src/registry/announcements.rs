//! Every announcement of the register, the latest first: what a law wants told to the public is found in one place
//! (B9, B21-B23, B39).

use domain::kernel::{Coded, Fact, Moment};
use domain::registry::AnnouncementKind;
use domain::registry::change::ChangeItem;

use crate::frozen::{FrozenFact, thaw_facts};
use crate::{App, Error, args, row};

/// What the list shows.
#[derive(Clone, Debug, Default)]
pub struct AnnouncementFilter {
    /// Of this kind alone.
    pub kind: Option<AnnouncementKind>,
    /// Of this year alone.
    pub year: Option<i64>,
    /// Of organisations in this district alone; empty for all.
    pub district: String,
    /// With this text in the name, the credit code or the number; empty for all.
    pub text: String,
}

row! {
    /// An announcement.
    pub struct Announcement {
        /// The year of its number.
        year: i64,
        /// Its place among the numbers of the year.
        serial: i64,
        /// Its number.
        number: String,
        /// The code by which it is read and verified.
        code: String,
        /// The organisation's name as it was announced.
        addressee: String,
        /// The organisation's credit code.
        uscc: String,
        /// Its district, by code.
        district: String,
        /// Frozen facts.
        facts: String,
        /// When it was made.
        issued_at: Moment,
        /// When it was withdrawn.
        withdrawn_at: Option<Moment>,
    }
}

impl Announcement {
    /// Its named values.
    pub fn facts(&self) -> Vec<(String, FrozenFact)> {
        thaw_facts(&self.facts)
    }

    /// What it is of; none for what names nothing that is known.
    pub fn kind(&self) -> Option<AnnouncementKind> {
        let facts = self.facts();
        let matter = facts.iter().find_map(|(name, fact)| match fact {
            FrozenFact::Value(Fact::Text(text)) if name == "matter" => Some(text.clone()),
            _ => None,
        });
        let item = facts.iter().find_map(|(name, fact)| match fact {
            FrozenFact::Member(_, code) if name == "item" => Some(code.clone()),
            _ => None,
        });
        AnnouncementKind::of(matter.as_deref(), item.as_deref())
    }
}

/// Announcements that the filter lets through, the latest first, from the place `skip` on.
///
/// # Errors
/// The database could not be read.
pub async fn announcements(
    app: &App,
    filter: &AnnouncementFilter,
    (skip, limit): (usize, usize),
) -> Result<Vec<Announcement>, Error> {
    let sql = format!(
        "{ANNOUNCED} AND d.year = COALESCE($1, d.year)
          AND ($2 = '' OR o.district = $2)
          AND (d.addressee LIKE $3 OR o.name LIKE $3 OR o.uscc LIKE $3 OR d.number LIKE $3)
          AND d.facts LIKE $4 AND d.facts NOT LIKE $5
        ORDER BY d.issued_at DESC, d.id DESC LIMIT $6 OFFSET $7"
    );
    let plain: String =
        filter.text.trim().chars().filter(|sign| !matches!(sign, '%' | '_')).take(60).collect();
    let (has, has_not) = marks(filter.kind);
    let values =
        args![filter.year, filter.district.as_str(), format!("%{plain}%"), has, has_not, limit, skip];
    Ok(app.db.all(&sql, values).await?)
}

/// Announcements that everyone may read.
const ANNOUNCED: &str = "SELECT d.year, d.serial, d.number, d.code, d.addressee, o.uscc, o.district, d.facts,
          d.issued_at, d.withdrawn_at
        FROM document d JOIN organisation o ON o.id = d.organisation_id
        WHERE d.kind = 'announcement' AND d.is_public = 1";

/// Announcements after a year and a place in it, in the order of their numbers.
///
/// # Errors
/// The database could not be read.
pub async fn after(app: &App, (year, serial): (i64, i64), limit: i64) -> Result<Vec<Announcement>, Error> {
    let sql = format!(
        "{ANNOUNCED} AND (d.year > $1 OR (d.year = $1 AND d.serial > $2)) ORDER BY d.year, d.serial LIMIT $3"
    );
    Ok(app.db.all(&sql, args![year, serial, limit]).await?)
}

/// The years in which something was announced, the latest first.
///
/// # Errors
/// The database could not be read.
pub async fn years(app: &App) -> Result<Vec<i64>, Error> {
    let sql =
        "SELECT DISTINCT year FROM document WHERE kind = 'announcement' AND is_public = 1 ORDER BY year DESC";
    let rows: Vec<(i64,)> = app.db.all(sql, args![]).await?;
    Ok(rows.into_iter().map(|(year,)| year).collect())
}

/// What the frozen facts of a kind hold, and what they do not, as patterns.
fn marks(kind: Option<AnnouncementKind>) -> (String, &'static str) {
    const NOTHING: &str = "";
    let Some(kind) = kind else { return ("%".to_owned(), NOTHING) };
    match kind.names() {
        (None, _) => ("%".to_owned(), "%[\"matter\",%"),
        (Some(matter), None) => (format!("%[\"matter\",\"text\",\"{matter}\"]%"), NOTHING),
        (Some(matter), Some(item)) => {
            let (list, code) = (ChangeItem::LIST, item.code());
            (
                format!("%[\"matter\",\"text\",\"{matter}\"]%[\"item\",\"{list}\",\"{code}\",\"member\"]%"),
                NOTHING,
            )
        }
    }
}
