//! What only many rows together show: splitting (C2), the same winner (S69), an office without director (E4),
//! a year of a long contract that nobody judged (C51), two red lights running (E7).

use std::collections::BTreeMap;

use domain::catalogue::splitting::{self, EarlierPurchase};
use domain::contracts::Term;
use domain::kernel::{Coded, Date, Fen, Level, Moment, OfficeId, OrganisationId, RuleBook, RuleKey};
use domain::supervision::FindingKind;
use domain::supervision::finding::is_same_winner;
use domain::supervision::indicator::{self, Light, Share};
use domain::tendering::procedure::ProcedureKind;

use super::indicator::{DistrictReport, reports};
use super::look::Seen;
use crate::divisions;
use crate::{App, Error, args, row};

row! {
    /// A signed contract with what tells whether it belongs to a pattern.
    struct Bought {
        office_id: OfficeId,
        office: String,
        office_code: String,
        organisation_id: OrganisationId,
        organisation: String,
        uscc: String,
        function_kind: String,
        fund_source: String,
        year: i64,
        procedure: String,
        amount_fen: Fen,
        at: Moment,
    }
}

row! {
    /// A contract over several years, with how many of them are judged.
    struct Long {
        id: i64,
        office_id: OfficeId,
        number: String,
        title: String,
        rules_on: Date,
        starts_on: Date,
        ends_on: Date,
        judged: i64,
    }
}

row! {
    /// An office without a director.
    struct Headless {
        id: OfficeId,
        code: String,
        name: String,
        since: Option<Moment>,
        listed_at: Option<Moment>,
    }
}

const BOUGHT: &str =
    "SELECT c.office_id, f.name AS office, f.code AS office_code, c.organisation_id, o.name AS organisation,
      o.uscc, i.function_kind, i.fund_source, i.year, t.procedure, c.amount_fen, c.published_at AS at
    FROM contract c JOIN tender t ON t.id = c.tender_id JOIN item i ON i.id = t.item_id
      JOIN office f ON f.id = c.office_id JOIN organisation o ON o.id = c.organisation_id
    WHERE c.published_at IS NOT NULL ORDER BY c.published_at, c.id";

pub(super) async fn look(app: &App, today: Date) -> Result<Vec<Seen>, Error> {
    let bought: Vec<Bought> = app.db.all(BOUGHT, args![]).await?;
    let mut found = split(&app.book, &bought);
    found.extend(same_winner(&app.book, &bought));
    found.extend(headless(app, today).await?);
    found.extend(unjudged(app, today).await?);
    found.extend(red(app, today).await?);
    Ok(found)
}

/// Every year of a long contract that is over, but the last, without its published evaluation (C51).
async fn unjudged(app: &App, today: Date) -> Result<Vec<Seen>, Error> {
    let sql = "SELECT c.id, c.office_id, c.number, c.title, t.rules_on, c.starts_on, c.ends_on,
                 (SELECT count(*) FROM evaluation e WHERE e.contract_id = c.id AND e.kind = 'yearly'
                    AND e.stage = 'published') AS judged
               FROM contract c JOIN tender t ON t.id = c.tender_id
               WHERE c.stage = 'signed' AND c.starts_on < $1 AND c.long_term_ticks <> '' ORDER BY c.id";
    let mut found = Vec::new();
    for one in app.db.all::<Long>(sql, args![today]).await? {
        let (term, rules) = (Term { starts: one.starts_on, ends: one.ends_on }, app.book.on(one.starts_on));
        for year in one.judged + 1..term.years(rules) {
            let Some(over) = term.year_begins(year + 1, rules).filter(|over| *over <= today) else { break };
            found.push(Seen {
                kind: FindingKind::YearUnjudged,
                row: one.id,
                occasion: year.to_string(),
                subject: one.number.clone(),
                title: one.title.clone(),
                office: one.office_id,
                arose_on: over,
                due_on: None,
                rules_on: one.rules_on,
            });
        }
    }
    Ok(found)
}

/// The cumulative counter of each office, kind of service, source of money and year (C2).
fn split(book: &RuleBook, bought: &[Bought]) -> Vec<Seen> {
    let mut counters: BTreeMap<(OfficeId, &str, &str, i64), Vec<EarlierPurchase>> = BTreeMap::new();
    let mut found: BTreeMap<(OfficeId, &str, &str, i64), Seen> = BTreeMap::new();
    for one in bought {
        let key = (one.office_id, one.function_kind.as_str(), one.fund_source.as_str(), one.year);
        let day = one.at.date();
        let threshold = book.on(day).money(RuleKey::SplittingThreshold);
        let is_open = one.procedure == ProcedureKind::OpenCompetition.code();
        let earlier = counters.entry(key).or_default();
        if splitting::finding(earlier, one.amount_fen, is_open, threshold).level == Level::Warn {
            found.entry(key).or_insert_with(|| Seen {
                kind: FindingKind::SplitPurchase,
                row: one.office_id.0,
                occasion: format!("{}/{}/{}", one.function_kind, one.fund_source, one.year),
                subject: one.office_code.clone(),
                title: one.office.clone(),
                office: one.office_id,
                arose_on: day,
                due_on: None,
                rules_on: day,
            });
        }
        earlier.push(EarlierPurchase { amount: one.amount_fen, was_open: is_open });
    }
    found.into_values().collect()
}

