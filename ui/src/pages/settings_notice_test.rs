//! The test of a notification's way: which hop went well, which did not, and what to do.

use bedside_protocol::ipc::{Hop, HopOutcome, HopTrouble, HopView, IpcError, Reply, Request};
use yew::{Callback, Html, component, html, use_state_eq};

use crate::components::{Alert, Button, Icon, IconName, Kind, Tone};
use crate::errors::explain;
use crate::hooks::ask;
use crate::words::{Words, use_words};

/// How far the test is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    NotAsked,
    Asking,
    Answered(Vec<HopView>),
    Failed(IpcError),
}

/// The button and what came of it.
#[component]
pub(super) fn NoticeTest() -> Html {
    let words = use_words();
    let test = use_state_eq(|| Test::NotAsked);
    let busy = *test == Test::Asking;
    let onclick = Callback::from({
        let test = test.clone();
        move |_| {
            let told = test.setter();
            test.set(Test::Asking);
            ask(Request::TestNotices, move |answer| told.set(read(answer)));
        }
    });
    html! {
        <div class="notice-test">
            <div class="setting">
                <span class="setting__label">{ words.text("notices-test-label") }</span>
                <Button kind={Kind::Secondary} {busy} {onclick}>{ words.text("notices-test") }</Button>
            </div>
            <div role="status">
                { match &*test {
                    Test::NotAsked => html! {},
                    Test::Asking => html! { <p class="switch__hint">{ words.text("notices-test-busy") }</p> },
                    Test::Answered(hops) => list(&words, hops),
                    Test::Failed(error) => {
                        let explained = explain(&words, error);
                        html! { <Alert tone={Tone::Error} title={explained.what} text={explained.advice} /> }
                    }
                } }
            </div>
        </div>
    }
}

fn read(answer: Result<Reply, IpcError>) -> Test {
    match answer {
        Ok(Reply::NoticeTest { hops }) => Test::Answered(hops),
        Ok(_) => Test::Failed(IpcError::Internal),
        Err(error) => Test::Failed(error),
    }
}

fn list(words: &Words, hops: &[HopView]) -> Html {
    html! { <ol class="hops">{ for hops.iter().map(|hop| row(words, *hop)) }</ol> }
}

fn row(words: &Words, HopView { hop, outcome }: HopView) -> Html {
    let (icon, class, said) = match outcome {
        HopOutcome::Passed => (IconName::Check, "hop hop--passed", "hop-passed"),
        HopOutcome::But { .. } => (IconName::Alert, "hop hop--but", "hop-but"),
        HopOutcome::Failed { .. } => (IconName::Close, "hop hop--failed", "hop-failed"),
    };
    let why = match outcome {
        HopOutcome::Passed => None,
        HopOutcome::But { why } | HopOutcome::Failed { why } => Some(trouble(why)),
    };
    html! {
        <li {class}>
            <span class="hop__icon" aria-hidden="true"><Icon name={icon} /></span>
            <div class="hop__words">
                <p class="hop__name">{ words.text(name(hop)) }<span class="visually-hidden">{ ": " }{ words.text(said) }</span></p>
                if let Some(why) = why {
                    <p class="switch__hint">{ words.text(why) }</p>
                }
            </div>
        </li>
    }
}

const fn name(hop: Hop) -> &'static str {
    match hop {
        Hop::Server => "hop-server",
        Hop::Socket => "hop-socket",
        Hop::Settings => "hop-settings",
        Hop::Desktop => "hop-desktop",
        Hop::Shown => "hop-shown",
        Hop::Sound => "hop-sound",
    }
}

const fn trouble(why: HopTrouble) -> &'static str {
    match why {
        HopTrouble::Unreachable => "hop-unreachable",
        HopTrouble::SignedOut => "hop-signed-out",
        HopTrouble::Limited => "hop-limited",
        HopTrouble::NotConnected => "hop-not-connected",
        HopTrouble::TurnedOff => "hop-turned-off",
        HopTrouble::Paused => "hop-paused",
        HopTrouble::QuietHours => "hop-quiet-hours",
        HopTrouble::NoDesktop => "hop-no-desktop",
        HopTrouble::DoNotDisturb => "hop-do-not-disturb",
        HopTrouble::Refused => "hop-refused",
        HopTrouble::NoAudio => "hop-no-audio",
        HopTrouble::Silent => "hop-silent",
    }
}
