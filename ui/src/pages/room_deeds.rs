//! What is done to a conversation of the list: asked of the engine, which keeps it. The list itself says what came of it.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Request, RoomDeed};
use yew::Callback;

use crate::hooks::{Store, ask};
use crate::state::Action;
use crate::state::rooms::RoomsAction;

/// A callback for what is done.
pub(super) fn set_up(store: &Store) -> Callback<(RoomId, RoomDeed)> {
    let dispatch = store.dispatcher();
    Callback::from(move |(room_id, deed)| {
        dispatch.dispatch(Action::Rooms(RoomsAction::SetUp(room_id, deed)));
        let dispatch = dispatch.clone();
        ask(Request::SetUp { room_id, deed }, move |answer| {
            if answer.is_err() {
                dispatch.dispatch(Action::Rooms(RoomsAction::NotKept));
            }
        });
    })
}
