//! Starts our release program for a measurement, and looks at what it costs the machine.

use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

/// A running server of ours; dropping it kills the process.
pub struct Server {
    child: Child,
    /// Where it listens, such as `127.0.0.1:8080`.
    pub host: String,
}

impl Server {
    /// Starts `program words... --listen 127.0.0.1:0` and waits for its line `listening http://HOST`.
    pub fn start(program: &Path, words: &[&str]) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(words).args(["--listen", "127.0.0.1:0"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        let pipe = child.stdout.take().context("no standard output")?;
        let mut lines = BufReader::new(pipe).lines();
        let mut server = Self { child, host: String::new() };
        for line in lines.by_ref() {
            if let Some(address) = line?.trim().strip_prefix("listening http://") {
                server.host = address.trim_end_matches('/').to_owned();
                thread::spawn(move || lines.for_each(drop));
                return Ok(server);
            }
        }
        bail!("`gongzhi {}` ended before it listened", words.join(" "))
    }

    /// Resident memory in KiB, from the kernel's own book-keeping.
    pub fn resident_kib(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()).context("no VmRSS line")?;
        Ok(number.parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder for one bench run; dropping it deletes the folder.
pub struct Scratch(pub PathBuf);

impl Scratch {
    /// Creates the folder.
    pub fn create() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("gongzhi-bench-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// A path inside the folder, as a word of a command line.
    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
