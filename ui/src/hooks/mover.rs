//! Moves the window of the open timeline: one request at a time, the latest wish last.

use std::cell::RefCell;
use std::rc::Rc;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Request, Window};
use yew::{Callback, UseReducerDispatcher, hook, use_callback, use_mut_ref};

use super::{Store, ask};
use crate::state::timeline::TimelineAction;
use crate::state::{Action, State};

/// A window wanted for a conversation's subscription.
#[derive(Clone, Copy, PartialEq)]
struct Wish {
    room: RoomId,
    subscription: u32,
    window: Window,
}

#[derive(Default)]
struct Moves {
    running: bool,
    next: Option<Wish>,
}

/// A callback that moves the window.
#[hook]
pub(crate) fn use_mover(store: &Store) -> Callback<Window> {
    let moves = use_mut_ref(Moves::default);
    let store = store.clone();
    use_callback((), move |window, ()| {
        // A handle keeps every state it was read at; this one lives long, so a copy is read.
        let store = store.clone();
        let Some(timeline) = store.timeline.as_ref() else { return };
        if let Some(subscription) = timeline.live.subscription {
            go(Rc::clone(&moves), Wish { room: timeline.room_id, subscription, window }, store.dispatcher());
        }
    })
}

fn go(moves: Rc<RefCell<Moves>>, wish: Wish, dispatch: UseReducerDispatcher<State>) {
    if std::mem::replace(&mut moves.borrow_mut().running, true) {
        moves.borrow_mut().next = Some(wish);
        return;
    }
    let Wish { room, subscription, window } = wish;
    dispatch.dispatch(Action::Timeline(room, TimelineAction::Moved(subscription, window)));
    ask(Request::MoveWindow { subscription, window }, move |answer| {
        let next = {
            let mut moves = moves.borrow_mut();
            moves.running = false;
            moves.next.take()
        };
        if answer.is_err() {
            dispatch.dispatch(Action::Timeline(room, TimelineAction::NotMoved(subscription)));
        }
        // A wish for a conversation that was left meanwhile is answered "not found" and changes nothing.
        if let Some(next) = next.filter(|next| *next != wish) {
            go(moves, next, dispatch);
        }
    });
}
