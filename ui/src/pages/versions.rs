//! What a message says and what it said before, newest first. The server is asked; nothing of it is kept.

use std::rc::Rc;

use bedside_protocol::ipc::{IpcError, Reply, Request, VersionView};
use bedside_protocol::{MessageId, RoomId};
use yew::{Callback, Html, Properties, component, html, use_callback, use_effect_with, use_state_eq};

use crate::components::{Alert, Button, Dialog, Tone};
use crate::errors::explain;
use crate::hooks::ask;
use crate::words::{Words, use_words};

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub room_id: RoomId,
    pub message_id: MessageId,
    pub on_close: Callback<()>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Progress {
    Loading,
    Failed(IpcError),
    /// Oldest first, as the engine gives them.
    Loaded(Rc<Vec<VersionView>>),
}

/// The dialog.
#[component]
pub(super) fn VersionsDialog(props: &Props) -> Html {
    let words = use_words();
    let progress = use_state_eq(|| Progress::Loading);
    let load =
        use_callback((props.room_id, props.message_id, progress.setter()), |(), (room, message, set)| {
            set.set(Progress::Loading);
            let set = set.clone();
            ask(Request::Versions { room_id: *room, message_id: *message }, move |answer| {
                set.set(match answer {
                    Ok(Reply::Versions { versions }) => Progress::Loaded(Rc::new(versions)),
                    Ok(_) => Progress::Failed(IpcError::Internal),
                    Err(error) => Progress::Failed(error),
                });
            });
        });
    use_effect_with(load.clone(), |load| load.emit(()));
    html! {
        <Dialog title={words.text("versions-title")} on_close={props.on_close.clone()}>
            <div class="versions" role="status">{ inside(&words, &progress, &load) }</div>
        </Dialog>
    }
}

fn inside(words: &Words, progress: &Progress, load: &Callback<()>) -> Html {
    match progress {
        Progress::Loading => html! { <p class="dialog__text">{ words.text("versions-loading") }</p> },
        Progress::Failed(error) => {
            let explained = explain(words, error);
            html! {
                <>
                    <Alert tone={Tone::Error} title={explained.what} text={explained.advice} />
                    <div class="dialog__deeds"><Button onclick={load.reform(|_| ())}>{ words.text("versions-retry") }</Button></div>
                </>
            }
        }
        Progress::Loaded(versions) if versions.is_empty() => {
            html! { <p class="dialog__text">{ words.text("message-retracted") }</p> }
        }
        Progress::Loaded(versions) => html! {
            <ol class="versions__list">
                { for versions.iter().rev().enumerate().map(|(age, version)| one(words, age, version)) }
            </ol>
        },
    }
}

fn one(words: &Words, age: usize, version: &VersionView) -> Html {
    html! {
        <li class="versions__one">
            <p class="versions__when">
                if age == 0 {
                    <strong class="versions__now">{ words.text("versions-now") }</strong>
                }
                <time>{ words.dates().exact(version.at) }</time>
            </p>
            <p class="versions__text" dir="auto">{ &version.text }</p>
        </li>
    }
}
