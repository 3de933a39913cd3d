//! Killing the program at any moment loses nothing that was acknowledged.
//!
//! The test starts itself as a child that adds offices from several tasks and prints the code of each one
//! after its commit was acknowledged. The parent kills it (SIGKILL) at moments that differ from round to
//! round, opens the city again and looks for every printed code.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use app::access::offices::AddOffice;
use app::{App, City, Clock, RequestKey, Settings, args, journal};
use domain::kernel::Actor;

use crate::support::{databases, start};

const ROUNDS: u32 = 12;
const TASKS: u32 = 8;
const FOLDER: &str = "GONGZHI_CRASH_FOLDER";
const DATABASE: &str = "GONGZHI_CRASH_DATABASE";
const ROUND: &str = "GONGZHI_CRASH_ROUND";

pub fn open(folder: &str, database: Option<String>) -> City {
    let settings = Settings { folder: folder.into(), database, clock: Clock::held(start()), is_demo: true };
    Arc::new(App::open(settings).expect("the city opens"))
}

/// The city that a child works in, and its round; none when this is not the child.
pub fn childs_city() -> Option<(City, String)> {
    let folder = std::env::var(FOLDER).ok()?;
    let round = std::env::var(ROUND).ok()?;
    Some((open(&folder, std::env::var(DATABASE).ok()), round))
}

/// The child's part; without its variables it is not the child and has nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn the_child_that_is_killed() {
    let Some((city, round)) = childs_city() else { return };
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let (city, round) = (city.clone(), round.clone());
        tasks.push(tokio::spawn(async move {
            for number in 0..100_000 {
                let code = format!("r{round}t{task}n{number}");
                let office = AddOffice {
                    code: code.clone(),
                    name: "甲".into(),
                    name_en: "A".into(),
                    duties: "乙".into(),
                };
                city.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
                println!("acknowledged {code}.");
            }
        }));
    }
    for task in tasks {
        task.await.expect("a task");
    }
}

#[tokio::test]
async fn killing_the_program_loses_nothing_that_was_acknowledged() {
    for (name, database) in databases("crash") {
        let folder = std::env::temp_dir().join(format!("gongzhi-crash-{}-{name}", std::process::id()));
        let folder = folder.to_str().expect("a plain path").to_owned();
        open(&folder, database.clone()).db.migrate().await.expect("the schema is built");
        let mut acknowledged = Vec::new();
        for round in 0..ROUNDS {
            acknowledged.extend(one_round(
                "crash::the_child_that_is_killed",
                &folder,
                database.as_deref(),
                round,
            ));
            let city = open(&folder, database.clone());
            for code in &acknowledged {
                let held = city.db.number("SELECT count(*) FROM office WHERE code = $1", args![code]).await;
                assert_eq!(held, Ok(1), "{name}, round {round}: {code} was acknowledged");
            }
            assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![], "{name}, round {round}");
        }
        assert!(acknowledged.len() >= usize::try_from(ROUNDS).expect("few rounds"), "the child worked");
        std::fs::remove_dir_all(&folder).expect("the folder goes");
    }
}

/// Starts the child, kills it after it has acknowledged a few, and gives what it had acknowledged.
pub fn one_round(child: &str, folder: &str, database: Option<&str>, round: u32) -> Vec<String> {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command
        .args([child, "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Some(database) = database {
        command.env(DATABASE, database);
    }
    let mut child = command.spawn().expect("the child starts");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut codes = Vec::new();
    for line in lines {
        // A line cut off by the kill was not read by anyone, so it does not count as an acknowledgement.
        let Ok(line) = line else { break };
        let Some(code) = line.rsplit("acknowledged ").next().filter(|_| line.contains("acknowledged "))
        else {
            continue;
        };
        codes.push(code.to_owned());
        if codes.len() == 1 {
            // From here on the moment of the kill differs by round, in steps shorter than one commit.
            std::thread::sleep(Duration::from_micros(900 + u64::from(round) * 1_700));
            child.kill().expect("killed");
        }
    }
    child.wait().expect("it ended");
    codes.retain(|code| code.ends_with('.'));
    codes.iter_mut().for_each(|code| {
        code.pop();
    });
    codes
}
