//! Keeps what is being written: soon after a change, and at once when one turns to something else.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::Request;
use gloo_timers::callback::Interval;
use yew::{hook, use_effect_with, use_mut_ref};

use super::{Store, ask};
use crate::state::Action;
use crate::state::composer::ComposerAction;
use crate::state::composers::KEEP_EVERY_MS;
use crate::state::draft::Draft;

/// Keeps every draft the engine has not got.
#[hook]
pub(crate) fn use_drafts(store: &Store) {
    let clock = use_mut_ref(|| None::<Interval>);
    // The first change starts the clock and later ones do not: a fast typist's draft is kept, too. It goes on until
    // there is nothing left to keep: while one draft is answered for, another may have been changed.
    use_effect_with(store.composers.unkept().next().is_some(), {
        let store = store.clone();
        move |unkept| {
            *clock.borrow_mut() = unkept.then(|| Interval::new(KEEP_EVERY_MS, move || keep_drafts(&store)));
        }
    });
    use_effect_with((store.nav.page, store.nav.room), {
        let store = store.clone();
        move |_| keep_drafts(&store)
    });
}

/// Keeps them now.
pub(crate) fn keep_drafts(store: &Store) {
    // A handle keeps every state it was read at; this one may live long, so a copy is read.
    let store = store.clone();
    let unkept: Vec<(RoomId, Draft)> = store.composers.unkept().collect();
    for (room_id, draft) in unkept {
        let dispatch = store.dispatcher();
        let say = move |action| dispatch.dispatch(Action::Composer(room_id, action));
        say(ComposerAction::Keeping(draft.clone()));
        let Draft { text, reply_to } = draft.clone();
        ask(Request::SaveDraft { room_id, text, reply_to }, move |answer| {
            say(match answer {
                Ok(_) => ComposerAction::Kept(draft),
                Err(why) => ComposerAction::NotKept(draft, why),
            });
        });
    }
}
