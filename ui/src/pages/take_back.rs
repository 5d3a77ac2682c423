//! Really take this message back? And what that does.

use bedside_protocol::ipc::{IpcError, Request};
use bedside_protocol::{MessageId, RoomId};
use yew::{AttrValue, Callback, Html, Properties, UseReducerDispatcher, component, html, use_state_eq};

use crate::components::{Alert, Button, Dialog, Kind, Tone};
use crate::errors::explain;
use crate::hooks::ask;
use crate::state::composer::ComposerAction;
use crate::state::editing::EditAction;
use crate::state::{Action, State};
use crate::words::use_words;

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub room_id: RoomId,
    pub message_id: MessageId,
    /// Who will no longer see it.
    pub name: AttrValue,
    pub dispatch: UseReducerDispatcher<State>,
    pub on_close: Callback<()>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Progress {
    Asking,
    Busy,
    Failed(IpcError),
}

/// The dialog. It closes once the engine has it.
#[component]
pub(super) fn TakeBackDialog(props: &Props) -> Html {
    let words = use_words();
    let progress = use_state_eq(|| Progress::Asking);
    let busy = *progress == Progress::Busy;
    let take_back = Callback::from({
        let (room_id, message_id) = (props.room_id, props.message_id);
        let (progress, dispatch) = (progress.setter(), props.dispatch.clone());
        let on_close = props.on_close.clone();
        move |_| {
            progress.set(Progress::Busy);
            let (progress, dispatch, on_close) = (progress.clone(), dispatch.clone(), on_close.clone());
            ask(Request::RetractMessage { room_id, message_id }, move |answer| match answer {
                Err(error) => progress.set(Progress::Failed(error)),
                Ok(_) => {
                    let end = ComposerAction::Edit(EditAction::End(message_id));
                    dispatch.dispatch(Action::Composer(room_id, end));
                    on_close.emit(());
                }
            });
        }
    });
    html! {
        <Dialog title={words.text("take-back-title")} on_close={props.on_close.clone()}>
            if let Progress::Failed(error) = &*progress {
                <Alert tone={Tone::Error} title={explain(&words, error).what} text={explain(&words, error).advice} />
            }
            <p class="dialog__text">{ words.about("take-back-text", &props.name) }</p>
            <div class="dialog__deeds">
                <Button onclick={props.on_close.reform(|_| ())}>{ words.text("dialog-cancel") }</Button>
                <Button kind={Kind::Danger} {busy} onclick={take_back}>{ words.text("message-take-back") }</Button>
            </div>
        </Dialog>
    }
}
