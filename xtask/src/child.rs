//! Runs another program as one named step: live progress on a terminal, one line in a pipe, and
//! everything it said when it fails.

use crate::clock::Stopwatch;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// What a finished step left behind.
pub struct Finished {
    /// Whether the exit code was zero.
    pub succeeded: bool,
    /// Standard output and standard error, in the order they arrived.
    pub output: String,
}

/// Runs `command` as the step `name`; its output is kept, and shown in full when it fails.
pub fn step(name: &str, command: &mut Command) -> Result<Finished> {
    let watch = Stopwatch::start();
    let terminal = std::io::stdout().is_terminal();
    if !terminal {
        println!("{name} ...");
    }
    let finished = capture(name, command, terminal, watch)?;
    let seconds = watch.elapsed().as_secs();
    let verdict = if finished.succeeded { "done" } else { "FAILED" };
    clear_line(terminal);
    println!("{name}: {verdict} in {seconds} s");
    if !finished.succeeded {
        print!("{}", finished.output);
    }
    Ok(finished)
}

fn capture(name: &str, command: &mut Command, terminal: bool, watch: Stopwatch) -> Result<Finished> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {program}"))?;
    let (sender, lines) = channel();
    let readers = [
        child.stdout.take().map(|pipe| read_lines(pipe, sender.clone())),
        child.stderr.take().map(|pipe| read_lines(pipe, sender.clone())),
    ];
    drop(sender);
    let output = collect(name, &lines, terminal, watch);
    for reader in readers.into_iter().flatten() {
        let _ = reader.join();
    }
    let status = child.wait().with_context(|| format!("cannot wait for {program}"))?;
    Ok(Finished { succeeded: status.success(), output })
}

fn read_lines(pipe: impl Read + Send + 'static, lines: Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(b'\n', &mut bytes), Ok(count) if count > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            bytes.clear();
            if lines.send(line).is_err() {
                return;
            }
        }
    })
}

fn collect(name: &str, lines: &Receiver<String>, terminal: bool, watch: Stopwatch) -> String {
    let mut output = String::new();
    let mut latest = String::new();
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => {
                output.push_str(&line);
                output.push('\n');
                latest = line;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return output,
        }
        if terminal {
            show_progress(name, &latest, watch);
        }
    }
}

fn show_progress(name: &str, latest: &str, watch: Stopwatch) {
    let elapsed = watch.elapsed().as_secs();
    let shown: String = latest.trim().chars().filter(|c| !c.is_control()).take(60).collect();
    print!("\r\x1b[2K{name} [{:02}:{:02}] {shown}", elapsed / 60, elapsed % 60);
    let _ = std::io::stdout().flush();
}

fn clear_line(terminal: bool) {
    if terminal {
        print!("\r\x1b[2K");
        let _ = std::io::stdout().flush();
    }
}

/// Standard output of a short command, or nothing when it cannot run or fails.
pub fn ask(program: &str, words: &[&str]) -> Option<String> {
    let answer = Command::new(program).args(words).stdin(Stdio::null()).output().ok()?;
    answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}
