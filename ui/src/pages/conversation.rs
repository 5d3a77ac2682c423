//! The open conversation: header, connection, messages, writing, details.

use std::rc::Rc;

use bedside_protocol::RoomSeq;
use bedside_protocol::ipc::{PersonView, Request, TimelineView, Window};
use yew::{AttrValue, Callback, Html, component, html, use_callback, use_effect_with};

use super::writing::Writing;
use crate::components::{
    ConnectionBar, ConversationHeader, Deed, DetailsPanel, EmptyState, IconName, MessageList, Skeleton,
    Skeletons,
};
use crate::dom;
use crate::hooks::{PageProps, Store, ask, use_in_view, use_mover};
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction, Panel};
use crate::state::timeline::{Timeline, TimelineAction};
use crate::words::{Words, use_words};

/// The conversation.
#[component]
pub(super) fn ConversationPage(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    let mover = use_mover(store);
    let on_displayed = use_in_view(store.nav.room);
    // The same callbacks for life: a message is drawn again only when it changes.
    let on_link = use_callback(store.dispatcher(), |url: AttrValue, dispatch| {
        dispatch.dispatch(Action::Nav(NavAction::Dialog(Dialog::Link(url))));
    });
    let on_deed = use_callback((), |wanted: Deed, ()| deed(wanted));
    // Opening a conversation is meant for writing; the box appears with the messages.
    let ready = store.timeline.as_ref().is_some_and(|timeline| timeline.live.view.is_some());
    use_effect_with((store.nav.room, ready), |_| drop(dom::focus(".composer__input")));
    let Some(timeline) = &store.timeline else {
        return html! {
            <main class="conversation conversation--none">
                { bar(store) }
                { pick(&words, store) }
            </main>
        };
    };
    let person = person(store, timeline);
    let reading = Reading { on_window: mover, on_displayed, on_link, on_deed };
    html! {
        <>
            <main class="conversation" data-region="conversation">
                if let Some(person) = &person {
                    <ConversationHeader
                        person={person.clone()}
                        details={store.nav.details}
                        on_back={nav(store, |()| NavAction::LeaveRoom)}
                        on_details={nav(store, NavAction::Details)}
                    />
                }
                { bar(store) }
                { messages(&words, store, timeline, reading) }
                { announcement(timeline) }
            </main>
            if let (Panel::Open, Some(person)) = (store.nav.details, person) {
                <DetailsPanel {person} on_close={nav(store, |()| NavAction::Details(Panel::Closed))} />
            }
        </>
    }
}

/// An invitation to choose, once there is something to choose from.
fn pick(words: &Words, store: &Store) -> Html {
    let rows = store.rooms.live.view.as_deref().map_or(0, |view| view.rows.len());
    if rows == 0 {
        return Html::default();
    }
    html! {
        <EmptyState
            icon={IconName::Message}
            title={words.text("conversation-pick-title")}
            text={words.text("conversation-pick")}
        />
    }
}

/// From the timeline, or from the list while the timeline is on its way.
fn person(store: &Store, timeline: &Timeline) -> Option<PersonView> {
    let held = timeline.live.view.as_deref().map(|view| view.head.person.clone());
    held.or_else(|| store.rooms.row(timeline.room_id).map(|row| row.person.clone()))
}

fn bar(store: &Store) -> Html {
    let Some(view) = store.connection.view.as_deref().cloned() else { return Html::default() };
    let on_try_now = Callback::from(|()| ask(Request::TryNow, |_| {}));
    let on_sign_in = nav(store, |()| NavAction::Dialog(Dialog::SignInAgain));
    html! { <ConnectionBar {view} {on_try_now} {on_sign_in} /> }
}

/// What the messages call back for.
struct Reading {
    on_window: Callback<Window>,
    on_displayed: Callback<Option<RoomSeq>>,
    on_link: Callback<AttrValue>,
    on_deed: Callback<Deed>,
}

fn messages(words: &Words, store: &Store, timeline: &Timeline, reading: Reading) -> Html {
    let Reading { on_window, on_displayed, on_link, on_deed } = reading;
    let Some(view) = timeline.live.view.clone() else {
        return html! { <Skeleton of={Skeletons::Messages} label={words.text("conversation-loading")} /> };
    };
    let key = timeline.room_id.to_string();
    html! {
        <>
            <MessageList
                key={format!("messages-{key}")}
                view={Rc::clone(&view)}
                window={timeline.window}
                jumps={timeline.jumps}
                {on_window}
                {on_displayed}
                {on_link}
                {on_deed}
            />
            { writing(store, &view, &key) }
        </>
    }
}

fn writing(store: &Store, view: &Rc<TimelineView>, key: &str) -> Html {
    let dispatch = store.dispatcher();
    let on_sent = Callback::from(move |()| dispatch.dispatch(Action::Timeline(TimelineAction::JumpToLatest)));
    html! {
        <Writing
            key={format!("writing-{key}")}
            room_id={view.head.room_id}
            name={view.head.person.name.clone()}
            draft={view.head.draft.clone()}
            writable={view.head.writable}
            enter_sends={store.settings().enter_sends}
            {on_sent}
        />
    }
}

/// The row of the message says what came of it.
fn deed(deed: Deed) {
    ask(
        match deed {
            Deed::Retry(client_id) => Request::Retry { client_id },
            Deed::Discard(client_id) => Request::Discard { client_id },
        },
        |_| {},
    );
}

/// Says each new message once, politely.
fn announcement(timeline: &Timeline) -> Html {
    let sender = timeline.live.view.as_deref().map(|view| view.head.person.name.clone()).unwrap_or_default();
    html! {
        <div class="visually-hidden" role="log" aria-live="polite">
            { for timeline.arrived.iter().map(|message| html! {
                <p key={message.key.clone()}>{ &sender }{ ": " }{ &message.text }</p>
            }) }
        </div>
    }
}

fn nav<T: 'static>(store: &Store, action: impl Fn(T) -> NavAction + 'static) -> Callback<T> {
    let dispatch = store.dispatcher();
    Callback::from(move |value| dispatch.dispatch(Action::Nav(action(value))))
}
