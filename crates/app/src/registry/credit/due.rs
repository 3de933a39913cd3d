//! What the clock brings: proposals that are due, places that end by themselves, suspensions that are over.
//!
//! Found from the tables at the moment of reading, shown on the desk and in the inbox, and done by one act over
//! all of it. The clock only proposes and ends; it lists nobody (B36, B37).

use std::collections::BTreeMap;

use domain::coded;
use domain::kernel::Role;
use domain::kernel::{Date, Fen, Moment, OrganisationId, RuleKey};
use domain::registry::credit::clock::{exits_on, list_at, months_after, serious_on};
use domain::registry::credit::penalty::ground_of;
use domain::registry::credit::{CreditList, ListingFact, ListingGround, Penalty, PenaltyKind};

use super::super::standing::{self, Source};
use super::held::lock_listing;
use super::proposal::{Proposal, propose};
use super::{removal, step};
use crate::{Act, App, Cx, Error, args, row};

coded! {
    /// What is due.
    pub enum DueKind as "credit_due" {
        /// An organisation did not report; propose the abnormal list.
        Absence = "absence",
        /// A penalty was confirmed; propose the list that follows.
        Penalty = "penalty",
        /// Another act put a ground on file; propose it.
        Arisen = "arisen",
        /// Two full years on the abnormal list; propose the serious one.
        TwoYears = "two_years",
        /// A place that cannot be mended has lasted its months; it ends.
        Exit = "exit",
        /// A suspension is over; the register shows the organisation as active again.
        SuspensionOver = "suspension_over",
    }
}

/// One thing that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueWork {
    /// What.
    pub kind: DueKind,
    /// The last day on which it is in time.
    pub due_on: Option<Date>,
    /// Whose.
    pub organisation: OrganisationId,
    /// Its code.
    pub uscc: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub ground: ListingGround,
    /// The day on which it arose.
    pub arose_on: Date,
    /// The row it comes from: an inspection, a penalty, a place on a list.
    pub row: i64,
}

row! {
    struct Fact {
        id: i64,
        organisation_id: OrganisationId,
        uscc: String,
        name: String,
        on_day: Date,
        ground: String,
    }
}

row! {
    struct PenaltyRow {
        id: i64,
        organisation_id: OrganisationId,
        uscc: String,
        name: String,
        @code kind: PenaltyKind,
        amount_fen: Fen,
        imposed_on: Date,
        until_on: Option<Date>,
        is_taken_up: bool,
    }
}

row! {
    struct Place {
        id: i64,
        organisation_id: OrganisationId,
        uscc: String,
        name: String,
        @code list: CreditList,
        ground: String,
        listed_on: Date,
        removed_on: Option<Date>,
        listed_at: Option<Moment>,
        removed_at: Option<Moment>,
    }
}

const ABSENCES: &str =
    "SELECT i.id, i.organisation_id, o.uscc, o.name, i.absent_on AS on_day, 'report_overdue' AS ground
     FROM inspection i JOIN organisation o ON o.id = i.organisation_id
     WHERE i.state = 'absent' AND o.status = 'active'
       AND NOT EXISTS (SELECT 1 FROM listing_case c WHERE c.inspection_id = i.id)
       AND NOT EXISTS (SELECT 1 FROM credit_listing l WHERE l.organisation_id = i.organisation_id
                       AND l.ground = 'report_overdue' AND l.arose_on = i.absent_on)
     ORDER BY i.absent_on, i.id LIMIT 500";
const ARISEN: &str = "SELECT l.id, l.organisation_id, o.uscc, o.name, l.arose_on AS on_day, l.ground
     FROM credit_listing l JOIN organisation o ON o.id = l.organisation_id
     WHERE l.listed_on IS NULL AND NOT EXISTS (SELECT 1 FROM listing_case c WHERE c.listing_id = l.id)
     ORDER BY l.arose_on, l.id LIMIT 500";
/// Every confirmed penalty of whoever has one that no case has taken up.
const PENALTIES: &str =
    "SELECT p.id, p.organisation_id, o.uscc, o.name, p.kind, p.amount_fen, p.imposed_on, p.until_on,
       (SELECT count(*) FROM listing_case c WHERE c.penalty_id = p.id) AS is_taken_up
     FROM penalty p JOIN organisation o ON o.id = p.organisation_id
     WHERE p.state = 'confirmed' AND p.organisation_id IN (
       SELECT q.organisation_id FROM penalty q WHERE q.state = 'confirmed'
         AND NOT EXISTS (SELECT 1 FROM listing_case c WHERE c.penalty_id = q.id))
     ORDER BY p.imposed_on, p.id LIMIT 2000";
