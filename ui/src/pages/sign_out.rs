//! Really sign out? And what would be lost.

use bedside_protocol::ipc::{IpcError, Request};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, Properties, component, html, use_state_eq};

use crate::components::{Alert, Button, Dialog, Kind, Tone};
use crate::errors::explain;
use crate::hooks::ask;
use crate::words::{Words, use_words};

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub on_close: Callback<()>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Progress {
    Asking,
    Busy,
    /// So many messages would be lost; a second, red button says so.
    Unsent(u32),
    Failed(IpcError),
}

/// The dialog. After success the session view takes the whole page away.
#[component]
pub(super) fn SignOutDialog(props: &Props) -> Html {
    let words = use_words();
    let progress = use_state_eq(|| Progress::Asking);
    let erase = use_state_eq(|| false);
    let unsent = matches!(*progress, Progress::Unsent(_));
    let busy = *progress == Progress::Busy;
    let out = Callback::from({
        let (progress, erase) = (progress.clone(), *erase);
        move |_| {
            progress.set(Progress::Busy);
            let progress = progress.clone();
            ask(Request::SignOut { discard_unsent: unsent, erase }, move |answer| match answer {
                Ok(_) => {}
                Err(IpcError::UnsentMessages { count }) => progress.set(Progress::Unsent(count)),
                Err(error) => progress.set(Progress::Failed(error)),
            });
        }
    });
    let onchange = Callback::from({
        let erase = erase.clone();
        move |event: Event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            erase.set(input.is_some_and(|input| input.checked()));
        }
    });
    let label = match *progress {
        Progress::Busy => "sign-out-busy",
        Progress::Unsent(_) => "sign-out-lose",
        _ => "sign-out",
    };
    html! {
        <Dialog title={words.text("sign-out-title")} on_close={props.on_close.clone()}>
            { note(&words, &progress) }
            <label class="check">
                <input class="check__box" type="checkbox" checked={*erase} {onchange} />
                <span>{ words.text("sign-out-erase") }</span>
            </label>
            <div class="dialog__deeds">
                <Button onclick={props.on_close.reform(|_| ())}>{ words.text("dialog-cancel") }</Button>
                <Button kind={Kind::Danger} {busy} onclick={out}>{ words.text(label) }</Button>
            </div>
        </Dialog>
    }
}

fn note(words: &Words, progress: &Progress) -> Html {
    match progress {
        Progress::Asking | Progress::Busy => {
            html! { <p class="dialog__text">{ words.text("sign-out-text") }</p> }
        }
        Progress::Unsent(count) => {
            html! { <Alert tone={Tone::Error} title={words.count("sign-out-unsent", i64::from(*count))} /> }
        }
        Progress::Failed(error) => {
            let explained = explain(words, error);
            html! { <Alert tone={Tone::Error} title={explained.what} text={explained.advice} /> }
        }
    }
}
