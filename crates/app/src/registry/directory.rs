//! The public directory: organisations by filter, in the order of their pinyin, a page at a time.
//!
//! A page goes on from the last row of the one before, never by counting rows, so the thousandth page is as
//! fast as the first. Registered and filed organisations are counted apart (T3).

use domain::kernel::{Coded, OrganisationId};
use domain::registry::{BusinessField, CreditListing, Legal, OrganisationKind, OrganisationStatus};

use crate::db::{Row, Val};
use crate::{App, Error, args, row};

/// What the reader wants to see; `None` and empty mean everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What it is.
    pub kind: Option<OrganisationKind>,
    /// The district's six digits.
    pub district: Option<String>,
    /// The street's nine digits.
    pub street: Option<String>,
    /// What it works in.
    pub field: Option<BusinessField>,
    /// Registered or filed.
    pub legal: Option<Legal>,
    /// Whether its registration is alive.
    pub status: Option<OrganisationStatus>,
    /// Whether the bureau supervises it.
    pub supervised: Option<bool>,
    /// Credit list.
    pub listing: Option<CreditListing>,
    /// The year in which it was registered or filed.
    pub year: Option<i16>,
    /// Only social organisations: no enterprises, no public institutions.
    pub is_social: bool,
    /// Only living ones, active or suspended.
    pub is_living: bool,
    /// Only those that live or whose end has its day on record, as the years of the figures count them.
    pub is_dated: bool,
    /// The year in which its registration ended.
    pub ended: Option<i16>,
    /// Only those that hold a certificate to raise funds from the public.
    pub is_fundraising: bool,
    /// Only charities.
    pub is_charity: bool,
    /// Only those that were in the register at the end of this year, or are now in the running one.
    pub at_end: Option<i16>,
}

row! {
    /// An organisation in a list.
    pub struct Listed {
        /// Its id.
        id: OrganisationId,
        /// Credit code or filing number.
        uscc: String,
        /// Its name.
        name: String,
        /// What it is.
        @code kind: OrganisationKind,
        /// Registered or filed.
        @code legal: Legal,
        /// Whether its registration is alive.
        @code status: OrganisationStatus,
        /// Credit list.
        @code listing: CreditListing,
        /// Whether the bureau supervises it.
        is_supervised: bool,
        /// The street's nine digits.
        division: String,
        /// What it works in, as stored; see `fields_of`.
        fields: String,
        /// Pinyin of the name.
        pinyin: String,
        /// Initials of the pinyin.
        initials: String,
    }
}

pub(super) const LISTED_COLUMNS: &str =
    "SELECT id, uscc, name, kind, legal, status, listing, is_supervised, division,
     fields, pinyin, initials FROM organisation";

/// One page of the directory.
#[derive(Clone, Debug)]
pub struct Page {
    /// The organisations.
    pub rows: Vec<Listed>,
    /// From which organisation the next page goes on; `None` on the last.
    pub next: Option<OrganisationId>,
}

/// How many organisations the filter lets through, each part on its own (T3, S4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Registered.
    pub registered: i64,
    /// Filed only.
    pub filed: i64,
}

impl Counts {
    /// Both parts together.
    pub fn all(self) -> i64 {
        self.registered + self.filed
    }
}

/// What lives, or ended on a day that the register kept.
pub(super) const DATED: &str =
    "(organisation.status IN ('active', 'suspended') OR EXISTS (SELECT 1 FROM status_change c
     WHERE c.organisation_id = organisation.id AND c.status IN ('cancelled', 'revoked')))";

/// What ended in a year; one that was revoked and then struck off ended at the first of the two.
const ENDED_IN: &str = "organisation.id IN (SELECT c.organisation_id FROM status_change c
     WHERE c.status IN ('cancelled', 'revoked') GROUP BY c.organisation_id HAVING min(c.from_on) LIKE $?)";
/// What had not ended by a day.
const NOT_ENDED_BY: &str = "NOT EXISTS (SELECT 1 FROM status_change c
     WHERE c.organisation_id = organisation.id AND c.status IN ('cancelled', 'revoked') AND c.from_on <= $?)";

/// What holds a certificate to raise funds from the public (B39).
const FUNDRAISING: &str =
    "organisation.id IN (SELECT f.organisation_id FROM fundraising_case f WHERE f.stage = 'granted')";

/// What is a charity now (B46).
const CHARITY: &str =
    "organisation.id IN (SELECT h.organisation_id FROM charity_status h WHERE h.to_on IS NULL)";

impl Filter {
    /// Whether an end or a certificate matters, which the kept counts of the directory do not know.
    fn asks_beyond_counts(&self) -> bool {
        self.is_fundraising
            || self.is_charity
            || self.is_dated
            || self.ended.is_some()
            || self.at_end.is_some()
    }

    /// The conditions that take several members of a list, without values.
    fn groups(&self) -> Vec<String> {
        let social = "kind IN ('social_association', 'social_service_institution', 'foundation')";
        let living = "status IN ('active', 'suspended')";
        let asked = [(self.is_social, social), (self.is_living, living)];
        asked.iter().filter(|(is_asked, _)| *is_asked).map(|(_, condition)| (*condition).to_owned()).collect()
    }

