//! What another device had at the same time: taken over, added to what stands in the box, or dropped.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{DraftDecision, DraftOffer, QuoteView, Reply, Request};
use yew::Callback;

use super::editing;
use crate::components::OfferDeed;
use crate::hooks::{Store, ask};
use crate::state::Action;
use crate::state::composer::{ComposerAction, SharedAction};
use crate::state::draft::Draft;
use crate::state::keeping::KeepAction;

/// Between two texts in one box.
const BETWEEN: &str = "\n\n";

/// Decides upon an offer. While the draft is on its way to the disk nothing is decided: it must not come later.
pub(super) fn decide(store: &Store, room_id: RoomId, offer: &DraftOffer) -> Callback<OfferDeed> {
    let (store, offer) = (store.clone(), offer.clone());
    Callback::from(move |deed| {
        // A handle keeps every state it was read at; a copy is read.
        let store = store.clone();
        let Some(composer) = store.composers.of(room_id).filter(|composer| !composer.is_being_kept()) else {
            return;
        };
        let before = composer.draft();
        let (text, reply) = outcome(deed, &before, composer.reply.clone(), &offer);
        let taken_over = deed == OfferDeed::TakeOver && !before.text.trim().is_empty();
        let instead = if taken_over { before.clone() } else { Draft::default() };
        let decides = DraftDecision {
            offered: offer.text.clone(),
            instead: instead.text,
            instead_reply_to: instead.reply_to,
        };
        keep(&store, room_id, (text, reply), before, (composer.seen, decides));
        editing::focus();
    })
}

/// The text of the box, and what it replies to.
fn outcome(
    deed: OfferDeed,
    before: &Draft,
    reply: Option<QuoteView>,
    offer: &DraftOffer,
) -> (String, Option<QuoteView>) {
    match deed {
        OfferDeed::TakeOver => (offer.text.clone(), offer.reply.clone()),
        OfferDeed::Append if before.text.trim().is_empty() => {
            (offer.text.clone(), reply.or(offer.reply.clone()))
        }
        OfferDeed::Append => {
            ([before.text.as_str(), offer.text.as_str()].join(BETWEEN), reply.or(offer.reply.clone()))
        }
        OfferDeed::Drop => (before.text.clone(), reply),
    }
}

fn keep(
    store: &Store,
    room_id: RoomId,
    (text, reply): (String, Option<QuoteView>),
    before: Draft,
    (seen, decides): (u64, DraftDecision),
) {
    let dispatch = store.dispatcher();
    let say = move |action| dispatch.dispatch(Action::Composer(room_id, action));
    let reply_to = reply.as_ref().map(|quote| quote.message_id);
    let draft = Draft { text: text.clone(), reply_to };
    say(ComposerAction::Shared(SharedAction::Decided(text.clone(), reply)));
    say(ComposerAction::Draft(KeepAction::Keeping(draft.clone())));
    let request = Request::SaveDraft { room_id, text, reply_to, seen, decides: Some(decides) };
    ask(request, move |answer| match answer {
        Ok(told) => {
            if let Reply::DraftKept { seen } = told {
                say(ComposerAction::Shared(SharedAction::Seen(seen)));
            }
            say(ComposerAction::Draft(KeepAction::Kept(draft)));
        }
        Err(why) => {
            say(ComposerAction::Shared(SharedAction::NotDecided(draft.clone(), before.text)));
            say(ComposerAction::Draft(KeepAction::NotKept(draft, why)));
        }
    });
}
