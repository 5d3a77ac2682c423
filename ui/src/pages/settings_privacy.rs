//! What the account wishes wherever it is used. The server has it, so it is asked, and again once it is reached.

use bedside_protocol::ipc::{ConnectionMode, IpcError, Reply, Request};
use bedside_protocol::wire::Preferences;
use yew::{Callback, Html, UseStateSetter, component, html, use_effect_with, use_state_eq};

use crate::components::{Alert, Switch, Tone};
use crate::hooks::{PageProps, ask};
use crate::words::use_words;

/// What is known of the wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Asking,
    Yes(Preferences),
    /// The server could not be asked.
    No,
}

/// The section.
#[component]
pub(super) fn PrivacySection(props: &PageProps) -> Html {
    let words = use_words();
    let (known, failed) = (use_state_eq(|| Known::Asking), use_state_eq(|| false));
    let reached = matches!(props.store.mode(), ConnectionMode::Live | ConnectionMode::Limited);
    use_effect_with(reached, {
        let known = known.setter();
        move |_| ask(Request::Preferences, move |answer| known.set(read(answer)))
    });
    let on_change = change(known.setter(), failed.setter());
    html! {
        <section class="card" aria-labelledby="settings-privacy">
            <h2 class="card__title" id="settings-privacy">{ words.text("settings-privacy") }</h2>
            if *failed {
                <Alert tone={Tone::Error} title={words.text("settings-not-saved")} />
            }
            { match *known {
                Known::Asking => html! { <p class="switch__hint">{ words.text("settings-asking") }</p> },
                Known::No => html! { <p class="switch__hint">{ words.text("settings-needs-connection") }</p> },
                Known::Yes(wishes) => html! {
                    <Switch id="hide-presence" label={words.text("settings-hide-presence")}
                        hint={words.text("settings-hide-presence-hint")} on={wishes.hide_presence} {on_change} />
                },
            } }
        </section>
    }
}

fn read(answer: Result<Reply, IpcError>) -> Known {
    match answer {
        Ok(Reply::Preferences { preferences }) => Known::Yes(preferences),
        _ => Known::No,
    }
}

/// Nothing is shown as kept before the server has it.
fn change(known: UseStateSetter<Known>, failed: UseStateSetter<bool>) -> Callback<bool> {
    Callback::from(move |hide_presence| {
        let (known, failed) = (known.clone(), failed.clone());
        let preferences = Preferences { hide_presence };
        ask(Request::SavePreferences { preferences }, move |answer| {
            failed.set(answer.is_err());
            if let Ok(Reply::Preferences { preferences }) = answer {
                known.set(Known::Yes(preferences));
            }
        });
    })
}
