//! The cumulative counter of C2: per fiscal year, budget item and category, what was bought by other than open
//! methods. What an office bought so elsewhere is reported here, and finance says why it may not count.

use std::collections::BTreeMap;

use domain::catalogue::item::{FunctionKind, FundSource};
use domain::catalogue::splitting::{self, ClosedWay, Consent, Counter, Purchase};
use domain::kernel::{Coded, Date, Fen, Moment, OfficeId, PersonId, Refusal, Role, RuleKey, Rules};
use domain::tendering::procedure::ProcedureKind;

use super::{at_field, check_length};
use crate::db::{Row, Val};
use crate::journal::OTHER_PURCHASE;
use crate::{Act, App, Cx, Error, args, row};

/// An office reports what it bought elsewhere by other than open methods.
#[derive(Clone)]
pub struct ReportPurchase {
    /// The kind of work.
    pub function: FunctionKind,
    /// Where the money came from.
    pub source: FundSource,
    /// The way in which it was bought.
    pub way: ClosedWay,
    /// What was bought.
    pub title: String,
    /// From whom.
    pub supplier: String,
    /// For how much.
    pub amount: Fen,
    /// On which day; its year is the fiscal year.
    pub bought_on: Date,
    /// The paper that shows it.
    pub paper: String,
}

impl Act for ReportPurchase {
    type Outcome = i64;
    const NAME: &'static str = "supervision.report_purchase";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let faults = self.faults(cx.now.date());
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        for (text, field) in [(&self.title, "title"), (&self.supplier, "supplier"), (&self.paper, "paper")] {
            check_length(text, field)?;
        }
        let office = cx.actor.office().ok_or(Error::NotPermitted)?;
        let number = cx.tx.number("SELECT COALESCE(max(number), 0) FROM other_purchase", args![]).await? + 1;
        let id = cx.id();
        let values = [
            ("number", number.into()),
            ("office_id", office.into()),
            ("year", i64::from(self.bought_on.year()).into()),
            ("fund_source", Val::code(self.source)),
            ("function_kind", Val::code(self.function)),
            ("way", Val::code(self.way)),
            ("title", self.title.trim().into()),
            ("supplier", self.supplier.trim().into()),
            ("amount_fen", self.amount.into()),
            ("bought_on", self.bought_on.into()),
            ("paper", self.paper.trim().into()),
            ("entered_by", cx.actor.person.into()),
            ("entered_at", cx.now.into()),
        ];
        cx.insert(&OTHER_PURCHASE, id, &values).await?;
        Ok(number)
    }
}

impl ReportPurchase {
    fn faults(&self, today: Date) -> Vec<Refusal> {
        let mut found = Vec::new();
        for (text, code, field) in [
            (&self.title, "splitting.title-missing", "title"),
            (&self.supplier, "splitting.supplier-missing", "supplier"),
            (&self.paper, "splitting.paper-missing", "paper"),
        ] {
            if text.trim().is_empty() {
                found.push(Refusal::new(code, "C2").at(field));
            }
        }
        if self.amount <= Fen::ZERO {
            found.push(Refusal::new("splitting.amount-missing", "C2").at("amount"));
        }
        if self.bought_on > today {
            found.push(Refusal::new("splitting.day-to-come", "C2").at("bought_on"));
        }
        found
    }
}

/// Finance says why a purchase does not count.
#[derive(Clone)]
pub struct ConsentToPurchase {
    /// The purchase's number.
    pub number: i64,
    /// Why.
    pub consent: Consent,
    /// The paper that says so.
    pub paper: String,
}

impl Act for ConsentToPurchase {
    type Outcome = ();
    const NAME: &'static str = "supervision.consent_to_purchase";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        check_length(&self.paper, "paper")?;
        let sql = "SELECT id, version, entered_by, consent FROM other_purchase WHERE number = $1";
        let held: Row = cx.tx.one(sql, args![self.number]).await?;
        let is_own = cx.actor.person == Some(held.get::<PersonId>("entered_by")?);
        let was_given = held.get::<Option<String>>("consent")?.is_some();
        splitting::consent(is_own, was_given, &self.paper).map_err(at_field)?;
        let values = [
            ("consent", Val::code(self.consent)),
            ("consent_paper", self.paper.trim().into()),
            ("consent_by", cx.actor.person.into()),
            ("consent_at", cx.now.into()),
        ];
        cx.update(&OTHER_PURCHASE, held.get::<i64>("id")?, held.get("version")?, &values).await
    }
}

