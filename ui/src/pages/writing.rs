//! Writing in a conversation: the message is stored, and only then the box cleared.

use bedside_protocol::ipc::{IpcError, Request, TimelineHead};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with};

use crate::components::{ComposerBox, EnterKey, Icon, IconName, Purpose};
use crate::errors::explain;
use crate::hooks::{Store, ask, keep_drafts, use_typing};
use crate::state::Action;
use crate::state::composer::{Composer, ComposerAction};
use crate::state::editing::{EditAction, Outcome};
use crate::state::emoji::TasteAction;
use crate::state::timeline::TimelineAction;
use crate::words::{Words, use_words};

mod editing;

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
    // A message to edit is brought here to be written in.
    let edited = composer.editing.as_ref().map(|editing| editing.message_id);
    use_effect_with(edited, |edited| {
        if edited.is_some() {
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
    let editing = composer.editing.as_ref();
    let (purpose, sendable, error) = match editing {
        Some(editing) => (Purpose::Edit, editing.outcome() != Outcome::Wait, editing.error.clone()),
        None => (Purpose::Send, composer.sendable().is_some(), composer.error.clone()),
    };
    html! {
        <footer data-region="composer">
            <ComposerBox
                name={name.clone()}
                text={composer.shown().to_owned()}
                {purpose}
                enter={if store.settings().enter_sends { EnterKey::Sends } else { EnterKey::Breaks }}
                space={composer.space()}
                {sendable}
                {error}
                risk={composer.at_risk().map(|why| risk(&words, why))}
                taste={store.taste.clone()}
                on_type={typed(props, says_typing.clone())}
                on_send={if editing.is_some() { editing::save(store, head.room_id) } else { send(props) }}
                on_leave={leave(store, says_typing)}
                on_cancel={editing::cancel(store, head.room_id)}
                on_edit_last={editing::edit_last(store, head.room_id)}
                on_taste={taste(store)}
            />
        </footer>
    }
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

fn send(props: &Props) -> Callback<()> {
    let (store, room_id) = (props.store.clone(), props.head.room_id);
    Callback::from(move |()| {
        // A handle keeps every state it was read at; a copy is read.
        let store = store.clone();
        let Some(text) = store.composers.of(room_id).and_then(Composer::sendable) else { return };
        let dispatch = store.dispatcher();
        let say = move |action| dispatch.dispatch(Action::Composer(room_id, action));
        say(ComposerAction::Sending(text.clone()));
        let dispatch = store.dispatcher();
        ask(Request::Send { room_id, text, urgent: false }, move |answer| match answer {
            Err(error) => say(ComposerAction::Failed(error)),
            Ok(_) => {
                say(ComposerAction::Queued);
                dispatch.dispatch(Action::Timeline(room_id, TimelineAction::JumpToLatest));
            }
        });
    })
}
