//! A cache wrapped by a passphrase.

use bedside_protocol::ipc::{IpcError, Request};
use web_sys::SubmitEvent;
use yew::{Callback, Html, component, html, use_effect_with, use_state_eq};

use super::fresh_start::FreshStart;
use crate::components::{Alert, Button, Kind, Logo, PasswordField, Tone};
use crate::dom;
use crate::errors::explain;
use crate::hooks::ask;
use crate::words::use_words;

/// The page.
#[component]
pub(super) fn UnlockPage() -> Html {
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
                <p class="gate__lead">{ words.text("unlock-lead") }</p>
                if let Some(explained) = error.as_ref().map(|error| explain(&words, error)) {
                    <Alert tone={Tone::Error} title={explained.what} text={explained.advice} />
                }
                <PasswordField id="passphrase" label={words.text("unlock-passphrase")} value={(*passphrase).clone()} {on_change} />
                <Button kind={Kind::Primary} busy={*busy}>
                    { words.text(if *busy { "unlock-busy" } else { "unlock-submit" }) }
                </Button>
                <FreshStart label={words.text("unlock-forgotten")} />
            </form>
        </main>
    }
}
