//! A generated city: the same for the same seed, sound by the rules, and figures that equal its rows.

use std::cell::RefCell;
use std::collections::BTreeSet;

use app::db::Row;
use app::registry::figures::figures;
use app::registry::generated::{Plan, generate};
use app::registry::{Filter, directory, standing};
use app::{City, journal};
use domain::kernel::{Coded, OrganisationId};
use domain::registry::{CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus};
use evidence::Digest;

use crate::support::on_both;

const PLAN: Plan = Plan { organisations: 600, years: 5, seed: 4 };

/// Every fact with its day, in the order of the codes.
const FACTS: &str = "
    SELECT uscc, 'organisation' AS sort, name AS one, registered_on AS two, status || inspection || listing AS three
    FROM organisation
    UNION ALL SELECT o.uscc, 'inspection', i.state, COALESCE(i.decided_on, i.absent_on, ''),
      COALESCE(i.outcome, '') || CAST(i.year AS TEXT)
    FROM inspection i JOIN organisation o ON o.id = i.organisation_id
    UNION ALL SELECT o.uscc, 'grade', g.grade, g.confirmed_on, g.valid_until || COALESCE(g.ended_on, '')
    FROM rating_grade g JOIN organisation o ON o.id = g.organisation_id
    UNION ALL SELECT o.uscc, 'place', l.ground, l.listed_on, l.arose_on || COALESCE(l.removed_on, '')
    FROM credit_listing l JOIN organisation o ON o.id = l.organisation_id
    UNION ALL SELECT o.uscc, 'status', c.status, c.from_on, c.ground
    FROM status_change c JOIN organisation o ON o.id = c.organisation_id";

async fn digest(city: &City) -> String {
    let rows: Vec<Row> = city.db.all(FACTS, &[]).await.expect("facts");
    let mut lines = BTreeSet::new();
    for row in &rows {
        let cells =
            ["uscc", "sort", "one", "two", "three"].map(|name| row.get::<String>(name).expect("text"));
        lines.insert(cells.join("|"));
    }
    let sorts = ["organisation", "inspection", "grade", "place", "status"];
    assert!(sorts.iter().all(|sort| lines.iter().any(|line| line.contains(&format!("|{sort}|")))));
    Digest::of(lines.into_iter().collect::<Vec<_>>().join("\n").as_bytes()).hex()
}

async fn count(city: &City, sql: &str) -> i64 {
    city.db.number(sql, &[]).await.expect("a count")
}

#[tokio::test]
async fn the_same_seed_gives_the_same_city() {
    let seen = RefCell::new(BTreeSet::new());
    for _ in 0..2 {
        on_both(async |city| {
            let plan = Plan { organisations: 300, ..PLAN };
            let tally = generate(&city, plan, &|_| {}).await.expect("generated");
            assert_eq!((tally.added, tally.unchanged), (300, 0));
            let digest = digest(&city).await;
            let again = generate(&city, plan, &|_| {}).await.expect("generated");
            assert_eq!((again.added, again.unchanged), (0, 300));
            seen.borrow_mut().insert(digest);
        })
        .await;
    }
    assert_eq!(seen.borrow().len(), 1, "one city");
    on_both(async |city| {
        generate(&city, Plan { organisations: 300, seed: 5, ..PLAN }, &|_| {}).await.expect("generated");
        let digest = digest(&city).await;
        assert!(!seen.borrow().contains(&digest), "another seed, another city");
    })
    .await;
}

