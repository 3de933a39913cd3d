//! A fresh city for each test, on each database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::{App, City, Clock, Settings};
use domain::kernel::{Actor, Moment};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// Monday 2014-01-06, 09:00 in Beijing: where the tests' clocks start.
pub fn start() -> Moment {
    Moment::beijing("2014-01-06".parse().expect("a date"), 9, 0)
}

/// The databases to test on, by name: an SQLite file, and a fresh schema when there is a server.
pub fn databases(mark: &str) -> Vec<(&'static str, Option<String>)> {
    let mut all = vec![("sqlite", None)];
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        let joint = if server.contains('?') { '&' } else { '?' };
        let schema = format!("t_{mark}_{}", std::process::id());
        all.push(("postgres", Some(format!("{server}{joint}schema={schema}"))));
    }
    all
}

/// Runs `test` in a fresh city on SQLite, and again on PostgreSQL when there is a server.
pub async fn on_both(test: impl AsyncFn(City)) {
    on_both_since(start(), test).await;
}

/// The same with clocks that start at another moment.
pub async fn on_both_since(start: Moment, test: impl AsyncFn(City)) {
    let mark = format!("{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(format!("gongzhi-test-{mark}"));
    for (_, database) in databases(&mark) {
        let settings =
            Settings { folder: folder.clone(), database, clock: Clock::held(start), is_demo: true };
        let city: City = Arc::new(App::open(settings).expect("the city opens"));
        city.db.migrate().await.expect("the schema is built");
        test(city).await;
        std::fs::remove_dir_all(&folder).expect("the folder goes");
    }
}

/// Runs `test` in a fresh city on SQLite alone: for many random histories, of which each takes its time.
pub async fn on_sqlite(test: impl AsyncFnOnce(City)) {
    let mark = format!("{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(format!("gongzhi-test-{mark}"));
    let settings =
        Settings { folder: folder.clone(), database: None, clock: Clock::held(start()), is_demo: true };
    let city: City = Arc::new(App::open(settings).expect("the city opens"));
    city.db.migrate().await.expect("the schema is built");
    test(city).await;
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

/// The system itself, as when a city is founded.
pub fn system() -> Actor {
    Actor::SYSTEM
}
