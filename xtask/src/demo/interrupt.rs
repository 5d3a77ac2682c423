//! Ctrl+C, a hang-up or a polite request to end, noted instead of obeyed at once, so that there is time to clean up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;

/// Whether somebody asked to end.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Starts listening.
    ///
    /// # Errors
    /// When the system does not let us.
    pub(crate) fn listen() -> Result<Self> {
        let asked = Arc::new(AtomicBool::new(false));
        let noted = Arc::clone(&asked);
        ctrlc::set_handler(move || noted.store(true, Ordering::SeqCst))?;
        Ok(Self(asked))
    }

    /// Whether it happened.
    pub(crate) fn happened(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
