//! Whether a file that somebody has is as it was made: chosen in a window of the shell's, looked at on this device.

use bedside_protocol::ipc::{FileVerdict, IpcError, Reply, Request, SignedBy, Verdict};
use web_sys::SubmitEvent;
use yew::{Callback, Html, component, html, use_state_eq};

use crate::components::{Alert, Button, PasswordField, Tone};
use crate::errors::explain;
use crate::hooks::ask;
use crate::words::{Words, use_words};

/// What is known of it.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    Nothing,
    Looking,
    Told(FileVerdict),
    Failed(IpcError),
}

/// The part of a section.
#[component]
pub(super) fn FileCheck() -> Html {
    let words = use_words();
    let (known, password) = (use_state_eq(|| Known::Nothing), use_state_eq(String::new));
    let look = {
        let known = known.setter();
        move |again: bool, password: Option<String>| {
            let known = known.clone();
            known.set(Known::Looking);
            ask(Request::CheckFile { again, password }, move |answer| {
                known.set(match answer {
                    Ok(Reply::Checked { checked }) => Known::Told(checked),
                    Ok(_) => Known::Nothing,
                    Err(error) => Known::Failed(error),
                });
            });
        }
    };
    let onclick = Callback::from({
        let (look, password) = (look.clone(), password.setter());
        move |_| {
            password.set(String::new());
            look(false, None);
        }
    });
    let onsubmit = Callback::from({
        let password = password.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            look(true, Some((*password).clone()));
        }
    });
    let on_change = Callback::from({
        let password = password.setter();
        move |text| password.set(text)
    });
    let asks = matches!(&*known, Known::Told(told) if matches!(told.verdict, Verdict::Locked | Verdict::WrongPassword));
    html! {
        <div class="file-check">
            <div class="setting">
                <div>
                    <p class="setting__label">{ words.text("check-title") }</p>
                    <p class="switch__hint">{ words.text("check-hint") }</p>
                </div>
                <Button {onclick} busy={*known == Known::Looking}>{ words.text("check-choose") }</Button>
            </div>
            <div role="status">{ told(&words, &known) }</div>
            if asks {
                <form class="file-check__unlock" {onsubmit}>
                    <PasswordField id="check-password" label={words.text("check-password")} value={(*password).clone()} {on_change} />
                    <Button kind={crate::components::Kind::Primary}>{ words.text("check-unlock") }</Button>
                </form>
            }
        </div>
    }
}

fn told(words: &Words, known: &Known) -> Html {
    match known {
        Known::Nothing => Html::default(),
        Known::Looking => html! { <p class="switch__hint">{ words.text("check-looking") }</p> },
        Known::Failed(error) => {
            let explained = explain(words, error);
            html! { <Alert tone={Tone::Error} title={explained.what} text={explained.advice} /> }
        }
        Known::Told(FileVerdict { file, verdict }) => {
            let (tone, id, text) = said(words, verdict);
            let title = words.text_with(id, &[("file", file.as_str().into())]);
            html! { <Alert {tone} {title} {text} /> }
        }
    }
}

/// How grave it is, the string of what is true, and what else there is to say.
fn said(words: &Words, verdict: &Verdict) -> (Tone, &'static str, String) {
    let count = |messages: u64| words.count("check-messages", i64::try_from(messages).unwrap_or(i64::MAX));
    match verdict {
        Verdict::Intact { signed, messages } => {
            let by = match signed {
                SignedBy::Clinic => words.text("check-by-clinic"),
                SignedBy::Nobody => words.text("check-by-nobody"),
                SignedBy::Other { key } => words.text_with("check-by-other", &[("key", key.as_str().into())]),
                SignedBy::Unknown { key } => {
                    words.text_with("check-by-unknown", &[("key", key.as_str().into())])
                }
            };
            let grave = matches!(signed, SignedBy::Other { .. });
            let tone = if grave { Tone::Error } else { Tone::Notice };
            (tone, "check-intact", format!("{} {by}", count(*messages)))
        }
        Verdict::Locked => (Tone::Notice, "check-intact", words.text("check-locked")),
        Verdict::Changed { parts } => (Tone::Error, "check-changed", parts.join(", ")),
        Verdict::Incomplete { missing } if missing.is_empty() => {
            (Tone::Error, "check-incomplete", words.text("check-cut-off"))
        }
        Verdict::Incomplete { missing } => (Tone::Error, "check-incomplete", missing.join(", ")),
        Verdict::WrongPassword => {
            (Tone::Error, "check-wrong-password", words.text("check-wrong-password-do"))
        }
        Verdict::NotAPackage => (Tone::Notice, "check-no-package", words.text("check-no-package-do")),
    }
}
