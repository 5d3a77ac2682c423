//! What a very long conversation costs a real window: a room of a million messages, gone through from end to end.
//!
//! Prints figures and fails on none of them: elements in the document and memory of the app's processes must not grow
//! with what has been looked at, and every jump is to be there soon.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark speaks through its terminal")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the system's clock")]

mod footprint;
mod journey;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use bedside_tests::{Desk, Keychain, Server, Window};
use clap::Parser;

use footprint::Footprint;
use journey::Journey;

const PASSWORD: &str = "shown to nobody, kept nowhere";

/// Measures a window. The programs are named by BEDSIDE_APP, BEDSIDE_SERVER and TAURI_DRIVER.
#[derive(Debug, Parser)]
struct Options {
    /// Messages of the one conversation.
    #[arg(long, default_value_t = 1_000_000)]
    messages: u32,
    /// How many places are jumped to.
    #[arg(long, default_value_t = 3)]
    places: u32,
    /// Seconds of Page Up.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    eprintln!("bench ui: a conversation of {} messages", options.messages);
    let mut server = Server::prepare()?;
    server.add_demo(&["--pairs", "1", "--messages", &options.messages.to_string()], PASSWORD).await?;
    server.start().await?;
    let desk = Arc::new(Desk::new("bench", Keychain::Unlocked).await?);
    let window = Window::open(&desk, &server.url()).await?;
    window.sign_in("patient00000", PASSWORD).await?;
    let fetched = history(&window).await?;
    println!("\nbench ui: one conversation of {} messages, in a window of WebKit", options.messages);
    println!("history on the device after {:.0} s", fetched.as_secs_f64());
    window.open_newest().await?;
    measure(&window, &options).await?;
    window.quit().await
}

async fn measure(window: &Window, options: &Options) -> Result<()> {
    let journey = Journey::begin(window).await?;
    println!("\n{:<28}{:>10}{:>12}{:>14}", "", "ms", "elements", "memory MiB");
    row("opened", None, &Footprint::of(window).await?);
    for round in ["first", "second"] {
        let took = journey.home().await?;
        row(&format!("Home, the {round} time"), Some(took), &Footprint::of(window).await?);
        let took = journey.end().await?;
        row(&format!("End, the {round} time"), Some(took), &Footprint::of(window).await?);
    }
    for place in 1..=options.places {
        let share = f64::from(place) / f64::from(options.places + 1);
        let took = journey.pull_to(share).await.with_context(|| format!("a jump to {share:.2}"))?;
        row(&format!("thumb at {:.0} %", share * 100.0), Some(took), &Footprint::of(window).await?);
    }
    journey.end().await?;
    page_up(window, &journey, Duration::from_secs(options.seconds)).await
}

/// Page Up as fast as it is answered, with a look at the footprint every ten seconds.
async fn page_up(window: &Window, journey: &Journey<'_>, lasting: Duration) -> Result<()> {
    let (begun, from) = (Instant::now(), journey.first_on_screen().await?);
    let (mut pages, mut looked) = (0_u32, Instant::now());
    let mut slowest = Duration::ZERO;
    while begun.elapsed() < lasting {
        slowest = slowest.max(journey.page_up().await?);
        pages += 1;
        if looked.elapsed() >= Duration::from_secs(10) {
            let name = format!("Page Up, {:.0} s", begun.elapsed().as_secs_f64());
            row(&name, None, &Footprint::of(window).await?);
            looked = Instant::now();
        }
    }
    row("Page Up, at the end", None, &Footprint::of(window).await?);
    let passed = from - journey.first_on_screen().await?;
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "\n{pages} pages and {passed} messages in {seconds:.0} s; slowest page {} ms",
        slowest.as_millis()
    );
    Ok(())
}

/// Waits until the app has fetched all there is: then it has nothing to do.
async fn history(window: &Window) -> Result<Duration> {
    const REST: Duration = Duration::from_secs(5);
    let begun = Instant::now();
    let mut before = footprint::cpu(window)?;
    loop {
        tokio::time::sleep(REST).await;
        let now = footprint::cpu(window)?;
        eprintln!("fetching the history for {:.0} s", begun.elapsed().as_secs_f64());
        if now - before < 0.05 * REST.as_secs_f64() {
            return Ok(begun.elapsed().saturating_sub(REST));
        }
        before = now;
    }
}

fn row(name: &str, took: Option<Duration>, footprint: &Footprint) {
    let took = took.map(|took| took.as_millis().to_string()).unwrap_or_default();
    println!("{name:<28}{took:>10}{:>12}{:>14.0}", footprint.elements, footprint.mebibytes);
}
