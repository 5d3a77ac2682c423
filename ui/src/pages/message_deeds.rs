//! What is done with a message: asked of the engine, or begun here. The message itself says what came of it.

use std::rc::Rc;

use bedside_protocol::ipc::{Request, TimelineMessage};
use bedside_protocol::{MessageId, RoomId};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseReducerDispatcher, hook, use_callback};

use crate::components::Deed;
use crate::dom;
use crate::hooks::{Store, ask};
use crate::state::composer::ComposerAction;
use crate::state::draft::quote;
use crate::state::editing::EditAction;
use crate::state::emoji::TasteAction;
use crate::state::nav::{Dialog, NavAction};
use crate::state::timeline::{Copied, TimelineAction};
use crate::state::{Action, State};

type Dispatch = UseReducerDispatcher<State>;

/// A callback for what is done with messages of the open conversation.
#[hook]
pub(super) fn use_message_deeds(store: &Store) -> Callback<(TimelineMessage, Deed)> {
    // The same callback for life: a message is drawn again only when it changes.
    use_callback((store.nav.room, store.dispatcher()), |(message, deed), (room, dispatch)| {
        if let Some(room) = *room {
            act(message, deed, room, dispatch);
        }
    })
}

fn act(message: TimelineMessage, deed: Deed, room: RoomId, dispatch: &Dispatch) {
    match (deed, message.message_id) {
        (Deed::Visit(seq), _) => dispatch.dispatch(Action::Timeline(room, TimelineAction::Visit(seq))),
        (Deed::Reply, _) => {
            if let Some(quote) = quote(&message) {
                dispatch.dispatch(Action::Composer(room, ComposerAction::Reply(quote)));
            }
        }
        (Deed::Copy, _) => copy(message.text, room, dispatch.clone()),
        (Deed::Edit, Some(id)) => edit(room, id, message.text, dispatch),
        (Deed::TakeBack, Some(id)) => open(Dialog::TakeBack(room, id), dispatch),
        (Deed::Details, _) => open(Dialog::Moments(room, Rc::new(message)), dispatch),
        (Deed::Versions, Some(id)) => open(Dialog::Versions(room, id), dispatch),
        (Deed::React { emoji, on }, Some(id)) => {
            if let Some(emoji) = emojis::get(&emoji).filter(|_| on) {
                dispatch.dispatch(Action::Taste(TasteAction::Used(emoji)));
            }
            tell(Request::React { room_id: room, message_id: id, emoji, on }, message.key, room, dispatch);
        }
        (deed, id) => {
            if let Some(request) = request(&deed, room, id) {
                tell(request, message.key, room, dispatch);
            }
        }
    }
}

fn request(deed: &Deed, room_id: RoomId, message_id: Option<MessageId>) -> Option<Request> {
    Some(match deed {
        Deed::Retry(client_id) => Request::Retry { client_id: *client_id },
        Deed::Discard(client_id) => Request::Discard { client_id: *client_id },
        Deed::RetryChange => Request::RetryChange { room_id, message_id: message_id? },
        Deed::DiscardChange => Request::DiscardChange { room_id, message_id: message_id? },
        _ => return None,
    })
}

/// Puts a message's text into the composer.
pub(super) fn edit(room: RoomId, message: MessageId, text: String, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Composer(room, ComposerAction::Edit(EditAction::Begin(message, text))));
}

fn open(dialog: Dialog, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Nav(NavAction::Dialog(dialog)));
}

fn copy(text: String, room: RoomId, dispatch: Dispatch) {
    spawn_local(async move {
        let copied = if dom::copy(&text).await { Copied::Done } else { Copied::Failed };
        dispatch.dispatch(Action::Timeline(room, TimelineAction::Copied(copied)));
    });
}

fn tell(request: Request, key: String, room: RoomId, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    dispatch.dispatch(Action::Timeline(room, TimelineAction::Tried));
    ask(request, move |answer| {
        if let Err(why) = answer {
            dispatch.dispatch(Action::Timeline(room, TimelineAction::Refused(key, why)));
        }
    });
}
