//! The cache cannot be opened: what that means, and what to do.

use bedside_protocol::ipc::{BrokenCause, Request};
use yew::{Callback, Html, Properties, component, html, use_state_eq};

use super::fresh_start::FreshStart;
use crate::components::{Button, Icon, IconName, Kind};
use crate::hooks::ask;
use crate::words::use_words;

/// The page's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub cause: BrokenCause,
}

/// How far another attempt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    None,
    Running,
    /// It changed nothing; had it, another page would be shown.
    Vain,
}

/// The page.
#[component]
pub(super) fn BrokenPage(props: &Props) -> Html {
    let words = use_words();
    let attempt = use_state_eq(|| Attempt::None);
    let busy = *attempt == Attempt::Running;
    let retry = Callback::from({
        let attempt = attempt.clone();
        move |_| {
            attempt.set(Attempt::Running);
            let attempt = attempt.clone();
            ask(Request::Reopen, move |_| attempt.set(Attempt::Vain));
        }
    });
    let (title, text) = ids(props.cause);
    html! {
        <main class="gate">
            <div class="gate__card gate__card--centred">
                <span class="empty-state__icon"><Icon name={IconName::Alert} /></span>
                <h1 class="gate__title">{ words.text(title) }</h1>
                <p class="gate__lead">{ words.text(text) }</p>
                <p class="gate__lead" role="status">
                    if *attempt == Attempt::Vain { { words.text("broken-still") } }
                </p>
                <Button kind={Kind::Primary} {busy} onclick={retry}>
                    { words.text(if busy { "broken-retry-busy" } else { "broken-retry" }) }
                </Button>
                if props.cause.allows_fresh_start() {
                    <FreshStart label={words.text("fresh-start")} />
                }
            </div>
        </main>
    }
}

fn ids(cause: BrokenCause) -> (&'static str, &'static str) {
    match cause {
        BrokenCause::KeyLost => ("broken-key-lost-title", "broken-key-lost-text"),
        BrokenCause::KeychainAway => ("broken-keychain-title", "broken-keychain-text"),
        BrokenCause::InUse => ("broken-in-use-title", "broken-in-use-text"),
        BrokenCause::Disk => ("broken-disk-title", "broken-disk-text"),
        BrokenCause::Damaged => ("broken-title", "broken-text"),
        BrokenCause::Newer => ("broken-newer-title", "broken-newer-text"),
    }
}
