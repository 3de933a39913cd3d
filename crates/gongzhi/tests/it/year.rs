//! The first round of 2014 played to its end a year later: from the terminal, and as a demo that serves.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::Stdio;

use crate::client::send;
use crate::program::{homes, printed};

/// Facts of the seed that the replay computes anew.
const FACTS: usize = 24;

#[test]
fn every_fact_of_the_first_round_comes_out_on_both_databases() {
    for home in homes("replay") {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gongzhi"));
        command.args(["replay", "nanjing-2014"]);
        if let Some(database) = &home.database {
            command.args(["--database", database]);
        }
        let played = command.stdin(Stdio::null()).output().expect("the program runs");
        let said = printed(&played);
        assert!(played.status.success(), "{said}{}", String::from_utf8_lossy(&played.stderr));
        assert!(said.ends_with(&format!("{FACTS} of {FACTS} facts came out\n")), "{said}");
        assert_eq!(said.matches(" ✔").count(), FACTS, "{said}");
        assert!(!said.contains('✘'), "{said}");
    }
}

#[test]
fn the_demo_of_a_year_later_serves_what_the_doctor_finds_sound() {
    for home in homes("year") {
        let mut command = home.command(&["demo", "--year", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut lines = lines.map_while(Result::ok);
        let address: SocketAddr = lines
            .find_map(|line| line.strip_prefix("listening http://").and_then(|text| text.parse().ok()))
            .expect("an address");
        for (path, held) in [
            ("/funds", "2014-BM"),
            ("/evaluations", "NJGZ-HT-2014-"),
            ("/api/v1/payments", "\"outcome\":\"paid\""),
            ("/api/v1/acceptances", "\"accepted_fen\""),
            ("/api/v1/satisfaction", "\"satisfied\""),
            ("/api/v1/evaluations", "\"grade\""),
            ("/api/v1/accounts/2014", "\"parts\""),
        ] {
            let answer = send(address, &format!("GET {path}"), &[], "").expect("an answer");
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.body.contains(held), "{path} without {held}");
        }
        child.kill().expect("killed");
        child.wait().expect("it ended");
        let looked = home.run(&["doctor"]);
        // A demo has accounts whose passwords everyone knows; of that the doctor warns, and of nothing else.
        let said = printed(&looked);
        let faults: Vec<&str> = said.lines().filter(|line| line.starts_with("FAULT")).collect();
        assert!(faults.len() == 1 && faults[0].contains("no demo accounts"), "{said}");
        assert!(said.contains("ok    books balance to the fen"), "{said}");
        home.clear();
    }
}
