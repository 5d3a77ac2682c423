//! Ctrl+C, a hang-up or a polite request to end, noted instead of obeyed at once, so that there is time to clean up. The
//! second one is obeyed at once: whoever asks twice does not want to wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;

/// What a shell calls the end by Ctrl+C.
const INTERRUPTED: i32 = 130;

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
        ctrlc::set_handler(move || {
            if noted.swap(true, Ordering::SeqCst) {
                std::process::exit(INTERRUPTED);
            }
        })?;
        Ok(Self(asked))
    }

    /// Whether it happened.
    pub(crate) fn happened(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    use std::thread;
    use std::time::Duration;

    use super::{INTERRUPTED, Interrupt};

    const NAME: &str = "demo::interrupt::tests::the_first_request_to_end_is_noted_and_the_second_obeyed";
    /// Set for the process that is asked to end: this test again.
    const ASKED: &str = "BEDSIDE_ASKED_TO_END";

    #[test]
    fn the_first_request_to_end_is_noted_and_the_second_obeyed() {
        if std::env::var_os(ASKED).is_some() {
            return never_end(&Interrupt::listen().unwrap());
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME, "--nocapture"])
            .env(ASKED, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let id = child.id().to_string();
        for said in ["listening", "noted"] {
            assert!(lines.any(|line| line.ends_with(said)), "it never said {said}");
            assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        }
        assert_eq!(child.wait().unwrap().code(), Some(INTERRUPTED));
    }

    fn never_end(interrupt: &Interrupt) {
        println!("listening");
        while !interrupt.happened() {
            thread::sleep(Duration::from_millis(5));
        }
        println!("noted");
        loop {
            thread::park();
        }
    }
}
