//! Tells the engine that one types: with a key, once a second at most, and at once when it is over.
//!
//! The engine decides whether and when the other is told.

use std::cell::Cell;
use std::rc::Rc;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::Request;
use js_sys::Date;
use yew::{Callback, hook, use_effect_with, use_memo};

use super::ask;

/// The same is not said again sooner, in milliseconds.
const AGAIN_MS: f64 = 1_000.0;

/// A callback for whether one types in this conversation. Leaving it ends that.
#[hook]
pub(crate) fn use_typing(room: RoomId) -> Callback<bool> {
    let said = use_memo((), |()| Cell::new(None::<f64>));
    use_effect_with(room, {
        let said = Rc::clone(&said);
        move |room| {
            let room = *room;
            move || stop(room, &said)
        }
    });
    Callback::from(move |typing| if typing { begin(room, &said) } else { stop(room, &said) })
}

fn begin(room_id: RoomId, said: &Cell<Option<f64>>) {
    let now = Date::now();
    if said.get().is_none_or(|at| (now - at).abs() >= AGAIN_MS) {
        said.set(Some(now));
        tell(room_id, true);
    }
}

fn stop(room_id: RoomId, said: &Cell<Option<f64>>) {
    if said.take().is_some() {
        tell(room_id, false);
    }
}

fn tell(room_id: RoomId, typing: bool) {
    // Nothing depends on it; a lost word is repeated with the next key, or over by itself.
    ask(Request::Typing { room_id, typing }, |_| {});
}