fn same_winner(book: &RuleBook, bought: &[Bought]) -> Vec<Seen> {
    let mut offices: BTreeMap<(OfficeId, i64), i64> = BTreeMap::new();
    let mut winners: BTreeMap<(OfficeId, i64, OrganisationId), (i64, &Bought)> = BTreeMap::new();
    for one in bought {
        *offices.entry((one.office_id, one.year)).or_default() += 1;
        let held = winners.entry((one.office_id, one.year, one.organisation_id)).or_insert((0, one));
        *held = (held.0 + 1, one);
    }
    let of_office = |office, year| offices.get(&(office, year)).copied().unwrap_or_default();
    let odd = winners.into_iter().filter(|((office, year, _), (won, last))| {
        is_same_winner(*won, of_office(*office, *year), book.on(last.at.date()))
    });
    odd.map(|((office, year, organisation), (_, last))| Seen {
        kind: FindingKind::SameWinner,
        row: organisation.0,
        occasion: format!("{}/{year}", last.office_code),
        subject: last.uscc.clone(),
        title: last.organisation.clone(),
        office,
        arose_on: last.at.date(),
        due_on: None,
        rules_on: last.at.date(),
    })
    .collect()
}

async fn headless(app: &App, today: Date) -> Result<Vec<Seen>, Error> {
    let sql = "SELECT f.id, f.code, f.name, (SELECT max(d.until) FROM directorship d WHERE d.office_id = f.id) AS since,
                 (SELECT min(i.listed_at) FROM item i WHERE i.office_id = f.id AND i.stage = 'listed') AS listed_at
               FROM office f WHERE EXISTS (SELECT 1 FROM item i WHERE i.office_id = f.id AND i.stage = 'listed')
                 AND NOT EXISTS (SELECT 1 FROM directorship d WHERE d.office_id = f.id AND d.until IS NULL)";
    let rows: Vec<Headless> = app.db.all(sql, args![]).await?;
    let seen = |one: Headless| {
        let arose_on = one.since.or(one.listed_at).map_or(today, Moment::date);
        Seen {
            kind: FindingKind::DirectorMissing,
            row: one.id.0,
            occasion: arose_on.to_string(),
            subject: one.code,
            title: one.name,
            office: one.id,
            arose_on,
            due_on: None,
            rules_on: arose_on,
        }
    };
    Ok(rows.into_iter().map(seen).collect())
}

/// Districts whose light was red as often running as the rule says; the finding is about the first red.
async fn red(app: &App, today: Date) -> Result<Vec<Seen>, Error> {
    let mut series: BTreeMap<(&'static str, String, i64), Vec<DistrictReport>> = BTreeMap::new();
    for one in reports(app, None).await? {
        let key = (one.indicator.code(), one.district.clone(), one.year);
        series.entry(key).or_default().push(one);
    }
    let mut found = Vec::new();
    for held in series.into_values() {
        let rules = app.book.on(today);
        let lights: Vec<Light> = held
            .iter()
            .map(|one| {
                let share = Share { part: one.part_fen.0, whole: one.whole_fen.0 };
                indicator::light(one.indicator, share, rules)
            })
            .collect();
        if !indicator::needs_ticket(&lights, rules) {
            continue;
        }
        let first = held.len().saturating_sub(indicator::reds_running(&lights));
        if let (Some(first), Some(last)) = (held.get(first), held.last()) {
            let day = last.reported_at.date();
            found.push(Seen {
                kind: FindingKind::IndicatorRed,
                row: first.id,
                occasion: String::new(),
                subject: first.district.clone(),
                title: divisions::district_name(&first.district).to_owned(),
                office: first.office_id,
                arose_on: day,
                due_on: None,
                rules_on: day,
            });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bought(office: i64, organisation: i64, procedure: &str, yuan: i64) -> Bought {
        Bought {
            office_id: OfficeId(office),
            office: "处".into(),
            office_code: format!("o{office}"),
            organisation_id: OrganisationId(organisation),
            organisation: "单位".into(),
            uscc: format!("u{organisation}"),
            function_kind: "training".into(),
            fund_source: "department_budget".into(),
            year: 2014,
            procedure: procedure.into(),
            amount_fen: Fen::yuan(yuan),
            at: Moment::beijing(Date::constant(2014, 3, 3), 9, 0),
        }
    }

    fn book() -> RuleBook {
        crate::rulebook::load(None).expect("the shipped rules").0
    }

    #[test]
    fn small_parts_by_closed_methods_are_counted_together() {
        let open = ProcedureKind::OpenCompetition.code();
        for (rows, expected) in [
            (vec![bought(1, 1, "inquiry", 300_000), bought(1, 2, "inquiry", 200_001)], 1),
            (vec![bought(1, 1, "inquiry", 300_000), bought(1, 2, "inquiry", 200_000)], 0),
            (vec![bought(1, 1, open, 300_000), bought(1, 2, open, 300_000)], 0),
            (vec![bought(1, 1, "inquiry", 300_000), bought(2, 2, "inquiry", 300_000)], 0),
        ] {
            let found = split(&book(), &rows);
            assert_eq!(found.len(), expected);
            assert!(
                found.iter().all(|one| one.kind == FindingKind::SplitPurchase && one.office == OfficeId(1))
            );
        }
    }

    #[test]
    fn one_organisation_that_wins_most_is_pointed_out() {
        let open = ProcedureKind::OpenCompetition.code();
        let row = |office, organisation| bought(office, organisation, open, 1);
        let odd = same_winner(&book(), &[row(1, 7), row(1, 7), row(1, 7), row(1, 8), row(2, 7)]);
        assert_eq!(odd.len(), 1);
        assert_eq!((odd[0].row, odd[0].office, odd[0].occasion.as_str()), (7, OfficeId(1), "o1/2014"));
        assert!(same_winner(&book(), &[row(1, 7), row(1, 7), row(2, 7)]).is_empty());
    }
}