/// Every place of whoever is on the abnormal list and was on any by a day: nobody else's time can be over. The day alone
/// leads to the few old places; which list each is on, the rule asks.
const PLACES: &str =
    "SELECT l.id, l.organisation_id, o.uscc, o.name, l.list, l.ground, l.listed_on, l.removed_on,
       l.listed_at, l.removed_at
     FROM credit_listing l JOIN organisation o ON o.id = l.organisation_id
     WHERE l.listed_on IS NOT NULL AND l.organisation_id IN (
       SELECT m.organisation_id FROM credit_listing m
       WHERE m.listed_on <= $1 AND EXISTS (
         SELECT 1 FROM credit_listing n WHERE n.organisation_id = m.organisation_id
           AND n.list = 'abnormal' AND n.listed_on IS NOT NULL AND n.removed_on IS NULL))
     ORDER BY l.organisation_id, l.listed_on, l.id";
const TWO_YEARS_UNDER_WAY: &str = "SELECT organisation_id FROM listing_case
     WHERE ground = 'abnormal_two_years' AND stage IN ('proposed', 'noticed', 'stated')";
const SUSPENSIONS_OVER: &str = "SELECT p.id, p.organisation_id, o.uscc, o.name, p.until_on AS on_day,
       'activity_suspended' AS ground
     FROM penalty p JOIN organisation o ON o.id = p.organisation_id
     WHERE p.state = 'confirmed' AND p.kind = 'suspension' AND p.until_on < $1 AND o.status = 'suspended'
     ORDER BY p.until_on, p.id LIMIT 500";

/// No month is shorter than another by more days.
const MONTH_ENDS: i64 = 3;

/// Everything that is due at this moment, the oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn due(app: &App) -> Result<Vec<DueWork>, Error> {
    find(app, &mut Source::Db(&app.db), app.clock.now()).await
}

async fn find(app: &App, source: &mut Source<'_>, now: Moment) -> Result<Vec<DueWork>, Error> {
    let mut all = Vec::new();
    for fact in source.all::<Fact>(ABSENCES, &[]).await? {
        all.push(work(DueKind::Absence, fact, app, now));
    }
    for fact in source.all::<Fact>(ARISEN, &[]).await? {
        all.push(work(DueKind::Arisen, fact, app, now));
    }
    all.extend(of_penalties(app, &source.all(PENALTIES, &[]).await?, now));
    let under_way: Vec<(OrganisationId,)> = source.all(TWO_YEARS_UNDER_WAY, &[]).await?;
    let places = source.all(PLACES, args![listed_by(app, now.date())]).await?;
    all.extend(of_places(app, &places, &under_way, now));
    for fact in source.all::<Fact>(SUSPENSIONS_OVER, args![now.date()]).await? {
        let due_on = fact.on_day.tomorrow().ok();
        all.push(DueWork { due_on, ..work(DueKind::SuspensionOver, fact, app, now) });
    }
    all.sort_by_key(|one| (one.due_on.is_none(), one.due_on, one.uscc.clone()));
    Ok(all)
}

/// The last day of entry of a place whose months or years can be over by `today`; a few days later, since a term from
/// the end of a long month ends with a shorter one.
fn listed_by(app: &App, today: Date) -> Date {
    let rules = app.book.on(today);
    let years = rules.number(RuleKey::AbnormalToSeriousYears);
    let months = rules.number(RuleKey::AbnormalAutoExitMonths).min(years.saturating_mul(12));
    let begun = months_after(today, months.saturating_neg()).unwrap_or(today);
    begun.checked_add(jiff::Span::new().days(MONTH_ENDS)).unwrap_or(today)
}

fn work(kind: DueKind, fact: Fact, app: &App, now: Moment) -> DueWork {
    DueWork {
        kind,
        due_on: entry_due(app, fact.on_day, now),
        organisation: fact.organisation_id,
        uscc: fact.uscc,
        name: fact.name,
        ground: standing::ground_of(&fact.ground),
        arose_on: fact.on_day,
        row: fact.id,
    }
}

/// The last day for an entry after its ground arose (B35).
fn entry_due(app: &App, arose: Date, now: Moment) -> Option<Date> {
    let rules = app.book.on(now.date());
    rules.deadline(&app.calendar, RuleKey::ListingEntryWorkingDays, arose).ok().map(|found| found.due)
}

