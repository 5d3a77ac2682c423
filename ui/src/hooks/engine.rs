//! Keeps the subscriptions the state wants, and turns the engine's news into actions.

use std::collections::HashMap;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::{UseReducerDispatcher, hook, use_effect_with, use_mut_ref};

use super::Store;
use crate::bridge::{News, Subscription, subscribe};
use crate::state::wanted::{Slot, Wanted};
use crate::state::{Action, State};

/// A query the shell refuses is asked again after this long, in milliseconds.
const AGAIN_MS: u32 = 1_000;

type Held = HashMap<Slot, (Rc<str>, Subscription)>;

/// Subscribes to what the state wants and to nothing else.
#[hook]
pub(crate) fn use_engine(store: &Store) {
    let held = use_mut_ref(Held::new);
    let wanted = store.wanted();
    let keys: Vec<(Slot, Rc<str>)> = wanted.iter().map(|wanted| (wanted.slot, wanted.key.clone())).collect();
    let dispatch = store.dispatcher();
    use_effect_with(keys, move |_| settle(&mut held.borrow_mut(), wanted, &dispatch));
}

fn settle(held: &mut Held, wanted: Vec<Wanted>, dispatch: &UseReducerDispatcher<State>) {
    held.retain(|slot, (key, _)| wanted.iter().any(|wanted| wanted.slot == *slot && wanted.key == *key));
    for Wanted { slot, key, query } in wanted {
        held.entry(slot).or_insert_with(|| {
            let dispatch = dispatch.clone();
            let of = Rc::clone(&key);
            (key, subscribe(&query, move |news| hear(&dispatch, slot, &of, news)))
        });
    }
}

fn hear(dispatch: &UseReducerDispatcher<State>, slot: Slot, key: &Rc<str>, news: News) {
    match news {
        News::Update(update) => dispatch.dispatch(Action::Update(slot, Rc::clone(key), update)),
        News::Lost => {
            let (dispatch, key) = (dispatch.clone(), Rc::clone(key));
            Timeout::new(AGAIN_MS, move || dispatch.dispatch(Action::Lost(slot, key))).forget();
        }
    }
}
