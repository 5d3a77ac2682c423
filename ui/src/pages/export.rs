//! Taking a conversation along, or all of them: as what, which days, how protected; then how far it is, and what came of it.
//! Where the file goes, the shell asks in a window of its own.

mod form;
mod standing;

use std::cell::Cell;
use std::rc::Rc;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{ExportProgress, ExportState, IpcError, Reply, Request};
use yew::{Callback, Html, Properties, UseStateSetter, component, html, use_effect_with, use_state_eq};

use crate::components::{Alert, Dialog, Tone};
use crate::errors::explain;
use crate::hooks::{Store, ask};
use crate::words::{Words, use_words};
use form::ExportForm;
pub(super) use form::ExportSection;
use standing::Standing;

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub store: Store,
    /// Which conversation; none: all of one's own.
    pub room: Option<RoomId>,
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub(super) fn ExportDialog(props: &Props) -> Html {
    let words = use_words();
    let progress = use_state_eq(ExportProgress::default);
    let refused = use_state_eq(|| None::<IpcError>);
    // What was there before this dialog is not its own.
    let begun = use_state_eq(|| false);
    use_effect_with((), {
        let progress = progress.setter();
        move |()| {
            let there = Rc::new(Cell::new(true));
            follow(u64::MAX, progress, Rc::clone(&there));
            move || there.set(false)
        }
    });
    let on_order = {
        let (begun, refused) = (begun.setter(), refused.setter());
        Callback::from(move |order| {
            let (begun, refused) = (begun.clone(), refused.clone());
            refused.set(None);
            ask(Request::Export { order }, move |answer| match answer {
                Ok(Reply::Done) => begun.set(true),
                Ok(_) => {}
                Err(error) => refused.set(Some(error)),
            });
        })
    };
    let again = Callback::from({
        let begun = begun.setter();
        move |()| begun.set(false)
    });
    let running = matches!(progress.state, ExportState::Running { .. });
    html! {
        <Dialog title={title(&words, &props.store, props.room)} on_close={props.on_close.clone()}>
            if running || *begun {
                <Standing state={progress.state.clone()} on_close={props.on_close.clone()} on_again={again} />
            } else {
                if let Some(error) = &*refused {
                    { alert(&words, error) }
                }
                <ExportForm store={props.store.clone()} room={props.room} {on_order} on_close={props.on_close.clone()} />
            }
        </Dialog>
    }
}

/// Hears how far it is for as long as the dialog is there.
fn follow(after: u64, progress: UseStateSetter<ExportProgress>, there: Rc<Cell<bool>>) {
    ask(Request::ExportProgress { after }, move |answer| {
        let Ok(Reply::Export { progress: now }) = answer else { return };
        if there.get() {
            progress.set(now.clone());
            follow(now.number, progress, there);
        }
    });
}

fn title(words: &Words, store: &Store, room: Option<RoomId>) -> String {
    match room.and_then(|room| store.person_of(room)) {
        Some(person) => words.text_with("download-title", &[("name", person.name.as_str().into())]),
        None => words.text("download-all"),
    }
}

/// Why it was not begun, or not finished.
fn alert(words: &Words, error: &IpcError) -> Html {
    let switched_off = IpcError::Refused { code: bedside_protocol::ErrorCode::Forbidden };
    let (title, text) = if *error == switched_off {
        (words.text("download-switched-off"), words.text("download-switched-off-do"))
    } else if *error == IpcError::Disk {
        (words.text("download-disk"), words.text("download-disk-do"))
    } else {
        let explained = explain(words, error);
        (explained.what, explained.advice)
    };
    html! { <Alert tone={Tone::Error} {title} {text} /> }
}