    /// The conditions with their values; the first value is bound to `$1`.
    fn conditions(&self) -> (Vec<String>, Vec<Val>) {
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        let mut add = |condition: &str, value: Option<Val>| {
            if let Some(value) = value {
                values.push(value);
                conditions.push(condition.replace("$?", &format!("${}", values.len())));
            }
        };
        add("kind = $?", self.kind.map(Val::code));
        add("district = $?", self.district.as_deref().map(Val::from));
        add("division = $?", self.street.as_deref().map(Val::from));
        add("legal = $?", self.legal.map(Val::code));
        add("status = $?", self.status.map(Val::code));
        add("is_supervised = $?", self.supervised.map(Val::from));
        add("listing = $?", self.listing.map(Val::code));
        let field = self.field.map(|field| Val::from(format!("%,{},%", field.code())));
        // The underscores of a code stand for any letter, but no two codes differ only there.
        add("fields LIKE $?", field);
        add("registered_on LIKE $?", self.year.map(|year| Val::from(format!("{year:04}-%"))));
        add(ENDED_IN, self.ended.map(|year| Val::from(format!("{year:04}-%"))));
        let last_day = self.at_end.map(|year| format!("{year:04}-12-31"));
        add("registered_on <= $?", last_day.as_deref().map(Val::from));
        add(NOT_ENDED_BY, last_day.as_deref().map(Val::from));
        conditions.extend(self.groups());
        conditions.extend(self.is_fundraising.then(|| FUNDRAISING.to_owned()));
        conditions.extend(self.is_charity.then(|| CHARITY.to_owned()));
        conditions.extend((self.is_dated || self.at_end.is_some()).then(|| DATED.to_owned()));
        (conditions, values)
    }
}

fn joined(conditions: &[String]) -> String {
    if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) }
}

/// A page of at most `limit` organisations, going on after `after`.
///
/// # Errors
/// `NotFound` when `after` is no organisation.
pub async fn list(
    app: &App,
    filter: &Filter,
    after: Option<OrganisationId>,
    limit: usize,
) -> Result<Page, Error> {
    let (mut conditions, mut values) = filter.conditions();
    if let Some(after) = after {
        let (pinyin,): (String,) =
            app.db.one("SELECT pinyin FROM organisation WHERE id = $1", args![after]).await?;
        let (sound, id) = (values.len() + 1, values.len() + 2);
        conditions.push(format!("(pinyin > ${sound} OR (pinyin = ${sound} AND id > ${id}))"));
        values.extend_from_slice(args![pinyin, after]);
    }
    values.push(Val::from(limit.saturating_add(1)));
    let place = values.len();
    let sql = format!("{LISTED_COLUMNS}{} ORDER BY pinyin, id LIMIT ${place}", joined(&conditions));
    let mut rows: Vec<Listed> = app.db.all(&sql, &values).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = if has_more { rows.last().map(|row| row.id) } else { None };
    Ok(Page { rows, next })
}

/// How many organisations the filter lets through: a sum of kept counts.
///
/// # Errors
/// The database could not be read.
pub async fn counts(app: &App, filter: &Filter) -> Result<Counts, Error> {
    let (street, district) = (filter.street.as_deref(), filter.district.as_deref());
    if street.zip(district).is_some_and(|(street, district)| !street.starts_with(district)) {
        return Ok(Counts::default());
    }
    let year = filter.year.map(|year| format!("{year:04}"));
    let is_kept = year.is_none() || (street.or(district).is_none() && filter.field.is_none());
    if !is_kept || filter.asks_beyond_counts() {
        return counts_of_rows(app, filter).await;
    }
    let place = street.or(district).or(year.as_deref()).unwrap_or_default();
    let mut conditions = vec!["field = $1".to_owned(), "place = $2".to_owned()];
    let mut values = args![filter.field.map_or("", Coded::code), place].to_vec();
    let others = [
        ("kind", filter.kind.map(Val::code)),
        ("legal", filter.legal.map(Val::code)),
        ("status", filter.status.map(Val::code)),
        ("listing", filter.listing.map(Val::code)),
        ("is_supervised", filter.supervised.map(Val::from)),
    ];
    for (column, value) in others {
        if let Some(value) = value {
            values.push(value);
            conditions.push(format!("{column} = ${}", values.len()));
        }
    }
    conditions.extend(filter.groups());
    let sql = format!(
        "SELECT legal, CAST(sum(number) AS BIGINT) AS number FROM organisation_count{} GROUP BY legal",
        joined(&conditions)
    );
    read_counts(app, &sql, &values).await
}

/// Counted from the rows themselves: a year is kept for the whole city and all fields, and no ends.
async fn counts_of_rows(app: &App, filter: &Filter) -> Result<Counts, Error> {
    let (conditions, values) = filter.conditions();
    let sql =
        format!("SELECT legal, count(*) AS number FROM organisation{} GROUP BY legal", joined(&conditions));
    read_counts(app, &sql, &values).await
}

async fn read_counts(app: &App, sql: &str, values: &[Val]) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    for row in app.db.all::<Row>(sql, values).await? {
        match row.code("legal")? {
            Legal::Registered => counts.registered = row.get("number")?,
            Legal::Filed => counts.filed = row.get("number")?,
        }
    }
    Ok(counts)
}
