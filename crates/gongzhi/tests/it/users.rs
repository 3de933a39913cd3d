//! `gongzhi user`: what an administrator does from a terminal, with the exit codes that operations.md names.

use std::io::Write;
use std::process::Stdio;

use app::access::offices::AddOffice;
use app::{RequestKey, journal};
use domain::kernel::Actor;

use crate::program::{Home, homes, printed};

fn add(home: &Home, login: &str, more: &[&str]) -> i32 {
    let mut command = home.command(&["user", "add", "--login", login, "--name", "示例"]);
    let mut child = command.args(more).stdin(Stdio::piped()).spawn().expect("the program starts");
    child.stdin.take().expect("its input").write_all(b"a sentence of the tests\n").expect("typed");
    child.wait().expect("it ended").code().expect("a code")
}

/// Runs a command; gives its exit code and what it printed.
fn run(home: &Home, words: &[&str]) -> (i32, String) {
    let output = home.run(&[&["user"], words].concat());
    (output.status.code().expect("a code"), printed(&output))
}

#[tokio::test]
async fn people_are_looked_after_from_a_terminal() {
    for home in homes("users") {
        let city = home.open();
        city.db.migrate().await.expect("the schema is built");
        let office = AddOffice {
            code: "fushi".into(),
            name: "福事处".into(),
            name_en: "Welfare".into(),
            duties: "福利".into(),
        };
        city.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
        assert_eq!(add(&home, "admin", &["--role", "administrator"]), 0);
        assert_eq!(add(&home, "admin", &["--role", "administrator"]), 1, "the name is taken");
        assert_eq!(add(&home, "li", &["--role", "juggler"]), 2, "no such role");
        assert_eq!(add(&home, "li", &["--role", "office_director", "--office", "fushi"]), 0);
        assert_eq!(add(&home, "wang", &["--role", "office_staff", "--office", "fushi"]), 0);
        let directorship = ["end-post", "--login", "li", "--role", "office_director"];
        assert_eq!(run(&home, &directorship).0, 1, "an office is never without its director");
        let unsaid = [&directorship[..], &["--successor", "wang"]].concat();
        assert_eq!(run(&home, &unsaid).0, 1, "a hand-over is on record");
        let handed = [&unsaid[..], &["--handover", "移交三件采购"]].concat();
        assert_eq!(run(&home, &handed), (0, "ended office_director of li\n".to_owned()));
        assert_eq!(run(&home, &["deactivate", "--login", "admin"]).0, 1, "the last administrator stays");
        assert_eq!(run(&home, &["deactivate", "--login", "nobody"]).0, 1);
        assert_eq!(run(&home, &["deactivate", "--login", "li"]).0, 0);
        let staff = ["end-post", "--login", "wang", "--role", "office_staff"];
        assert_eq!(run(&home, &[&staff[..], &["--last-day", "2001-01-01"]].concat()).0, 1);
        assert_eq!(run(&home, &[&staff[..], &["--last-day", "2099-12-31"]].concat()).0, 0);
        let (code, password) = run(&home, &["reset-password", "--login", "wang"]);
        assert_eq!((code, password.trim().len()), (0, 23));
        let opened = app::access::sessions::sign_in(&city, "wang", password.trim(), "test").await;
        let session = app::access::sessions::find(&city, &opened.expect("signed in").token).await;
        assert!(session.expect("read").expect("a session").must_change);
        let (_, list) = run(&home, &["list"]);
        assert!(list.contains("li\t示例\tclosed\t\n"), "{list}");
        assert!(list.contains("office_director 福事处"), "{list}");
        assert!(list.contains("office_staff 福事处 until 2100-01-01"), "{list}");
        assert_eq!(run(&home, &["activate", "--login", "li"]).0, 0);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
        drop(city);
        home.clear();
    }
}

#[test]
fn every_command_about_people_has_an_example() {
    let [home, ..] = &homes("help")[..] else { panic!("a home") };
    for name in ["add", "list", "end-post", "deactivate", "activate", "reset-password"] {
        let help = home.run(&["user", name, "--help"]);
        assert!(printed(&help).contains("Example: ") && help.status.success(), "{name}");
        assert!(printed(&help).contains(&format!("gongzhi user {name}")), "{name}");
    }
}