row! {
    /// One purchase, of this program or reported.
    pub struct Bought {
        /// Who bought.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// Its code.
        office_code: String,
        /// Where the money came from.
        @code source: FundSource,
        /// The kind of work.
        @code function: FunctionKind,
        /// The fiscal year.
        year: i64,
        /// The procedure or the closed way.
        way: String,
        /// The contract's number; none for what was reported.
        contract: Option<String>,
        /// The number of what was reported.
        number: Option<i64>,
        /// What was bought.
        title: String,
        /// From whom.
        supplier: String,
        /// For how much.
        amount_fen: Fen,
        /// The day, of what was reported.
        day: Option<Date>,
        /// When the contract was published.
        at: Option<Moment>,
        /// The paper of what was reported.
        paper: String,
        /// Why it does not count.
        @code_option consent: Option<Consent>,
        /// The paper that says so.
        consent_paper: Option<String>,
        /// Who said so.
        consent_by: Option<String>,
    }
}

impl Bought {
    /// The day of the purchase.
    pub fn bought_on(&self) -> Date {
        self.day.or(self.at.map(Moment::date)).unwrap_or(Date::MAX)
    }

    /// The purchase as the rule counts it.
    pub fn as_counted(&self) -> Purchase {
        let was_open = self.way == ProcedureKind::OpenCompetition.code();
        Purchase { amount: self.amount_fen, was_open, has_consent: self.consent.is_some() }
    }
}

const BOUGHT: &str = "SELECT c.office_id, f.name AS office, f.code AS office_code, i.fund_source AS source,
      i.function_kind AS function, i.year, t.procedure AS way, c.number AS contract, CAST(NULL AS BIGINT) AS number,
      c.title, o.name AS supplier, c.amount_fen, CAST(NULL AS TEXT) AS day, c.published_at AS at, '' AS paper,
      CAST(NULL AS TEXT) AS consent, CAST(NULL AS TEXT) AS consent_paper, CAST(NULL AS TEXT) AS consent_by
    FROM contract c JOIN tender t ON t.id = c.tender_id JOIN item i ON i.id = t.item_id
      JOIN office f ON f.id = c.office_id JOIN organisation o ON o.id = c.organisation_id
    WHERE c.published_at IS NOT NULL AND i.year = COALESCE($1, i.year)
    UNION ALL SELECT p.office_id, f.name, f.code, p.fund_source, p.function_kind, p.year, p.way, NULL, p.number,
      p.title, p.supplier, p.amount_fen, p.bought_on, NULL, p.paper, p.consent, p.consent_paper, b.name
    FROM other_purchase p JOIN office f ON f.id = p.office_id LEFT JOIN person b ON b.id = p.consent_by
    WHERE p.year = COALESCE($1, p.year)";

/// Everything that was bought, of one fiscal year or of all, the oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn bought(app: &App, year: Option<i64>) -> Result<Vec<Bought>, Error> {
    let mut found: Vec<Bought> = app.db.all(BOUGHT, args![year]).await?;
    found.sort_by_key(|one| (one.bought_on(), one.contract.clone(), one.number));
    Ok(found)
}

/// What a counter is kept for: office, source of money, kind of work, fiscal year.
pub type Key = (OfficeId, &'static str, &'static str, i64);

impl Bought {
    /// The counter to which it belongs.
    pub fn key(&self) -> Key {
        (self.office_id, self.source.code(), self.function.code(), self.year)
    }
}

/// A budget item and category with its purchases, and the counter as of the last one.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its purchases, the oldest first; never empty.
    pub rows: Vec<Bought>,
    /// The counter over all of them.
    pub counter: Counter,
    /// The first day on which it was evasion, by the threshold of that day.
    pub over_on: Option<Date>,
}

