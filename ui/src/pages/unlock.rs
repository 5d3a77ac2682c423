//! A cache wrapped by a passphrase, or an app that was locked.

use bedside_protocol::ipc::{IpcError, LockWay, Request};
use web_sys::SubmitEvent;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state_eq};

use super::fresh_start::FreshStart;
use crate::components::{Alert, Button, Kind, Logo, PasswordField, Tone};
use crate::dom;
use crate::errors::{Explained, explain};
use crate::hooks::ask;
use crate::words::{Words, use_words};

/// The page's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What opens it.
    pub by: LockWay,
}

/// The page.
#[component]
pub(super) fn UnlockPage(props: &Props) -> Html {
    let [lead, label, forgotten] = ids(props.by);
    let words = use_words();
    let passphrase = use_state_eq(String::new);
    let busy = use_state_eq(|| false);
    let error = use_state_eq(|| None::<IpcError>);
    use_effect_with((), |()| drop(dom::focus("#passphrase")));
    let on_change = Callback::from({
        let passphrase = passphrase.clone();
        move |typed| passphrase.set(typed)
    });
    let onsubmit = Callback::from({
        let (passphrase, busy, error) = (passphrase.clone(), busy.clone(), error.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if *busy {
                return;
            }
            busy.set(true);
            error.set(None);
            let (busy, error) = (busy.clone(), error.clone());
            ask(Request::Unlock { passphrase: (*passphrase).clone() }, move |answer| {
                busy.set(false);
                error.set(answer.err());
            });
        }
    });
    html! {
        <main class="gate">
            <form class="gate__card" {onsubmit} novalidate={true}>
                <Logo />
                <h1 class="gate__title">{ words.text("unlock-title") }</h1>
                <p class="gate__lead">{ words.text(lead) }</p>
                if let Some(explained) = error.as_ref().map(|error| wrong(&words, props.by, error)) {
                    <Alert tone={Tone::Error} title={explained.what} text={explained.advice} />
                }
                <PasswordField id="passphrase" label={words.text(label)} value={(*passphrase).clone()} {on_change} />
                <Button kind={Kind::Primary} busy={*busy}>
                    { words.text(if *busy { "unlock-busy" } else { "unlock-submit" }) }
                </Button>
                <FreshStart label={words.text(forgotten)} />
            </form>
        </main>
    }
}

const fn ids(by: LockWay) -> [&'static str; 3] {
    match by {
        LockWay::Passphrase => ["unlock-lead", "unlock-passphrase", "unlock-forgotten"],
        LockWay::Code => ["unlock-lead-code", "unlock-code", "unlock-forgotten-code"],
    }
}

fn wrong(words: &Words, by: LockWay, error: &IpcError) -> Explained {
    match (by, error) {
        (LockWay::Code, IpcError::WrongPassphrase) => {
            Explained { what: words.text("unlock-code-wrong"), advice: words.text("unlock-code-wrong-do") }
        }
        _ => explain(words, error),
    }
}