/// What no rule allows, and no generated row may show.
const NEVER: &[(&str, &str)] = &[
    ("a pass with a ground", "SELECT count(*) FROM inspection i JOIN inspection_ground g ON g.inspection_id = i.id
      WHERE i.outcome = 'pass'"),
    ("less than a pass without a ground", "SELECT count(*) FROM inspection i WHERE i.outcome IN ('basic_pass', 'fail')
      AND NOT EXISTS (SELECT 1 FROM inspection_ground g WHERE g.inspection_id = i.id)"),
    ("a serious ground without a fail", "SELECT count(*) FROM inspection i
      JOIN inspection_ground g ON g.inspection_id = i.id WHERE (g.weight = 'serious') <> (i.outcome = 'fail')"),
    ("nothing to mend after a fault", "SELECT count(*) FROM inspection i WHERE i.outcome IN ('basic_pass', 'fail')
      AND NOT EXISTS (SELECT 1 FROM rectification r WHERE r.inspection_id = i.id)"),
    ("an absence without its place", "SELECT count(*) FROM inspection i WHERE i.state = 'absent' AND NOT EXISTS
      (SELECT 1 FROM credit_listing l WHERE l.organisation_id = i.organisation_id AND l.ground = 'report_overdue'
       AND l.arose_on = i.absent_on)"),
    ("a place removed before it began", "SELECT count(*) FROM credit_listing WHERE removed_on <= listed_on
      OR listed_on < arose_on OR listed_on IS NULL"),
    ("an inspection before the registration", "SELECT count(*) FROM inspection i
      JOIN organisation o ON o.id = i.organisation_id
      WHERE CAST(i.year AS TEXT) < substr(o.registered_on, 1, 4)"),
    ("the young inspected", "SELECT count(*) FROM inspection i JOIN organisation o ON o.id = i.organisation_id
      WHERE (i.state <> 'exempt') = (substr(o.registered_on, 1, 4) = CAST(i.year AS TEXT)
        AND substr(o.registered_on, 6, 2) > '06')"),
    ("an inspection of the filed", "SELECT count(*) FROM inspection i JOIN organisation o ON o.id = i.organisation_id
      WHERE o.legal = 'filed'"),
    ("a grade before two years", "SELECT count(*) FROM rating_grade g JOIN organisation o ON o.id = g.organisation_id
      WHERE CAST(CAST(substr(g.confirmed_on, 1, 4) AS BIGINT) - 2 AS TEXT) || substr(g.confirmed_on, 5)
        < o.registered_on"),
    ("a grade after an absence", "SELECT count(*) FROM rating_grade g JOIN inspection i
      ON i.organisation_id = g.organisation_id WHERE i.state = 'absent'
      AND CAST(i.year + 1 AS TEXT) = substr(g.confirmed_on, 1, 4)"),
    ("a fact after the end", "SELECT count(*) FROM status_change c WHERE
      EXISTS (SELECT 1 FROM inspection i WHERE i.organisation_id = c.organisation_id
        AND COALESCE(i.decided_on, i.absent_on, '') >= c.from_on)
      OR EXISTS (SELECT 1 FROM rating_grade g WHERE g.organisation_id = c.organisation_id
        AND g.confirmed_on >= c.from_on)
      OR EXISTS (SELECT 1 FROM credit_listing l WHERE l.organisation_id = c.organisation_id
        AND l.ground <> 'certificate_revoked' AND (l.listed_on >= c.from_on OR l.removed_on >= c.from_on))"),
    ("cancelled with a place on a list", "SELECT count(*) FROM organisation WHERE status = 'cancelled'
      AND listing <> 'none'"),
    ("a name without its mark, or twice", "SELECT (SELECT count(*) FROM organisation WHERE name NOT LIKE '%示例%'
      OR is_demo = 0) + count(*) - count(DISTINCT name) FROM organisation"),
];

#[tokio::test]
async fn what_happened_is_sound_and_the_register_shows_it() {
    on_both(async |city| {
        generate(&city, PLAN, &|_| {}).await.expect("generated");
        for (what, sql) in NEVER {
            assert_eq!(count(&city, sql).await, 0, "{what}");
        }
        let streets = "SELECT count(DISTINCT division) FROM organisation";
        assert_eq!(count(&city, streets).await, 101);
        let now = city.clock.now();
        let rows: Vec<Row> = city.db.all("SELECT * FROM organisation", &[]).await.expect("rows");
        assert_eq!(rows.len(), PLAN.organisations);
        for row in &rows {
            let id: OrganisationId = row.get("id").expect("an id");
            let known = standing::standing_at(&city, id, now).await.expect("a standing");
            let shown = (
                row.code::<OrganisationStatus>("status").expect("a status"),
                row.code::<InspectionResult>("inspection").expect("a result"),
                row.code::<CreditListing>("listing").expect("a listing"),
            );
            assert_eq!((known.status, known.inspection, known.listing), shown, "{id:?}");
        }
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn figures_of_a_generated_city_open_to_their_rows() {
    on_both(async |city| {
        generate(&city, PLAN, &|_| {}).await.expect("generated");
        let found = figures(&city, city.clock.now().date()).await.expect("figures");
        let living = Filter { is_social: true, is_living: true, ..Filter::default() };
        for part in &found.kinds {
            let filter = Filter { kind: OrganisationKind::from_code(&part.code), ..living.clone() };
            assert_eq!(rows(&city, &filter).await, (part.stock.registered, part.stock.filed), "{}", part.code);
        }
        for part in &found.districts {
            let filter = Filter { district: Some(part.code.clone()), ..living.clone() };
            assert_eq!(rows(&city, &filter).await, (part.stock.registered, part.stock.filed), "{}", part.code);
        }
        assert_eq!(rows(&city, &living).await, (found.stock.registered, found.stock.filed));
        let ended: i64 = found.years.iter().map(|year| year.ended).sum();
        let sql = "SELECT count(*) FROM organisation WHERE legal = 'registered' AND status IN ('cancelled', 'revoked')";
        assert_eq!(ended, count(&city, sql).await);
        assert!(ended > 0);
        let last = found.years.last().map(|year| year.at_end);
        assert_eq!(last, Some(found.stock.registered), "the years end in the stock");
        let registered = Filter { is_social: true, legal: Some(Legal::Registered), ..Filter::default() };
        for year in &found.years {
            let of = Some(year.year);
            for (filter, number) in [
                (Filter { year: of, is_dated: true, ..registered.clone() }, year.added),
                (Filter { ended: of, ..registered.clone() }, year.ended),
                (Filter { at_end: of, ..registered.clone() }, year.at_end),
            ] {
                assert_eq!(rows(&city, &filter).await, (number, 0), "{filter:?}");
                let counts = directory::counts(&city, &filter).await.expect("counts");
                assert_eq!((counts.registered, counts.filed), (number, 0), "{filter:?}");
            }
        }
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

/// Registered and filed, counted from the rows of the list itself.
async fn rows(city: &City, filter: &Filter) -> (i64, i64) {
    let page = directory::list(city, filter, None, PLAN.organisations).await.expect("a list");
    assert!(page.next.is_none());
    let filed = page.rows.iter().filter(|row| row.legal == Legal::Filed).count();
    let of = |number: usize| i64::try_from(number).expect("few");
    (of(page.rows.len() - filed), of(filed))
}
