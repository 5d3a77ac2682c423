//! Writing in a conversation: the message is stored, and only then the box cleared.

use std::rc::Rc;

use bedside_protocol::ipc::{IpcError, QuickRepliesView, QuoteView, Request, TimelineHead};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with};

use crate::components::{
    ComposerBox, DraftOfferBar, EnterKey, Icon, IconName, Purpose, StaleNotice, UnseenNotice, Urgency,
};
use crate::errors::explain;
use crate::hooks::{Store, ask, keep_drafts, use_typing};
use crate::pages::link::use_link;
use crate::state::Action;
use crate::state::composer::{Composer, ComposerAction};
use crate::state::editing::{EditAction, Outcome};
use crate::state::emoji::TasteAction;
use crate::state::timeline::Timeline;
use crate::words::{Words, use_words};

mod deciding;
mod editing;
mod filling;
mod saving;
pub(super) mod sending;

/// The properties of writing.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub store: Store,
    pub head: TimelineHead,
    pub composer: Composer,
}

/// The composer, or the reason why there is none.
#[component]
pub(super) fn Writing(props: &Props) -> Html {
    let words = use_words();
    let Props { store, head, composer } = props;
    let says_typing = use_typing(head.room_id);
    let on_link = use_link(store);
    // A message to edit or to reply to is brought here to be written in.
    let edited = composer.editing.as_ref().map(|editing| editing.message_id);
    let replied = composer.reply.as_ref().map(|quote| quote.message_id);
    use_effect_with((edited, replied), |wanted| {
        if *wanted != (None, None) {
            editing::focus();
        }
    });
    let name = &head.person.name;
    if !head.writable {
        return html! {
            <footer class="composer composer--closed" data-region="composer">
                <Icon name={IconName::Lock} /><p>{ words.about("composer-closed", name) }</p>
            </footer>
        };
    }
    let stale = store.timeline.as_ref().map_or(0, |timeline| timeline.stale().len());
    let editing = composer.editing.as_ref();
    let (purpose, sendable, error) = match editing {
        Some(editing) => (Purpose::Edit, editing.outcome() != Outcome::Wait, editing.error.clone()),
        None => (new(composer), composer.sendable().is_some(), composer.error.clone()),
    };
    html! {
        <footer data-region="composer">
            <StaleNotice
                count={i64::try_from(stale).unwrap_or(i64::MAX)}
                addressee={name.clone()}
                addressee_role={head.person.role}
                on_send_all={send_stale(store)}
            />
            if let Some(since) = store.unseen_since(head.room_id) {
                <UnseenNotice {since} phone={head.person.facts.phone.clone().map(AttrValue::from)} {on_link} />
            }
            if let (Some(offer), None) = (head.draft_offer.as_deref(), editing) {
                <DraftOfferBar text={offer.text.clone()} on_decide={deciding::decide(store, head.room_id, offer)} />
            }
            if composer.seen > head.draft_seen && head.draft_offer.is_none() {
                <p key={composer.seen} class="visually-hidden" role="status">{ words.text("draft-arrived") }</p>
            }
            <ComposerBox
                name={name.clone()}
                text={composer.shown().to_owned()}
                {purpose}
                urgency={urgency(composer)}
                reply={composer.reply.as_ref().map(|chosen| now(store, chosen))}
                enter={if store.settings().enter_sends { EnterKey::Sends } else { EnterKey::Breaks }}
                space={composer.space()}
                {sendable}
                {error}
                risk={composer.at_risk().map(|why| risk(&words, why))}
                taste={store.taste.clone()}
                on_type={typed(props, says_typing.clone())}
                on_send={if editing.is_some() { editing::save(store, head.room_id) } else { sending::press(store, head.room_id) }}
                on_leave={leave(store, says_typing)}
                on_cancel={if editing.is_some() { editing::cancel(store, head.room_id) } else { no_reply(props) }}
                on_urgent={mark(props)}
                on_edit_last={editing::edit_last(store, head.room_id)}
                on_taste={taste(store)}
                on_fill={filling::fill(store, head.room_id, &words)}
                replies={replies(store)}
            />
        </footer>
    }
}

const fn new(composer: &Composer) -> Purpose {
    if composer.reply.is_some() { Purpose::Reply } else { Purpose::Send }
}

const fn urgency(composer: &Composer) -> Urgency {
    if composer.urgent { Urgency::Urgent } else { Urgency::Everyday }
}

fn mark(props: &Props) -> Callback<Urgency> {
    let (dispatch, room) = (props.store.dispatcher(), props.head.room_id);
    Callback::from(move |urgency| {
        dispatch.dispatch(Action::Composer(room, ComposerAction::Urgent(urgency == Urgency::Urgent)));
    })
}

/// Every message of the conversation that waits for its author's word goes, oldest first.
fn send_stale(store: &Store) -> Callback<()> {
    let store = store.clone();
    Callback::from(move |()| {
        // A handle keeps every state it was read at; a copy is read.
        let store = store.clone();
        let stale = store.timeline.as_ref().map(Timeline::stale).unwrap_or_default();
        // What cannot be confirmed stays where it is, and says so.
        stale.into_iter().for_each(|client_id| ask(Request::Retry { client_id }, |_| {}));
    })
}

/// The message replied to, as it stands now.
fn now(store: &Store, chosen: &QuoteView) -> QuoteView {
    store.timeline.as_ref().map_or_else(|| chosen.clone(), |timeline| timeline.now(chosen))
}

fn no_reply(props: &Props) -> Callback<()> {
    let (dispatch, room) = (props.store.dispatcher(), props.head.room_id);
    Callback::from(move |()| dispatch.dispatch(Action::Composer(room, ComposerAction::NoReply)))
}

fn typed(props: &Props, says_typing: Callback<bool>) -> Callback<String> {
    let (dispatch, room) = (props.store.dispatcher(), props.head.room_id);
    let editing = props.composer.editing.is_some();
    Callback::from(move |text: String| {
        says_typing.emit(!editing && !text.trim().is_empty());
        let typed =
            if editing { ComposerAction::Edit(EditAction::Typed(text)) } else { ComposerAction::Typed(text) };
        dispatch.dispatch(Action::Composer(room, typed));
    })
}

/// None for those who have none, and while they are not known.
fn replies(store: &Store) -> Option<Rc<QuickRepliesView>> {
    store.quick_replies.view.clone().filter(|_| store.has_quick_replies())
}

fn leave(store: &Store, says_typing: Callback<bool>) -> Callback<()> {
    let store = store.clone();
    Callback::from(move |()| {
        says_typing.emit(false);
        keep_drafts(&store);
    })
}

fn taste(store: &Store) -> Callback<TasteAction> {
    let dispatch = store.dispatcher();
    Callback::from(move |action| dispatch.dispatch(Action::Taste(action)))
}

/// Why a draft is not kept; the engine finds only what is too long malformed.
fn risk(words: &Words, why: &IpcError) -> AttrValue {
    match why {
        IpcError::Malformed => words.text("composer-not-kept-long").into(),
        other => explain(words, other).what.into(),
    }
}
