//! Keeps what is being written: soon after a change, and at once when one turns to something else.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{EditDraft, Reply, Request};
use gloo_timers::callback::Interval;
use yew::{hook, use_effect_with, use_mut_ref};

use super::{Store, ask};
use crate::state::Action;
use crate::state::composer::{ComposerAction, SharedAction};
use crate::state::composers::KEEP_EVERY_MS;
use crate::state::draft::Draft;
use crate::state::keeping::KeepAction;

/// Keeps every draft the engine has not got.
#[hook]
pub(crate) fn use_drafts(store: &Store) {
    let clock = use_mut_ref(|| None::<Interval>);
    // The first change starts the clock and later ones do not: a fast typist's draft is kept, too. It goes on until
    // there is nothing left to keep: while one draft is answered for, another may have been changed.
    use_effect_with(store.composers.has_unkept(), {
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
    let drafts: Vec<(RoomId, Draft)> = store.composers.unkept().collect();
    for (room_id, draft) in drafts {
        let Draft { text, reply_to } = draft.clone();
        let seen = store.composers.of(room_id).map_or(0, |composer| composer.seen);
        let request = Request::SaveDraft { room_id, text, reply_to, seen, decides: None };
        keep(&store, room_id, draft, request, ComposerAction::Draft);
    }
    let edits: Vec<(RoomId, Option<EditDraft>)> = store.composers.unkept_edits().collect();
    for (room_id, editing) in edits {
        let request = Request::SaveEdit { room_id, editing: editing.clone() };
        keep(&store, room_id, editing, request, ComposerAction::EditDraft);
    }
}

fn keep<T: Clone + 'static>(
    store: &Store,
    room_id: RoomId,
    what: T,
    request: Request,
    action: fn(KeepAction<T>) -> ComposerAction,
) {
    let dispatch = store.dispatcher();
    let say = move |told| dispatch.dispatch(Action::Composer(room_id, action(told)));
    let seen = store.dispatcher();
    say(KeepAction::Keeping(what.clone()));
    ask(request, move |answer| {
        // First: what has arrived and is offered is not to take the place of what was kept.
        if let Ok(Reply::DraftKept { seen: number }) = answer {
            seen.dispatch(Action::Composer(room_id, ComposerAction::Shared(SharedAction::Seen(number))));
        }
        say(match answer {
            Ok(_) => KeepAction::Kept(what),
            Err(why) => KeepAction::NotKept(what, why),
        });
    });
}
