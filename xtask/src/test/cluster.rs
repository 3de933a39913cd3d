//! A PostgreSQL cluster of our own, that lives as long as one test run.
//!
//! Why not the machine's: tests create and drop schemas, and a developer's databases are not ours to touch.
//! The cluster is started by a watching shell in a process group of its own that waits for its standard
//! input to close. When this tool ends in whatever way (return, panic, Ctrl-C, kill), the kernel closes
//! that pipe, and the shell stops the server and deletes the folder.

use super::install::is_root;
use super::needs;
use crate::child::{ask, step};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// The only database user; its password is drawn anew for each run.
const USER: &str = "gongzhi";
const CHECKS_PER_SECOND: u32 = 10;
const START_SECONDS_MAX: u32 = 60;

/// What the watching shell does: `$1` is the folder, the rest is the command that starts the server.
/// QUIT is PostgreSQL's immediate shutdown; TERM ends whatever stands in its place and ignores QUIT.
const WATCH: &str = r#"
folder=$1; shift
"$@" >"$folder/server.log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT "$server" 2>/dev/null
kill -TERM "$server" 2>/dev/null
wait "$server" 2>/dev/null
rm -rf "$folder"
"#;

/// A running throw-away cluster; dropping it stops the server and deletes its files.
pub struct Cluster {
    watcher: Child,
    url: String,
}

/// An ordinary user that the server may run as: PostgreSQL refuses root.
struct RunAs {
    name: &'static str,
    uid: u32,
    gid: u32,
}

impl Cluster {
    /// Creates and starts a cluster on a free port of this machine.
    pub fn start() -> Result<Self> {
        let programs = needs::server_folder().context("no PostgreSQL server programs")?;
        let run_as = if is_root() { Some(RunAs::find()?) } else { None };
        let password = draw_password()?;
        let folder = create_folder(run_as.as_ref(), &password)?;
        if let Err(error) = initialise(&programs, &folder, run_as.as_ref()) {
            let _ = fs::remove_dir_all(&folder);
            return Err(error);
        }
        let port = free_port()?;
        let watcher = launch(&programs, &folder, run_as.as_ref(), port)?;
        let url = format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres");
        let mut cluster = Self { watcher, url };
        cluster.wait_until_ready(&programs, &folder, port)?;
        println!("PostgreSQL: a throw-away cluster listens on port {port}");
        Ok(cluster)
    }

    /// The address that tests connect to.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn wait_until_ready(&mut self, programs: &Path, folder: &Path, port: u16) -> Result<()> {
        let ready = programs.join("pg_isready").to_string_lossy().into_owned();
        let port = port.to_string();
        for _ in 0..START_SECONDS_MAX * CHECKS_PER_SECOND {
            if ask(&ready, &["-q", "-h", "127.0.0.1", "-p", &port]).is_some() {
                return Ok(());
            }
            thread::sleep(Duration::from_secs(1) / CHECKS_PER_SECOND);
        }
        let log = fs::read_to_string(folder.join("server.log")).unwrap_or_default();
        bail!("PostgreSQL did not start within {START_SECONDS_MAX} s; its log says:\n{log}")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        let _ = self.watcher.wait();
    }
}

impl RunAs {
    fn find() -> Result<Self> {
        for name in ["postgres", "nobody"] {
            let ids = ask("id", &["-u", name]).zip(ask("id", &["-g", name]));
            if let Some((uid, gid)) = ids {
                return Ok(Self { name, uid: uid.parse()?, gid: gid.parse()? });
            }
        }
        bail!("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`")
    }
}

fn create_folder(run_as: Option<&RunAs>, password: &str) -> Result<PathBuf> {
    let name = format!("gongzhi-test-{}-{}", std::process::id(), &password[..8]);
    let folder = std::env::temp_dir().join(name);
    fs::DirBuilder::new().mode(0o700).create(&folder).context("cannot create a temporary folder")?;
    let secret = folder.join("password");
    fs::write(&secret, password)?;
    if let Some(user) = run_as {
        for path in [&secret, &folder] {
            chown(path, Some(user.uid), Some(user.gid))?;
        }
    }
    Ok(folder)
}

fn initialise(programs: &Path, folder: &Path, run_as: Option<&RunAs>) -> Result<()> {
    let mut command = as_user(run_as, &programs.join("initdb"));
    command.current_dir(folder).arg("--pgdata").arg(folder.join("data"));
    command.args(["--username", USER, "--auth=scram-sha-256", "--pwfile"]).arg(folder.join("password"));
    command.args(["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
    if !step("PostgreSQL cluster", &mut command)?.succeeded {
        bail!("initdb failed; its output is above");
    }
    Ok(())
}

fn launch(programs: &Path, folder: &Path, run_as: Option<&RunAs>, port: u16) -> Result<Child> {
    let server = as_user(run_as, &programs.join("postgres"));
    let mut watcher = Command::new("sh");
    watcher.args(["-c", WATCH, "watch"]).arg(folder).arg(server.get_program()).args(server.get_args());
    watcher.arg("-D").arg(folder.join("data")).arg("-k").arg(folder).args(["-h", "127.0.0.1"]);
    watcher.args(["-p", &port.to_string(), "-c", "max_connections=200", "-c", "log_min_messages=error"]);
    watcher.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    watcher.process_group(0).spawn().context("cannot start the shell that watches PostgreSQL")
}

/// `program`, run as the user that the server may run as.
fn as_user(run_as: Option<&RunAs>, program: &Path) -> Command {
    let Some(user) = run_as else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args(["--reuid", user.name, "--regid", &user.gid.to_string(), "--clear-groups", "--"]);
    command.arg(program);
    command
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn draw_password() -> Result<String> {
    let mut bytes = [0_u8; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_watching_shell_cleans_up_when_its_input_closes() {
        let folder = std::env::temp_dir().join(format!("gongzhi-watch-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut watcher = Command::new("sh");
        watcher.args(["-c", WATCH, "watch"]).arg(&folder).args(["sleep", "600"]);
        let watcher = watcher.process_group(0).stdin(Stdio::piped()).spawn().unwrap();
        let cluster = Cluster { watcher, url: String::new() };
        assert!(folder.exists());
        drop(cluster);
        assert!(!folder.exists());
    }
}
