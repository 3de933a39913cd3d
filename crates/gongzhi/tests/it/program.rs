//! The program, started on a city of its own, and the city looked at from inside.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::{App, City, Clock, Settings};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// Where a city of these tests lives.
#[derive(Clone)]
pub struct Home {
    /// Its folder.
    pub folder: PathBuf,
    /// Its database, when it is no file.
    pub database: Option<String>,
}

/// A fresh home on SQLite, and another on PostgreSQL when there is a server.
pub fn homes(mark: &str) -> Vec<Home> {
    let mark = format!("{mark}_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder = |engine: &str| std::env::temp_dir().join(format!("gongzhi-{mark}-{engine}"));
    let mut homes = vec![Home { folder: folder("sqlite"), database: None }];
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        let joint = if server.contains('?') { '&' } else { '?' };
        let database = Some(format!("{server}{joint}schema=t_{mark}"));
        homes.push(Home { folder: folder("postgres"), database });
    }
    homes
}

impl Home {
    /// The city from inside, on the wall clock like the program's own.
    pub fn open(&self) -> City {
        let settings = Settings {
            folder: self.folder.clone(),
            database: self.database.clone(),
            clock: Clock::wall(),
            is_demo: false,
        };
        Arc::new(App::open(settings).expect("the city opens"))
    }

    /// A command about this city, not started yet.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongzhi"));
        command.args(words).arg("--data").arg(&self.folder).stdin(Stdio::null());
        if let Some(database) = &self.database {
            command.arg("--database").arg(database);
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the program runs")
    }

    /// Serves the city; the address is what the program says.
    pub fn serve(&self) -> (Child, SocketAddr) {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut said).expect("a line");
        let address = said.trim().strip_prefix("listening http://").and_then(|text| text.parse().ok());
        (child, address.unwrap_or_else(|| panic!("no address in {said:?}")))
    }

    /// The folder goes; a schema stays with its server.
    pub fn clear(&self) {
        std::fs::remove_dir_all(&self.folder).expect("the folder goes");
    }
}

/// What a command printed.
pub fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
