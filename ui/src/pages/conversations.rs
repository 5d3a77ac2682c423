//! The conversation list with its search and filters.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Request, RoomDeed, RoomFilter, Settings};
use bedside_protocol::wire::Role;
use yew::{AttrValue, Callback, Html, component, html, use_callback};

use super::link::use_link;
use super::room_deeds::set_up;
use super::search;
use crate::components::{
    Button, EmptyState, FilterChips, Hands, IconButton, IconName, ListNotice, ResizeHandle, RoomList, Says,
    SearchField, Skeleton, Skeletons,
};
use crate::dom;
use crate::hooks::{PageProps, Store, ask};
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction};
use crate::state::rooms::{Emptiness, RoomsAction};
use crate::words::{Words, use_words};

/// The list.
#[component]
pub(super) fn ConversationsPage(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    // The same callback for life: a row is drawn again only when it changes.
    let on_open = use_callback(store.dispatcher(), |room: RoomId, dispatch| {
        dispatch.dispatch(Action::Nav(NavAction::Open(room)));
    });
    let on_set_up = set_up(store);
    let on_link = use_link(store);
    let searching = store.search.is_shown(&store.rooms.search);
    let on_undo = on_set_up.reform(|room| (room, RoomDeed::Unarchive));
    html! {
        <section class="conversations" aria-label={words.text("conversations")} data-region="list">
            <header class="conversations__head">
                <div class="conversations__title-line">
                    <h1 class="conversations__title">{ words.text("conversations") }</h1>
                    <IconButton icon={IconName::Compose} label={words.text("new-conversation")} onclick={new_one(store)} />
                </div>
                <SearchField
                    label={words.text("search-all")}
                    value={store.rooms.search.clone()}
                    key_hint={format!("{} K", words.command_key())}
                    on_search={act(store, RoomsAction::Search)}
                    on_enter={choose(store)}
                    on_down={Callback::from(|()| drop(dom::focus(".room-row, .search-hit, .search-recent__one")))}
                />
                if searching { { search::filters(&words, store) } } else { { filters(store) } }
            </header>
            <div class="conversations__rows">{
                if searching {
                    let names = names(&words, store, on_open, on_set_up, on_link);
                    search::results(&words, store, names)
                } else {
                    rows(&words, store, on_open, on_set_up, on_link)
                }
            }</div>
            <ListNotice
                notice={store.rooms.notice.clone()}
                {on_undo}
                on_seen={act(store, RoomsAction::NoticeSeen)}
            />
            <ResizeHandle
                label={words.text("list-resize")}
                width={store.settings().list_width}
                on_width={keep_width(store)}
            />
        </section>
    }
}

fn filters(store: &Store) -> Html {
    let view = store.rooms.live.view.as_deref();
    let (unread, urgent) = view.map_or((0, 0), |view| (view.unread_rooms, view.urgent_rooms));
    html! {
        <FilterChips
            filter={store.rooms.filter}
            role={store.me().map_or(Role::Patient, |me| me.role)}
            {unread}
            {urgent}
            filters={view.map(|view| view.filters).unwrap_or_default()}
            on_filter={act(store, RoomsAction::Filter)}
        />
    }
}

/// Conversations with people of the name that is looked for.
fn names(
    words: &Words,
    store: &Store,
    on_open: Callback<RoomId>,
    on_set_up: Callback<(RoomId, RoomDeed)>,
    on_link: Callback<AttrValue>,
) -> Html {
    let has_names = store.rooms.shown.as_deref().is_some_and(|view| !view.rows.is_empty());
    if has_names { rows(words, store, on_open, on_set_up, on_link) } else { Html::default() }
}

