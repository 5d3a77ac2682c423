//! How far an export is, and what came of it.

use bedside_protocol::ipc::{ExportState, Request};
use yew::{Callback, Html, Properties, component, html};

use super::alert;
use crate::components::{Alert, Button, Tone};
use crate::hooks::ask;
use crate::words::{Words, use_words};

/// Its properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub state: ExportState,
    pub on_close: Callback<()>,
    /// Another one is to be ordered.
    pub on_again: Callback<()>,
}

/// Where it stands.
#[component]
pub(super) fn Standing(props: &Props) -> Html {
    let words = use_words();
    let close =
        html! { <Button onclick={props.on_close.reform(|_| ())}>{ words.text("dialog-close") }</Button> };
    let again = html! {
        <Button onclick={props.on_again.reform(|_| ())}>{ words.text("download-again") }</Button>
    };
    let (body, deeds) = match &props.state {
        ExportState::Idle => (running(&words, 0, 0), cancel(&words)),
        ExportState::Running { done, total } => (running(&words, *done, *total), cancel(&words)),
        ExportState::Finished { file, by_server, missing } => {
            (finished(&words, file, *by_server, *missing), close)
        }
        ExportState::Failed { error } => (alert(&words, error), html! { <>{ again }{ close }</> }),
        ExportState::Cancelled => {
            let note =
                html! { <p class="dialog__text" role="status">{ words.text("download-cancelled") }</p> };
            (note, html! { <>{ again }{ close }</> })
        }
    };
    html! { <>{ body }<div class="dialog__deeds">{ deeds }</div></> }
}

fn cancel(words: &Words) -> Html {
    let onclick = Callback::from(|_| ask(Request::CancelExport, |_| ()));
    html! { <Button {onclick}>{ words.text("dialog-cancel") }</Button> }
}

fn running(words: &Words, done: u64, total: u64) -> Html {
    let (done, total) = (i64::try_from(done).unwrap_or(i64::MAX), i64::try_from(total).unwrap_or(i64::MAX));
    let text = match (done, total) {
        (0, _) => words.text("download-beginning"),
        (done, 0) => words.text_with("download-came", &[("size", (done / 1_000).into())]),
        (done, total) => {
            words.text_with("download-written", &[("done", done.into()), ("total", total.into())])
        }
    };
    let value = (total > 0).then(|| done.to_string());
    html! {
        <div class="download__progress">
            <progress class="progress" aria-label={words.text("download-beginning")} max={total.max(1).to_string()} {value} />
            <p class="dialog__text" aria-live="off">{ text }</p>
        </div>
    }
}

fn finished(words: &Words, file: &str, by_server: bool, missing: u64) -> Html {
    let missing = i64::try_from(missing).unwrap_or(i64::MAX);
    html! {
        <>
            <p class="dialog__text" role="status">
                { words.text_with("download-finished", &[("file", file.into())]) }
            </p>
            if !by_server {
                <p class="dialog__text">{ words.text("download-finished-device") }</p>
            }
            if missing > 0 {
                <Alert tone={Tone::Notice} title={words.count("download-missing", missing)} text={words.text("download-missing-do")} />
            }
        </>
    }
}
