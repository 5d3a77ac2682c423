//! Saving another text of a message: looked through like a new one, and only then handed to the engine.

use bedside_protocol::ipc::{Reply, Request};
use bedside_protocol::{MessageId, RoomId};

use crate::hooks::{Store, ask};
use crate::state::Action;
use crate::state::composer::ComposerAction;
use crate::state::editing::EditAction;
use crate::state::nav::{Dialog, NavAction};
use crate::state::thought::Thought;

/// Looks through the text, unless its author has thought it over already.
pub(super) fn look_through(store: &Store, room_id: RoomId, message_id: MessageId, text: String) {
    let store = store.clone();
    let confirmed = store.composers.of(room_id).and_then(|composer| composer.confirmed.clone());
    if confirmed.as_deref() == Some(text.as_str()) {
        return save(&store, room_id, message_id, text);
    }
    say(&store, room_id, EditAction::Saving);
    ask(Request::CheckMessage { room_id, text: text.clone() }, move |answer| match answer {
        Ok(Reply::Warnings { warnings }) if !warnings.is_empty() => {
            say(&store, room_id, EditAction::Held(message_id));
            let thought = Thought { warnings, ..Thought::of_change(room_id, message_id, text) };
            store.dispatch(Action::Nav(NavAction::Dialog(Dialog::ThinkOver(thought))));
        }
        // What cannot be looked through goes: this never stops a message.
        _ => save(&store, room_id, message_id, text),
    });
}

/// Hands it to the engine as it stands.
pub(super) fn save(store: &Store, room_id: RoomId, message_id: MessageId, text: String) {
    let store = store.clone();
    say(&store, room_id, EditAction::Saving);
    ask(Request::EditMessage { room_id, message_id, text }, move |answer| {
        let said = match answer {
            Ok(_) => EditAction::End(message_id),
            Err(why) => EditAction::NotSaved(message_id, why),
        };
        say(&store, room_id, said);
    });
}

fn say(store: &Store, room_id: RoomId, action: EditAction) {
    store.dispatch(Action::Composer(room_id, ComposerAction::Edit(action)));
}