fn rows(
    words: &Words,
    store: &Store,
    on_open: Callback<RoomId>,
    on_set_up: Callback<(RoomId, RoomDeed)>,
    on_link: Callback<AttrValue>,
) -> Html {
    let Some(view) = store.rooms.shown.clone() else { return skeleton(words) };
    if view.loading && view.rows.is_empty() {
        return skeleton(words);
    }
    match store.rooms.emptiness() {
        Some(why) => empty(words, store, why),
        None => html! {
            <RoomList
                label={words.text("conversations")}
                {view}
                current={store.nav.room}
                today={store.today}
                says={if store.rooms.filter == RoomFilter::Unseen { Says::Unseen } else { Says::Preview }}
                {on_open}
                on_hands={hands(store)}
                {on_set_up}
                {on_link}
            />
        },
    }
}

fn skeleton(words: &Words) -> Html {
    html! { <Skeleton of={Skeletons::Rows} label={words.text("list-loading")} /> }
}

fn empty(words: &Words, store: &Store, why: Emptiness) -> Html {
    let all = act(store, |_: yew::MouseEvent| RoomsAction::ShowAll);
    let show_all = html! { <Button onclick={all}>{ words.text("list-show-all") }</Button> };
    let (icon, title, text, deed) = match why {
        Emptiness::NoConversations => {
            let start =
                html! { <Button onclick={new_one(store)}>{ words.text("list-empty-start") }</Button> };
            (IconName::Inbox, "list-empty-title", words.text(who_to_write_to(store)), start)
        }
        Emptiness::NothingUnread => {
            (IconName::Check, "list-none-unread-title", words.text("list-none-unread"), show_all)
        }
        Emptiness::NothingUrgent => {
            (IconName::Check, "list-none-urgent-title", words.text("list-none-urgent"), show_all)
        }
        Emptiness::NothingArchived => {
            (IconName::Archive, "list-none-archived-title", words.text("list-none-archived"), show_all)
        }
        Emptiness::NobodyWaits => {
            (IconName::Check, "list-none-waiting-title", words.text("list-none-waiting"), show_all)
        }
        Emptiness::NothingUnseen => {
            let days = i64::from(store.settings().unseen_days);
            (
                IconName::Check,
                "list-none-unseen-title",
                words.count("list-none-unseen", days).to_string(),
                show_all,
            )
        }
    };
    html! { <EmptyState {icon} title={words.text(title)} {text}>{ deed }</EmptyState> }
}

fn who_to_write_to(store: &Store) -> &'static str {
    match store.me().map(|me| me.role) {
        Some(Role::Practitioner) => "list-empty-practitioner",
        _ => "list-empty-patient",
    }
}

/// The first conversation found; where there is none, on to the messages.
fn choose(store: &Store) -> Callback<()> {
    let none = store.rooms.live.view.as_deref().is_some_and(|view| view.rows.is_empty());
    let dispatch = store.dispatcher();
    Callback::from(move |()| {
        if none {
            drop(dom::focus(".search-hit"));
        } else {
            dispatch.dispatch(Action::Rooms(RoomsAction::ChooseFirst));
        }
    })
}

fn act<T: 'static>(store: &Store, action: impl Fn(T) -> RoomsAction + 'static) -> Callback<T> {
    let dispatch = store.dispatcher();
    Callback::from(move |value| dispatch.dispatch(Action::Rooms(action(value))))
}

/// While the order waits it need not be told so with every movement.
fn hands(store: &Store) -> Callback<Hands> {
    let (held, dispatch) = (store.rooms.is_held(), store.dispatcher());
    Callback::from(move |hands| match hands {
        Hands::On if held => {}
        Hands::On => dispatch.dispatch(Action::Rooms(RoomsAction::Hold)),
        Hands::Off => dispatch.dispatch(Action::Rooms(RoomsAction::Release)),
    })
}

fn new_one(store: &Store) -> Callback<yew::MouseEvent> {
    let dispatch = store.dispatcher();
    Callback::from(move |_| dispatch.dispatch(Action::Nav(NavAction::Dialog(Dialog::People))))
}

fn keep_width(store: &Store) -> Callback<u16> {
    let store = store.clone();
    Callback::from(move |list_width| {
        let settings = Settings { list_width, ..store.settings() };
        // A width that is not kept is one drag to repeat; no alarm.
        ask(Request::SaveSettings { settings }, |_| {});
    })
}
