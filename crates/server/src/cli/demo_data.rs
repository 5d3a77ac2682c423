//! `bedside-server demo-data`: a clinic to look at, marked as such.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};

use bedside_runtime::Runtime;
use bedside_server::password::{self as hashing, Cost};
use bedside_server::store::sqlite::Company;
use bedside_server::store::{DemoPlan, DemoProgress, QuickReplyCommand};
use clap::Args;
use secrecy::SecretString;

use super::place::Place;
use super::{password, say};

/// Fills an empty database with patients, practitioners, rooms and past messages.
#[derive(Debug, Args)]
pub(super) struct DemoData {
    #[command(flatten)]
    place: Place,
    /// How many patients (patient00000 …) and practitioners (practitioner00000 …), linked pairwise.
    #[arg(long, default_value_t = 10)]
    pairs: u32,
    /// Past messages in each room.
    #[arg(long, default_value_t = 0)]
    messages: u32,
    /// Links practitioner00000 with this many further patients.
    #[arg(long, default_value_t = 0)]
    clinic: u32,
    /// The password all of them share. The clinic is served on loopback only, so it is no secret.
    #[arg(long)]
    password: SecretString,
    /// Chooses names and texts; the same seed gives the same clinic.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl DemoData {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        password::check(&self.password)?;
        let store = self.place.open(&runtime, Company::Alone).await?;
        let (hasher, secret) = (runtime.clone(), self.password.clone());
        let password_hash = runtime.blocking(move || hashing::hash(&hasher, &secret, Cost::Standard)).await?;
        let plan = DemoPlan {
            pairs: self.pairs,
            messages: self.messages,
            password_hash,
            clinic: self.clinic,
            seed: self.seed,
            now: runtime.now(),
        };
        let filled = store.fill_demo(plan, progress()).await?;
        if filled.is_ok() {
            store.set_clinic(None, bedside_server::demo_clinic()).await?;
            for change in bedside_server::demo_quick_replies() {
                let command = QuickReplyCommand { change, now: runtime.now() };
                store.change_quick_replies(None, command).await?;
            }
        }
        store.close().await;
        filled?;
        say(&format!("demo clinic ready in {}: {} pairs", self.place.shown(), self.pairs))
    }
}

/// One line that grows on a terminal; a line per tenth elsewhere.
fn progress() -> DemoProgress {
    let said = AtomicU64::new(0);
    let terminal = std::io::stderr().is_terminal();
    Box::new(move |done, total| {
        let percent = (done * 100).checked_div(total).unwrap_or(100);
        let step = if terminal { percent } else { percent / 10 * 10 };
        if said.swap(step, Ordering::Relaxed) != step {
            let (start, end) =
                if terminal { ("\r", if done == total { "\n" } else { "" }) } else { ("", "\n") };
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "{start}filling the demo clinic: {step} %{end}"); // Only a courtesy.
            let _ = out.flush();
        }
    })
}
