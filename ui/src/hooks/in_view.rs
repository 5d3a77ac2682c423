//! Tells the engine what is seen: it moves the read mark only for what is displayed in a focused window.

use bedside_protocol::ipc::Request;
use bedside_protocol::{RoomId, RoomSeq};
use yew::{Callback, hook, use_callback, use_effect_with, use_mut_ref};

use super::{ask, use_focused};
use crate::dom;

/// The conversation on screen and the newest place of it that was shown.
type Seen = (Option<RoomId>, Option<RoomSeq>);

/// A callback for the newest place shown. It draws nothing anew: scrolling must not.
#[hook]
pub(crate) fn use_in_view(room: Option<RoomId>) -> Callback<Option<RoomSeq>> {
    let focused = use_focused();
    let seen = use_mut_ref(Seen::default);
    use_effect_with((room, focused), {
        let seen = seen.clone();
        move |(room, focused)| {
            let displayed = match *seen.borrow() {
                (before, displayed) if before == *room => displayed,
                _ => None,
            };
            tell(*room, displayed, *focused);
        }
    });
    // On another page nothing of the conversation is seen, and its messages are notified of again.
    use_effect_with((), |()| || tell(None, None, dom::has_focus()));
    use_callback((room, focused), move |displayed, (room, focused)| {
        *seen.borrow_mut() = (*room, displayed);
        tell(*room, displayed, *focused);
    })
}

fn tell(room_id: Option<RoomId>, displayed: Option<RoomSeq>, focused: bool) {
    // The engine asks nothing back; a lost word is repeated with the next one.
    ask(Request::InView { room_id, displayed, focused }, |_| {});
}
