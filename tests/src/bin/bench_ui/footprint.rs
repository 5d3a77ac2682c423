//! What a window takes up: elements of its document, memory and CPU time of its processes. Reads, changes nothing.

use anyhow::{Context, Result};
use bedside_tests::Window;

/// What a window takes up at a moment.
pub(crate) struct Footprint {
    /// Elements in the document.
    pub(crate) elements: u64,
    /// Proportional set size of the app and of the webview's processes.
    pub(crate) mebibytes: f64,
}

impl Footprint {
    /// Looks at a window.
    pub(crate) async fn of(window: &Window) -> Result<Self> {
        let counted = window.run("return document.getElementsByTagName('*').length", vec![]).await?;
        let elements = counted.as_u64().context("no count of elements")?;
        let kibibytes: u64 = window.processes()?.into_iter().filter_map(proportional).sum();
        Ok(Footprint { elements, mebibytes: kibibytes as f64 / 1_024.0 })
    }
}

/// CPU seconds that the window's processes have used.
pub(crate) fn cpu(window: &Window) -> Result<f64> {
    Ok(window.processes()?.into_iter().filter_map(seconds).sum())
}

/// KiB; one that has ended meanwhile takes up nothing.
fn proportional(id: u32) -> Option<u64> {
    let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn seconds(id: u32) -> Option<f64> {
    // Linux counts in hundredths of a second, whatever the machine.
    const TICKS: f64 = 100.0;
    let line = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let mut fields = line.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) / TICKS)
}
