//! The open conversation: header, messages, writing, details.

use std::rc::Rc;

use bedside_protocol::ipc::{Request, RoomNotices, TimelineMessage, TimelineView, Window};
use bedside_protocol::{RoomId, RoomSeq, Timestamp};
use yew::{AttrValue, Callback, Html, component, html, use_effect_with};

use super::link::use_link;
use super::message_deeds::use_message_deeds;
use super::room_deeds::set_up;
use super::writing::Writing;
use crate::components::{
    ConversationHeader, CopyNotice, Deed, DetailsPanel, EmptyState, FindBar, IconName, MessageList,
    ReplyNotice, Skeleton, Skeletons,
};
use crate::dom;
use crate::hooks::{PageProps, Store, ask, use_in_view, use_mover};
use crate::state::Action;
use crate::state::emoji::TasteAction;
use crate::state::find::FindAction;
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
    let on_link = use_link(store);
    let on_deed = use_message_deeds(store);
    // Opening a conversation is meant for writing; the box appears with the messages.
    let ready = store.timeline.as_ref().is_some_and(|timeline| timeline.live.view.is_some());
    use_effect_with((store.nav.room, ready), |_| drop(dom::focus(".composer__input")));
    let Some(timeline) = &store.timeline else {
        return html! {
            <main class="conversation conversation--none">
                { pick(&words, store) }
            </main>
        };
    };
    let person = store.person_of(timeline.room_id);
    let (room, set_up) = (timeline.room_id, set_up(store));
    let call = on_link.clone();
    let reading = Reading { on_window: mover, on_displayed, on_link, on_deed };
    html! {
        <>
            <main class="conversation" data-region="conversation">
                if let Some(person) = &person {
                    <ConversationHeader
                        person={person.clone()}
                        presence={store.presence_of(timeline.room_id)}
                        today={store.today}
                        details={store.nav.details}
                        on_find={act(store, move |()| Action::Timeline(room, TimelineAction::Find(FindAction::Open)))}
                        on_back={nav(store, |()| NavAction::LeaveRoom)}
                        on_details={nav(store, NavAction::Details)}
                        marks={store.marks_of(room)}
                        on_set_up={set_up.reform(move |deed| (room, deed))}
                        on_download={nav(store, move |()| NavAction::Dialog(Dialog::Export(Some(room))))}
                    />
                }
                if let Some(due) = store.marks_of(room).reply_due {
                    <ReplyNotice {due} on_stop={await_reply(room).reform(|()| None)} />
                }
                if let Some(find) = &timeline.find {
                    <FindBar
                        find={find.clone()}
                        on_find={act(store, move |action| Action::Timeline(room, TimelineAction::Find(action)))}
                    />
                }
                { messages(&words, store, timeline, reading) }
                { announcement(&words, timeline) }
            </main>
            if let (Panel::Open, Some(person)) = (store.nav.details, person) {
                <DetailsPanel
                    {person}
                    time_zone={store.clinic().time_zone}
                    presence={store.presence_of(timeline.room_id)}
                    today={store.today}
                    fits={store.nav.fits}
                    on_close={nav(store, |()| NavAction::Details(Panel::Closed))}
                    on_link={call}
                    notices={store.settings().notices.of(timeline.room_id)}
                    on_notices={keep_notices(store)}
                    on_download={nav(store, move |()| NavAction::Dialog(Dialog::Export(Some(room))))}
                    reply_due={store.marks_of(room).reply_due}
                    on_await={await_reply(room)}
                />
            }
        </>
    }
}

fn await_reply(room_id: RoomId) -> Callback<Option<Timestamp>> {
    Callback::from(move |by| ask(Request::AwaitReply { room_id, by }, |_| ()))
}

fn keep_notices(store: &Store) -> Callback<RoomNotices> {
    let store = store.clone();
    Callback::from(move |room: RoomNotices| {
        let mut settings = store.settings();
        settings.notices.set(room);
        ask(Request::SaveSettings { settings }, |_| ());
    })
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

/// What the messages call back for.
struct Reading {
    on_window: Callback<Window>,
    on_displayed: Callback<Option<RoomSeq>>,
    on_link: Callback<AttrValue>,
    on_deed: Callback<(TimelineMessage, Deed)>,
}

fn messages(words: &Words, store: &Store, timeline: &Timeline, reading: Reading) -> Html {
    let Reading { on_window, on_displayed, on_link, on_deed } = reading;
    let Some(view) = timeline.live.view.clone() else {
        return html! { <Skeleton of={Skeletons::Messages} label={words.text("conversation-loading")} /> };
    };
    let (room, key) = (timeline.room_id, timeline.room_id.to_string());
    html! {
        <>
            <MessageList
                key={format!("messages-{key}")}
                view={Rc::clone(&view)}
                window={timeline.window}
                jumps={timeline.jumps}
                shown={timeline.shown}
                visit={timeline.visit}
                unread_from={timeline.unread_from()}
                today={store.today}
                refused={timeline.refused.clone()}
                taste={store.taste.clone()}
                on_tone={act(store, |tone| Action::Taste(TasteAction::Tone(tone)))}
                find={timeline.find.as_ref().map(|find| find.text.clone()).unwrap_or_default()}
                found={timeline.find.as_ref().and_then(|find| find.current)}
                {on_window}
                {on_displayed}
                {on_link}
                {on_deed}
            />
            <CopyNotice
                copied={timeline.copied}
                on_seen={act(store, move |seen| Action::Timeline(room, TimelineAction::CopiedSeen(seen)))}
            />
            { writing(store, &view) }
        </>
    }
}

fn writing(store: &Store, view: &Rc<TimelineView>) -> Html {
    let head = view.head.clone();
    let Some(composer) = store.composers.of(head.room_id).cloned() else { return Html::default() };
    let key = format!("writing-{}", head.room_id);
    html! { <Writing {key} store={store.clone()} {head} {composer} /> }
}

/// Says each new message once, politely, and that one is being typed.
fn announcement(words: &Words, timeline: &Timeline) -> Html {
    let sender = timeline.live.view.as_deref().map(|view| view.head.person.name.clone()).unwrap_or_default();
    html! {
        <>
            <div class="visually-hidden" role="log" aria-live="polite">
                { for timeline.arrived.iter().map(|message| html! {
                    <p key={message.key.clone()}>
                        if message.urgent { { words.text("message-urgent") }{ ": " } }
                        { &sender }{ ": " }{ &message.text }
                    </p>
                }) }
            </div>
            <p class="visually-hidden" role="status">
                if timeline.says_typing {
                    { words.about("conversation-typing", &sender) }
                }
            </p>
        </>
    }
}

fn act<T: 'static>(store: &Store, action: impl Fn(T) -> Action + 'static) -> Callback<T> {
    let dispatch = store.dispatcher();
    Callback::from(move |value| dispatch.dispatch(action(value)))
}

fn nav<T: 'static>(store: &Store, action: impl Fn(T) -> NavAction + 'static) -> Callback<T> {
    act(store, move |value| Action::Nav(action(value)))
}