/// Purchases by budget item and category; each threshold is the one of the day of the purchase (C2, T1).
pub fn groups(rows: Vec<Bought>, threshold_on: impl Fn(Date) -> Fen) -> BTreeMap<Key, Group> {
    let mut found: BTreeMap<Key, Group> = BTreeMap::new();
    for one in rows {
        let (key, day) = (one.key(), one.bought_on());
        let none = || Group { rows: Vec::new(), counter: Counter::of(&[], Fen::ZERO), over_on: None };
        let group = found.entry(key).or_insert_with(none);
        group.rows.push(one);
        let counted: Vec<Purchase> = group.rows.iter().map(Bought::as_counted).collect();
        group.counter = Counter::of(&counted, threshold_on(day));
        if group.counter.is_over() {
            group.over_on.get_or_insert(day);
        }
    }
    found
}

/// The occasion that tells one counter's finding from another's.
pub fn occasion(key: Key) -> String {
    format!("{}/{}/{}", key.2, key.1, key.3)
}

/// The threshold of a day.
pub fn threshold(rules: Rules<'_>) -> Fen {
    rules.money(RuleKey::SplittingThreshold)
}

row! {
    /// The finding about a counter, with its last ticket.
    pub struct Finding {
        /// Whose counter.
        office_id: OfficeId,
        /// Which one, as `occasion` names it.
        occasion: String,
        /// The finding's number.
        number: i64,
        /// The ticket's.
        ticket: Option<String>,
    }
}

/// The open findings about counters.
///
/// # Errors
/// The database could not be read.
pub async fn findings(app: &App) -> Result<Vec<Finding>, Error> {
    let sql = "SELECT g.office_id, g.occasion, g.number, k.number AS ticket FROM supervision_finding g
                 LEFT JOIN ticket k ON k.id = (SELECT max(l.id) FROM ticket l WHERE l.finding_id = g.id)
               WHERE g.kind = 'split_purchase' AND g.state = 'open'";
    Ok(app.db.all(sql, args![]).await?)
}

/// The years in which anything was bought, the latest first.
///
/// # Errors
/// The database could not be read.
pub async fn years(app: &App) -> Result<Vec<i64>, Error> {
    let sql = "SELECT DISTINCT i.year AS year FROM contract c JOIN tender t ON t.id = c.tender_id
                 JOIN item i ON i.id = t.item_id WHERE c.published_at IS NOT NULL
               UNION SELECT DISTINCT year FROM other_purchase ORDER BY year DESC";
    Ok(app.db.all::<(i64,)>(sql, args![]).await?.into_iter().map(|(year,)| year).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bought(office: i64, way: &str, yuan: i64, day: i8) -> Bought {
        Bought {
            office_id: OfficeId(office),
            office: "处".into(),
            office_code: format!("o{office}"),
            source: FundSource::DepartmentBudget,
            function: FunctionKind::Training,
            year: 2014,
            way: way.into(),
            contract: None,
            number: Some(i64::from(day)),
            title: "培训（示例）".into(),
            supplier: "单位（示例）".into(),
            amount_fen: Fen::yuan(yuan),
            day: Some(Date::constant(2014, 3, day)),
            at: None,
            paper: "文".into(),
            consent: None,
            consent_paper: None,
            consent_by: None,
        }
    }

    #[test]
    fn each_office_has_a_counter_and_the_day_on_which_it_was_passed() {
        let (open, closed) = (ProcedureKind::OpenCompetition.code(), ClosedWay::Inquiry.code());
        let consent = |mut one: Bought| {
            one.consent = Some(Consent::MethodApproved);
            one
        };
        for (rows, expected) in [
            (
                vec![bought(1, closed, 300_000, 1), bought(1, closed, 200_001, 2), bought(1, closed, 1, 3)],
                Some(2),
            ),
            (vec![bought(1, closed, 300_000, 1), bought(1, closed, 200_000, 2)], None),
            (vec![bought(1, open, 300_000, 1), bought(1, open, 300_000, 2)], None),
            (vec![bought(1, closed, 300_000, 1), bought(2, closed, 300_000, 2)], None),
            (vec![consent(bought(1, closed, 300_000, 1)), bought(1, closed, 300_000, 2)], None),
        ] {
            let found = groups(rows, |_| Fen::yuan(500_000));
            let over = found.into_values().find_map(|group| group.over_on);
            assert_eq!(over, expected.map(|day| Date::constant(2014, 3, day)));
        }
    }
}
