//! `bedside-server copy-store`: moves a clinic from its data folder into PostgreSQL.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use bedside_runtime::Runtime;
use bedside_server::store::copy::{CopyOptions, CopyProgress, OnProgress, Pass, Stage, copy_store};
use bedside_server::store::postgres::PgOptions;
use clap::Args;
use secrecy::SecretString;

use super::place::first_line;
use super::say;

/// Columns of the bar.
const WIDTH: u64 = 30;

/// Copies a clinic's data folder into an empty PostgreSQL database.
#[derive(Debug, Args)]
pub(super) struct CopyStore {
    /// The clinic's data folder.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// A file whose first line is the key that the clinic's database is encrypted with.
    #[arg(long, env = "BEDSIDE_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// postgres://user:password@host:5432/name, an empty database.
    #[arg(long, env = "BEDSIDE_DATABASE", hide_env_values = true, value_name = "ADDRESS")]
    to: SecretString,
    /// The last pass: copies what is left, compares both, and the clinic has moved. Meanwhile a server on the folder can only
    /// be read from; at the end it stops by itself.
    #[arg(long)]
    finish: bool,
}

impl CopyStore {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        let options = CopyOptions {
            key: self.key_file.as_deref().map(|file| first_line(file, "key")).transpose()?,
            from: self.from,
            to: PgOptions::new(self.to),
            pass: if self.finish { Pass::Last } else { Pass::BesideServer },
        };
        copy_store(&runtime, &options, bar()).await?;
        say(match options.pass {
            Pass::BesideServer => {
                "copied beside the server; to move, run this again with --finish when the clinic is quiet"
            }
            Pass::Last => "the clinic has moved, and both databases hold the same: serve it with --database",
        })
    }
}

/// A bar on a terminal; a line per tenth elsewhere.
fn bar() -> OnProgress {
    let said = AtomicU64::new(u64::MAX);
    let terminal = std::io::stderr().is_terminal();
    Box::new(move |now| {
        let percent = (now.done.saturating_mul(100)).checked_div(now.total).unwrap_or(100);
        let step = if terminal { percent } else { percent / 10 * 10 };
        let stage = if now.stage == Stage::Copying { 0 } else { 1_000 };
        if said.swap(stage + step, Ordering::Relaxed) != stage + step || terminal {
            let mut out = std::io::stderr().lock();
            let _ = out.write_all(line(&now, step, terminal).as_bytes()); // Only a courtesy.
            let _ = out.flush();
        }
    })
}

fn line(now: &CopyProgress, percent: u64, terminal: bool) -> String {
    let word = match now.stage {
        Stage::Copying => "copying  ",
        Stage::Verifying => "verifying",
    };
    if !terminal {
        return format!("{}: {percent} %\n", word.trim_end());
    }
    let full = percent * WIDTH / 100;
    let bar: String = (0..WIDTH).map(|column| if column < full { '#' } else { '.' }).collect();
    let end = if now.done == now.total { "\n" } else { "" };
    format!("\r{word} [{bar}] {percent:3} %  {:<16}{end}", now.table)
}
