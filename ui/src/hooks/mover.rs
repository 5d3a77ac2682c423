//! Moves the window of the open timeline: one request at a time, the latest wish last.

use std::cell::RefCell;
use std::rc::Rc;

use bedside_protocol::ipc::{Request, Window};
use yew::{Callback, UseReducerDispatcher, hook, use_callback, use_mut_ref};

use super::{Store, ask};
use crate::state::timeline::TimelineAction;
use crate::state::wanted::Slot;
use crate::state::{Action, State};

#[derive(Default)]
struct Moves {
    running: bool,
    next: Option<Window>,
}

/// A callback that moves the window.
#[hook]
pub(crate) fn use_mover(store: &Store) -> Callback<Window> {
    let moves = use_mut_ref(Moves::default);
    let store = store.clone();
    use_callback((), move |window, ()| {
        // A handle keeps every state it was read at; this one lives long, so a copy is read.
        let store = store.clone();
        let subscription = store.timeline.as_ref().and_then(|timeline| timeline.live.subscription);
        if let Some(subscription) = subscription {
            go(Rc::clone(&moves), subscription, window, store.dispatcher());
        }
    })
}

fn go(moves: Rc<RefCell<Moves>>, subscription: u32, window: Window, dispatch: UseReducerDispatcher<State>) {
    if std::mem::replace(&mut moves.borrow_mut().running, true) {
        moves.borrow_mut().next = Some(window);
        return;
    }
    dispatch.dispatch(Action::Timeline(TimelineAction::Moved(window)));
    ask(Request::MoveWindow { subscription, window }, move |answer| {
        let next = {
            let mut moves = moves.borrow_mut();
            moves.running = false;
            moves.next.take()
        };
        match (answer, next) {
            (Err(_), _) => dispatch.dispatch(Action::Lost(Slot::Timeline)),
            (Ok(_), Some(next)) if next != window => go(moves, subscription, next, dispatch),
            (Ok(_), _) => {}
        }
    });
}
