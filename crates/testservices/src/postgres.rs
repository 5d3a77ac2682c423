//! A PostgreSQL cluster of a test's own: made by `initdb`, killed, restarted, thrown away.
//!
//! Its own questions (is it there, make a database) go through the Unix socket in its folder, so that they work
//! whatever the cluster asks of connections over TCP. Tests get URLs of the TCP port.

mod options;
mod replica;
mod session;
mod shared;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, bail, ensure};
use tokio_postgres::{NoTls, SimpleQueryMessage};

use crate::folder::Folder;
use crate::process::{self, Process};
use crate::{ports, programs, wait};

pub use options::{Durability, Options, Tls};
pub use session::Session;
pub use shared::{shared, shared_copy, shared_database};

/// The one user, who may do everything.
const USER: &str = "postgres";
/// Ends a cluster without waiting for its clients, but with its shared memory given back.
const IMMEDIATE: &str = "QUIT";
/// Ends a cluster's sessions, then the cluster.
const FAST: &str = "INT";

/// Names databases: no two of a test process are called the same, in whichever cluster they are.
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A running (or killed) cluster.
#[derive(Debug)]
pub struct Postgres {
    process: Option<Process>,
    folder: Folder,
    port: u16,
    settings: Vec<String>,
}

impl Postgres {
    /// Makes a cluster and starts it.
    pub async fn start(options: Options) -> Result<Self> {
        ports::on_free_port(async |port| Self::start_with(&options, &[], port).await).await
    }

    async fn start_with(options: &Options, more: &[&str], port: u16) -> Result<Self> {
        let folder = Folder::new()?;
        init(&folder).await?;
        let mut made = Self::of(folder, options, more, port)?;
        made.start_again().await?;
        Ok(made)
    }

    /// A cluster whose files are in `data` of this folder, not started.
    fn of(folder: Folder, options: &Options, more: &[&str], port: u16) -> Result<Self> {
        let mut settings = options.settings(&folder)?;
        settings.extend(more.iter().map(|setting| (*setting).to_owned()));
        Ok(Postgres { process: None, folder, port, settings })
    }

    /// Where its database `postgres` is found.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// Where one of its databases is found.
    #[must_use]
    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The numbers of its processes, the one that has started all others first; none while it is not running.
    #[must_use]
    pub fn processes(&self) -> Vec<u32> {
        let running = self.process.iter();
        running.flat_map(|process| [process.id()].into_iter().chain(process.descendants())).collect()
    }

    /// Makes an empty database with a name of its own and says where it is found.
    pub async fn fresh_database(&self) -> Result<String> {
        let turn = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{turn}", std::process::id());
        // Nobody can connect to template0, so that it is never too busy to be copied, as template1 may be.
        self.ask(&format!("CREATE DATABASE {name} TEMPLATE template0")).await?;
        Ok(self.url_of(&name))
    }

    /// A database with what is in another, whose last session has ended or is about to: a backup put back.
    pub async fn copied_database(&self, url: &str) -> Result<String> {
        let name = format!("test_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        let original = url.rsplit('/').next().context("no database is named")?;
        let sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity";
        self.ask(&format!("{sessions} WHERE datname = '{original}'")).await?;
        self.ask(&format!("CREATE DATABASE {name} TEMPLATE {original}")).await?;
        Ok(self.url_of(&name))
    }

    /// Ends all its processes where they stand, as a crash of the machine would but for what the kernel has not
    /// written yet.
    pub async fn kill(&mut self) -> Result<()> {
        self.process.take().context("this PostgreSQL is not running")?.kill().await?;
        self.folder.unwatch()?;
        release_memory(&self.folder.join("data/postmaster.pid"));
        Ok(())
    }

    /// Shuts it down, ending its sessions, and starts it at the same port.
    pub async fn restart(&mut self) -> Result<()> {
        let status = self.process.take().context("this PostgreSQL is not running")?.stop(FAST).await?;
        ensure!(status.success(), "PostgreSQL did not shut down well ({status}):\n{}", self.last_words());
        self.start_again().await
    }

    /// Starts it after [`Postgres::kill`], at the same port, and waits until it has recovered and answers.
    pub async fn start_again(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "this PostgreSQL is running");
        let mut command = self.folder.command(&programs::postgres("postgres")?);
        command.arg("-D").arg(self.folder.join("data")).arg("-p").arg(self.port.to_string());
        command.args(self.settings.iter().flat_map(|setting| ["-c", setting]));
        let mut process = Process::start("postgres", command, &mut self.folder, IMMEDIATE)?;
        process.until("PostgreSQL", async |_| self.ask("SELECT 1").await).await?;
        self.process = Some(process);
        Ok(())
    }

    /// What it has printed since it was made.
    #[must_use]
    pub fn log(&self) -> String {
        process::read(&self.folder.join("postgres.log"))
    }

    fn last_words(&self) -> String {
        process::last_lines(&self.log())
    }

    /// Runs one statement; the first value of the first row, as text.
    async fn ask(&self, statement: &str) -> Result<Option<String>> {
        wait::within(statement, self.answer(statement)).await
    }

    async fn answer(&self, statement: &str) -> Result<Option<String>> {
        let mut config = tokio_postgres::Config::new();
        config.host_path(self.folder.path()).port(self.port).user(USER).dbname("postgres");
        let (client, connection) = config.connect(NoTls).await?;
        let answer = tokio::select! {
            answer = client.simple_query(statement) => answer.with_context(|| statement.to_owned())?,
            ended = connection => bail!("the connection has ended: {ended:?}"),
        };
        Ok(answer.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        }))
    }
}

/// Makes the files of a cluster. Nothing is synced: a new cluster has nothing to lose.
async fn init(folder: &Folder) -> Result<()> {
    let mut command = folder.command(&programs::postgres("initdb")?);
    command.arg("-D").arg(folder.join("data")).args(["-U", USER, "-A", "trust", "-E", "UTF8"]);
    run(command.args(["--locale=C.UTF-8", "--no-sync", "--no-instructions"])).await
}

/// Runs one of PostgreSQL's tools to its end.
async fn run(command: &mut Command) -> Result<()> {
    let name = format!("{:?}", command.get_program());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut command = tokio::process::Command::from(std::mem::replace(command, Command::new("true")));
    let output = command.kill_on_drop(true).output().await.with_context(|| format!("start {name}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name}: {}:\n{}", output.status, process::last_lines(&said));
    Ok(())
}

/// Gives back the piece of System V memory that a killed cluster leaves behind: the system has few of them, and only the
/// same cluster, started again, would find it.
fn release_memory(lock: &Path) {
    let lock = process::read(lock);
    let Some(id) = lock.lines().nth(6).and_then(|line| line.split_whitespace().nth(1)) else { return };
    // Gone already, or no such tool here: then it stays until the machine's next start.
    let _ = Command::new("ipcrm").args(["-m", id]).stderr(Stdio::null()).status();
}