fn of_penalties(app: &App, rows: &[PenaltyRow], now: Moment) -> Vec<DueWork> {
    let penalty = |row: &PenaltyRow| Penalty {
        kind: row.kind,
        amount: row.amount_fen,
        imposed_on: row.imposed_on,
        until: row.until_on,
    };
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| !row.is_taken_up) {
        let others = rows.iter().filter(|other| {
            other.organisation_id == row.organisation_id
                && (other.imposed_on, other.id) < (row.imposed_on, row.id)
        });
        let earlier: Vec<Penalty> = others.map(penalty).collect();
        found.push(DueWork {
            kind: DueKind::Penalty,
            due_on: entry_due(app, row.imposed_on, now),
            organisation: row.organisation_id,
            uscc: row.uscc.clone(),
            name: row.name.clone(),
            ground: ground_of(&penalty(row), &earlier, app.book.on(row.imposed_on)),
            arose_on: row.imposed_on,
            row: row.id,
        });
    }
    found
}

fn of_places(app: &App, rows: &[Place], under_way: &[(OrganisationId,)], now: Moment) -> Vec<DueWork> {
    let rules = app.book.on(now.date());
    let mut by_organisation: BTreeMap<OrganisationId, Vec<(&Place, ListingFact)>> = BTreeMap::new();
    for row in rows {
        by_organisation.entry(row.organisation_id).or_default().push((row, fact(row)));
    }
    let mut found = Vec::new();
    for (organisation, places) in by_organisation {
        let facts: Vec<ListingFact> = places.iter().map(|(_, fact)| *fact).collect();
        let make = |kind, ground, row: &Place, due: Date| DueWork {
            kind,
            due_on: Some(due),
            organisation,
            uscc: row.uscc.clone(),
            name: row.name.clone(),
            ground,
            arose_on: due,
            row: row.id,
        };
        for (row, fact) in &places {
            if let Some(day) = exits_on(fact, &facts, rules).filter(|day| *day <= now.date()) {
                found.push(make(DueKind::Exit, fact.ground, row, day));
            }
        }
        let is_free = list_at(&facts, now) != Some(CreditList::Serious)
            && !under_way.iter().any(|(id,)| *id == organisation);
        let since = serious_on(&facts, now, rules).filter(|day| is_free && *day <= now.date());
        if let (Some(day), Some((row, _))) = (since, places.first()) {
            let due_on = entry_due(app, day, now);
            found.push(DueWork {
                due_on,
                ..make(DueKind::TwoYears, ListingGround::AbnormalTwoYears, row, day)
            });
        }
    }
    found
}

fn fact(row: &Place) -> ListingFact {
    ListingFact {
        list: row.list,
        ground: standing::ground_of(&row.ground),
        listed_at: row.listed_at.unwrap_or(Moment::start_of(row.listed_on)),
        removed_at: row.removed_at.or(row.removed_on.map(Moment::start_of)),
    }
}

/// Does everything that is due. The outcome is how many things were done.
#[derive(Clone, Debug)]
pub struct DoWhatIsDue;

impl Act for DoWhatIsDue {
    type Outcome = i64;
    const NAME: &'static str = "registry.do_credit_due";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let (app, now) = (cx.app, cx.now);
        let all = find(app, &mut Source::Tx(&mut cx.tx), now).await?;
        let mut done = 0;
        for one in &all {
            match one.kind {
                DueKind::Exit => {
                    let held = lock_listing(cx, one.row).await?;
                    removal::end(cx, &held, "expired", "列入满规定期限，自动移出").await?;
                }
                DueKind::SuspensionOver => step::keep(cx, one.organisation).await?,
                DueKind::Absence | DueKind::Penalty | DueKind::Arisen | DueKind::TwoYears => {
                    // One proposal a ground and a day is enough; the next run finds what came meanwhile.
                    match propose(cx, &proposal(one)).await {
                        Ok(_) => {}
                        Err(Error::Refused(_)) => continue,
                        Err(other) => return Err(other),
                    }
                }
            }
            done += 1;
        }
        Ok(done)
    }
}

fn proposal(one: &DueWork) -> Proposal {
    let list = one.ground.list().unwrap_or(CreditList::Abnormal);
    let evidence = match one.kind {
        DueKind::Absence => "年度检查记录：未按时报送年度报告。",
        DueKind::Penalty => "行政处罚决定书已登记并复核。",
        DueKind::TwoYears => "活动异常名录记录：列入已满两年。",
        DueKind::Arisen | DueKind::Exit | DueKind::SuspensionOver => "登记库记录。",
    };
    Proposal {
        organisation: one.organisation,
        list,
        ground: one.ground,
        arose_on: one.arose_on,
        evidence: evidence.to_owned(),
        penalty: (one.kind == DueKind::Penalty).then_some(one.row),
        inspection: (one.kind == DueKind::Absence).then_some(one.row),
    }
}
