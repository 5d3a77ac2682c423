//! `admin link`, `admin end-link`: who may write to whom.

use anyhow::bail;
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::Company;
use bedside_server::store::{EndLinkOutcome, LinkOutcome};

use super::{Pair, beside};
use crate::cli::say;

pub(super) async fn start(runtime: &Runtime, pair: &Pair) -> anyhow::Result<()> {
    let store = pair.place.open(runtime, Company::BesideServer).await?;
    let Pair { patient, practitioner, place } = pair;
    let outcome = store.link(None, patient, practitioner).await?;
    if outcome == LinkOutcome::Linked {
        beside::tell(runtime, place, &*store, &[patient, practitioner]).await;
    }
    store.close().await;
    match outcome {
        LinkOutcome::Linked => say(&format!("{patient} and {practitioner} are linked")),
        LinkOutcome::AlreadyLinked => say(&format!("{patient} and {practitioner} were linked already")),
        LinkOutcome::NoSuchPatient => bail!("there is no patient {patient}"),
        LinkOutcome::NoSuchPractitioner => bail!("there is no practitioner {practitioner}"),
        LinkOutcome::Forbidden => bail!("not allowed"),
    }
}

pub(super) async fn end(runtime: &Runtime, pair: &Pair) -> anyhow::Result<()> {
    let store = pair.place.open(runtime, Company::BesideServer).await?;
    let Pair { patient, practitioner, place } = pair;
    let outcome = store.end_link(None, patient, practitioner).await?;
    if outcome == EndLinkOutcome::Ended {
        beside::tell(runtime, place, &*store, &[patient, practitioner]).await;
    }
    store.close().await;
    match outcome {
        EndLinkOutcome::Ended => say(&format!("{patient} and {practitioner} are no longer linked")),
        EndLinkOutcome::NotLinked => {
            bail!("the patient {patient} and the practitioner {practitioner} are not linked")
        }
        EndLinkOutcome::Forbidden => bail!("not allowed"),
    }
}
