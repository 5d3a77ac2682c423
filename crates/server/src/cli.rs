//! The command line: what an administrator types.

mod admin;
mod demo_data;
mod log;
mod password;
mod restored;
mod serve;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::{Company, SqliteStore, StoreOptions};
use clap::{Parser, Subcommand};

/// The chat server of one clinic.
#[derive(Debug, Parser)]
#[command(name = "bedside-server", version, about)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the clinic in a data folder.
    Serve(serve::Serve),
    /// Fills an empty data folder with a demo clinic.
    DemoData(demo_data::DemoData),
    /// Makes accounts and links; a server may be running on the folder.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// To be run once after a backup was put back, before serving: apps rebuild, and offer again what it lacks.
    Restored(restored::Restored),
}

impl Cli {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        log::start();
        let tokio = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        tokio.block_on(async {
            let runtime = Runtime::system();
            match self.command {
                Command::Serve(serve) => serve.run(runtime).await,
                Command::DemoData(demo) => demo.run(runtime).await,
                Command::Admin(admin) => admin.run(runtime).await,
                Command::Restored(restored) => restored.run(runtime).await,
            }
        })
    }
}

/// Where the clinic's data is.
#[derive(Debug, clap::Args)]
struct DataFolder {
    /// The data folder; made if missing. The default is in the current folder, where an administrator sees it.
    #[arg(long, env = "BEDSIDE_DATA", default_value = "bedside-data")]
    data: PathBuf,
}

async fn open(runtime: &Runtime, folder: &Path, company: Company) -> anyhow::Result<SqliteStore> {
    let (opening, path) = (runtime.clone(), folder.to_owned());
    let options = StoreOptions { company, ..StoreOptions::default() };
    let opened = runtime.blocking(move || SqliteStore::open(opening, &path, &options)).await;
    opened.with_context(|| format!("cannot open {}", folder.display()))
}

/// A line for the person or program that started us.
fn say(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Why the command failed, with its causes.
pub(crate) fn say_error(error: &anyhow::Error) {
    let _ = writeln!(std::io::stderr().lock(), "bedside-server: {error:#}"); // Nobody may be reading.
}
