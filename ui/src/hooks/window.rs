//! What the window tells: that it slept, that it has the focus, that the system turned dark.

use gloo_events::EventListener;
use gloo_timers::callback::{Interval, Timeout};
use web_sys::VisibilityState;
use yew::{UseReducerDispatcher, hook, use_effect_with, use_force_update, use_mut_ref, use_state_eq};

use super::Store;
use crate::dom;
use crate::format;
use crate::state::nav::{NavAction, Room};
use crate::state::{Action, State};

/// A window hidden longer than this may have missed events, in milliseconds.
const SLEPT_MS: f64 = 15_000.0;

const MINUTE_MS: u32 = 60_000;

/// Asks for everything anew once the window wakes: a suspended webview misses events.
#[hook]
pub(crate) fn use_awake(store: &Store) {
    let dispatch = store.dispatcher();
    let hidden_since = use_mut_ref(|| None::<f64>);
    use_effect_with((), move |()| {
        let listener = dom::document().map(|document| {
            EventListener::new(&document.clone(), "visibilitychange", move |_| {
                let now = js_sys::Date::now();
                let visible = document.visibility_state() == VisibilityState::Visible;
                let slept = hidden_since.replace((!visible).then_some(now));
                if visible && slept.is_some_and(|since| now - since > SLEPT_MS) {
                    dispatch.dispatch(Action::Awake);
                }
            })
        });
        move || drop(listener)
    });
}

/// Tells the store which day it is, at midnight and whenever the window is seen again: timers stand still in sleep.
#[hook]
pub(crate) fn use_today(store: &Store) {
    let dispatch = store.dispatcher();
    use_effect_with(store.today, {
        let dispatch = dispatch.clone();
        move |_| {
            let midnight = Timeout::new(format::until_tomorrow_ms(), move || tell_day(&dispatch));
            move || drop(midnight)
        }
    });
    use_effect_with((), move |()| {
        let listener = dom::document().map(|document| {
            EventListener::new(&document.clone(), "visibilitychange", move |_| tell_day(&dispatch))
        });
        move || drop(listener)
    });
}

fn tell_day(dispatch: &UseReducerDispatcher<State>) {
    dispatch.dispatch(Action::Today(format::today()));
}

/// Whether the person looks at this window.
#[hook]
pub(crate) fn use_focused() -> bool {
    let focused = use_state_eq(dom::has_focus);
    let set = focused.setter();
    use_effect_with((), move |()| {
        let listen = |event: &'static str| {
            let set = set.clone();
            dom::window().map(|window| {
                EventListener::new(&window, event, move |_| {
                    let set = set.clone();
                    // Within the event the document does not know yet.
                    Timeout::new(0, move || set.set(dom::has_focus())).forget();
                })
            })
        };
        let listeners = (listen("focus"), listen("blur"));
        move || drop(listeners)
    });
    *focused
}

/// Draws again when the system changes between light and dark.
#[hook]
pub(crate) fn use_dark_wish() -> bool {
    let update = use_force_update();
    use_effect_with((), move |()| {
        let listener =
            dom::dark_wish().map(|wish| EventListener::new(&wish, "change", move |_| update.force_update()));
        move || drop(listener)
    });
    dom::dark_wish().is_some_and(|wish| wish.matches())
}

/// Draws again every minute: how long something has lasted is told in minutes.
#[hook]
pub(crate) fn use_minutes() {
    let update = use_force_update();
    use_effect_with((), move |()| {
        let clock = Interval::new(MINUTE_MS, move || update.force_update());
        move || drop(clock)
    });
}

/// Tells the store whether there is room for the details beside the conversation, whenever that changes.
#[hook]
pub(crate) fn use_room_for_details(store: &Store) {
    let dispatch = store.dispatcher();
    use_effect_with((), move |()| {
        let listener = dom::room_for_details().map(|query| {
            EventListener::new(&query.clone(), "change", move |_| {
                let room = if query.matches() { Room::Beside } else { Room::Over };
                dispatch.dispatch(Action::Nav(NavAction::Fits(room)));
            })
        });
        move || drop(listener)
    });
}
