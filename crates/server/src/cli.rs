//! The command line: what an administrator types.

mod admin;
mod copy_store;
mod demo_data;
mod migrate;
mod outreach;
mod password;
mod place;
mod restored;
mod serve;
mod verify;

use std::io::Write as _;

use bedside_runtime::Runtime;
use bedside_server::log;
use clap::{Parser, Subcommand};

/// The chat server of a clinic.
#[derive(Debug, Parser)]
#[command(name = "bedside-server", version, about)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the clinic in a data folder or a shared database.
    Serve(Box<serve::Serve>),
    /// Fills an empty database with a demo clinic.
    DemoData(demo_data::DemoData),
    /// Makes and changes accounts and links; servers may be running.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// To be run once after a backup was put back, before serving: apps rebuild, and offer again what it lacks.
    Restored(restored::Restored),
    /// Brings the database's schema up to date; `serve` does so by itself. Servers may be running on a shared database.
    Migrate(migrate::Migrate),
    /// Copies a clinic's data folder into an empty PostgreSQL database; a server may be running on the folder.
    CopyStore(copy_store::CopyStore),
    /// Says whether a downloaded package is as it was made, and who signed it.
    Verify(verify::Verify),
}

impl Cli {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        log::start()?;
        log::tell_only_where_a_panic_was();
        let tokio = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        tokio.block_on(async {
            let runtime = Runtime::system();
            match self.command {
                Command::Serve(serve) => serve.run(runtime).await,
                Command::DemoData(demo) => demo.run(runtime).await,
                Command::Admin(admin) => admin.run(runtime).await,
                Command::Restored(restored) => restored.run(runtime).await,
                Command::Migrate(migrate) => migrate.run(runtime).await,
                Command::CopyStore(copy) => copy.run(runtime).await,
                Command::Verify(verify) => verify.run(),
            }
        })
    }
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
