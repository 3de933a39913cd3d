//! The use cases of Gongzhi: load, decide, save and journal in one transaction.
//!
//! The only crate that holds SQL. Pages, the API and the command line call the same use cases, each a
//! command that implements `Act`; rules live in `domain`, which this crate feeds with facts.

pub mod access;
pub mod act;
pub mod blobs;
pub mod catalogue;
pub mod chance;
pub mod clock;
pub mod contracts;
pub mod cultivation;
pub mod db;
pub mod deadlines;
pub mod divisions;
pub mod documents;
pub mod error;
pub mod frozen;
pub mod funds;
mod ids;
pub mod inbox;
pub mod journal;
pub mod open_data;
pub mod papers;
pub mod performance;
pub mod registry;
pub mod rulebook;
pub mod sheets;
pub mod supervision;
pub mod tendering;
pub mod uploads;

use std::path::PathBuf;
use std::sync::Arc;

use domain::kernel::{Calendar, Grounds, RuleBook};

pub use act::{Act, Cx, Kept, RequestKey};
pub use chance::Chance;
pub use clock::Clock;
pub use error::Error;

/// Everything that a use case may reach: one city.
pub struct App {
    /// The city's database.
    pub db: db::Db,
    /// The only source of "now".
    pub clock: Clock,
    /// The only source of randomness.
    pub chance: Chance,
    /// The law, dated.
    pub book: RuleBook,
    /// Which days are working days.
    pub calendar: Calendar,
    /// What each rule says and where it comes from.
    pub grounds: Arc<Grounds>,
    /// Uploaded files by digest.
    pub blobs: blobs::Blobs,
    /// How hard passwords are hashed.
    pub hashing: access::Hashing,
    /// True in `gongzhi demo`: one-click sign-in and a clock that can be moved.
    pub is_demo: bool,
    ids: ids::Ids,
    figures: registry::figures::Kept,
}

/// One city, shared by all doors.
pub type City = Arc<App>;

/// Where a city lives and how it starts.
pub struct Settings {
    /// Folder of the database file and the uploaded files.
    pub folder: PathBuf,
    /// A PostgreSQL address; without it the folder holds an SQLite file.
    pub database: Option<String>,
    /// The clock to live by.
    pub clock: Clock,
    /// Whether this is a demo.
    pub is_demo: bool,
}

impl App {
    /// Opens the city's database and folder; `migrate` brings a new one up to date.
    pub fn open(settings: Settings) -> Result<App, Error> {
        Self::open_by(settings, Chance::system())
    }

    /// The same with a given source of chance, for tests that compare two cities.
    pub fn open_by(settings: Settings, chance: Chance) -> Result<App, Error> {
        std::fs::create_dir_all(&settings.folder).map_err(|error| Error::Folder(error.to_string()))?;
        let db = match &settings.database {
            Some(address) => db::Db::connect(address)?,
            None => db::Db::open_file(&settings.folder.join("gongzhi.sqlite"))?,
        };
        let local = match std::fs::read_to_string(settings.folder.join("rules.csv")) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::Folder(error.to_string())),
        };
        let (book, calendar, grounds) =
            rulebook::load(local.as_deref()).map_err(|error| Error::RuleBook(error.to_string()))?;
        let ids = ids::Ids::new(&chance)?;
        let hashing = if settings.is_demo { access::Hashing::Demo } else { access::Hashing::Full };
        let blobs = blobs::Blobs::new(settings.folder.join("blobs"));
        let (clock, is_demo) = (settings.clock, settings.is_demo);
        let grounds = Arc::new(grounds);
        Ok(App {
            db,
            clock,
            chance,
            book,
            calendar,
            grounds,
            blobs,
            hashing,
            is_demo,
            ids,
            figures: registry::figures::Kept::default(),
        })
    }
}
