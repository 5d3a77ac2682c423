//! What may reach standard error: our own words as loud as `BEDSIDE_LOG` says, other people's at `info` at most.
//!
//! Libraries quote what passes through them (tungstenite prints every frame at `trace`): no directive brings that out.

use std::io::{IsTerminal as _, Write as _};
use std::panic::PanicHookInfo;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};
use tracing_subscriber::{EnvFilter, fmt};

/// Whether lines are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// For a terminal.
    On,
    /// For files and journals.
    Off,
}

/// Logs to standard error for the life of the process; `BEDSIDE_LOG` chooses how much (`info` by default).
///
/// # Errors
/// When the process logs already.
pub fn start() -> Result<(), TryInitError> {
    let filter = EnvFilter::try_from_env("BEDSIDE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let colour = if std::io::stderr().is_terminal() { Colour::On } else { Colour::Off };
    start_with(filter, colour, std::io::stderr)
}

/// The same to any writer.
///
/// # Errors
/// When the process logs already.
pub fn start_with<W>(filter: EnvFilter, colour: Colour, writer: W) -> Result<(), TryInitError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = fmt::layer().with_ansi(colour == Colour::On).with_writer(writer);
    tracing_subscriber::registry().with(filter).with(filter_fn(may_be_said)).with(lines).try_init()
}

fn may_be_said(line: &Metadata<'_>) -> bool {
    *line.level() <= Level::INFO || line.target().starts_with("bedside")
}

/// From now on a panic says where it happened, never its message: that may quote what was being handled.
pub fn tell_only_where_a_panic_was() {
    std::panic::set_hook(Box::new(|panic| {
        let _ = writeln!(std::io::stderr().lock(), "{}", place_of(panic)); // Nobody may be reading.
    }));
}

fn place_of(panic: &PanicHookInfo<'_>) -> String {
    let thread = std::thread::current().name().unwrap_or("unnamed").to_owned();
    match panic.location() {
        Some(place) => {
            format!("panic in {thread} at {}:{}:{}", place.file(), place.line(), place.column())
        }
        None => format!("panic in {thread}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_panic_says_where_and_not_what() {
        let said = Arc::new(Mutex::new(Vec::new()));
        let (heard, before) = (Arc::clone(&said), std::panic::take_hook());
        std::panic::set_hook(Box::new(move |panic| heard.lock().unwrap().push(place_of(panic))));
        let quoting = std::thread::Builder::new().name("quoting".to_owned());
        assert!(quoting.spawn(|| panic!("my-private-words")).unwrap().join().is_err());
        std::panic::set_hook(before);
        let said = said.lock().unwrap().join("\n");
        assert!(said.contains("src/log.rs") && said.contains("quoting"), "{said}");
        assert!(!said.contains("my-private-words"));
    }
}
