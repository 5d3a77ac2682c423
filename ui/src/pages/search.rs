//! What a search shows in the list's place: names first, then messages, and how far it was looked.

use bedside_protocol::ipc::{
    Author, ConnectionMode, Looked, Request, SearchFilter, SearchView, ServerSearched,
};
use bedside_protocol::{RoomId, RoomSeq, Timestamp};
use yew::{Callback, Html, html};

use crate::components::{Button, EmptyState, Icon, IconName, SearchResults, Skeleton, Skeletons, typed};
use crate::hooks::{Store, ask};
use crate::state::Action;
use crate::state::nav::NavAction;
use crate::state::rooms::RoomsAction;
use crate::state::search::SearchAction;
use crate::words::Words;

/// The chips that narrow a search, in the place of the list's own.
pub(super) fn filters(words: &Words, store: &Store) -> Html {
    let filter = &store.search.filter;
    let room = filter.room_id.or(store.nav.room);
    let name = room.and_then(|room| store.person_of(room)).map(|person| person.name);
    html! {
        <div class="search-filters" role="group" aria-label={words.text("search-filters")}>
            { chip(store, words.text("search-from-me"), filter.from == Some(Author::Me), SearchAction::From(other(filter, Author::Me))) }
            { chip(store, words.text("search-from-them"), filter.from == Some(Author::Them), SearchAction::From(other(filter, Author::Them))) }
            if let (Some(room), Some(name)) = (room, name) {
                { chip(store, words.about("search-only-with", &name).to_string(), filter.room_id.is_some(), SearchAction::In(filter.room_id.is_none().then_some(room))) }
            }
            { chip(store, words.text("urgent"), filter.urgent, SearchAction::Urgent(!filter.urgent)) }
            { chip(store, words.text("search-with-link"), filter.link, SearchAction::Link(!filter.link)) }
            { day(store, words.text("search-since-day"), &store.search.days.0, 0, SearchAction::Since) }
            { day(store, words.text("search-until-day"), &store.search.days.1, 1, SearchAction::Until) }
        </div>
    }
}

fn other(filter: &SearchFilter, author: Author) -> Option<Author> {
    (filter.from != Some(author)).then_some(author)
}

fn chip(store: &Store, label: String, on: bool, action: SearchAction) -> Html {
    let class = if on { "chip chip--on" } else { "chip" };
    let onclick = act(store, move |_: yew::MouseEvent| Action::Search(action.clone()));
    html! { <button type="button" {class} aria-pressed={on.to_string()} {onclick}>{ label }</button> }
}

/// A day to begin or to end with.
fn day(
    store: &Store,
    label: String,
    held: &str,
    days: i32,
    action: impl Fn(String, Option<Timestamp>) -> SearchAction + 'static,
) -> Html {
    let oninput = act(store, move |event: yew::InputEvent| {
        let day = typed(&event);
        let at = midnight(&day, days);
        Action::Search(action(day, at))
    });
    html! {
        <label class="search-filters__day">
            <span>{ label }</span>
            <input type="date" class="search-filters__date" value={held.to_owned()} {oninput} />
        </label>
    }
}

/// When a local day begins, so many days later.
fn midnight(day: &str, later: i32) -> Option<Timestamp> {
    let mut parts = day.split('-').map(str::parse::<i32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let date = js_sys::Date::new_with_year_month_day(u32::try_from(year).ok()?, month - 1, day + later);
    // Milliseconds since 1970 are far within what both hold exactly.
    Some(Timestamp(date.get_time() as i64))
}

/// Names, then messages.
pub(super) fn results(words: &Words, store: &Store, names: Html) -> Html {
    let named = store.rooms.live.view.as_deref().is_some_and(|view| !view.rows.is_empty());
    let named = named && !store.rooms.search.trim().is_empty();
    let Some(view) = store.search.live.view.clone() else {
        return html! {
            <>
                if named { { names } }
                <Skeleton of={Skeletons::Rows} label={words.text("search-looking")} />
            </>
        };
    };
    let nothing = store.rooms.search.trim().is_empty() && store.search.filter == SearchFilter::default();
    if nothing {
        return recent(words, store, &view);
    }
    let found: usize = view.groups.iter().map(|group| group.hits.len()).sum();
    html! {
        <>
            <p class="visually-hidden" role="status">{ words.count("search-found", i64::try_from(found).unwrap_or(i64::MAX)) }</p>
            if named {
                <h2 class="search-heading">{ words.text("conversations") }</h2>
                { names }
            }
            if found > 0 {
                <h2 class="search-heading">{ words.text("search-messages") }</h2>
                <SearchResults
                    view={view.clone()}
                    today={store.today}
                    on_open={open(store)}
                    on_more={act(store, |()| Action::Search(SearchAction::More))}
                />
            }
            if found == 0 && view.server == ServerSearched::Asking {
                <Skeleton of={Skeletons::Rows} label={words.text("search-looking")} />
            } else if found == 0 && !named {
                <EmptyState
                    icon={IconName::SearchOff}
                    title={words.text("search-none-title")}
                    text={words.text_with("search-none", &[("search", store.rooms.search.trim().into())])}
                >
                    <Button onclick={close(store)}>{ words.text("list-show-all") }</Button>
                </EmptyState>
            } else if found == 0 {
                <p class="search-note">{ words.text("search-no-messages") }</p>
            }
            { looked(words, store, &view) }
        </>
    }
}

/// How far it was looked, where that is not everything.
fn looked(words: &Words, store: &Store, view: &SearchView) -> Html {
    let far = match view.looked {
        Looked::Everything => return Html::default(),
        Looked::Since { since } => {
            let online = matches!(store.mode(), ConnectionMode::Live | ConnectionMode::Limited);
            let id = match view.server {
                ServerSearched::Fully => "search-fully",
                ServerSearched::Partly => "search-partly",
                _ if !online => "search-since-offline",
                ServerSearched::Asking => "search-asking",
                ServerSearched::Failed => "search-failed",
                ServerSearched::NotAsked => "search-since",
            };
            words.text_with(id, &[("date", words.dates().date(since).into())])
        }
        Looked::Preparing { percent } => {
            words.text_with("search-preparing", &[("percent", i64::from(percent).into())])
        }
    };
    html! {
        <p class="search-note" role="status">
            <Icon name={IconName::Clock} />
            <span>{ far }</span>
        </p>
    }
}

fn recent(words: &Words, store: &Store, view: &SearchView) -> Html {
    if view.recent.is_empty() {
        return html! {
            <>
                <p class="search-note"><span>{ words.text("search-hint") }</span></p>
                { looked(words, store, view) }
            </>
        };
    }
    let forget = Callback::from(|_: yew::MouseEvent| ask(Request::ForgetSearches, |_| {}));
    html! {
        <>
            <h2 class="search-heading">{ words.text("search-recent") }</h2>
            <ul class="search-recent" role="list" aria-label={words.text("search-recent")}>
                { for view.recent.iter().map(|text| {
                    let (sought, key) = (text.clone(), text.clone());
                    let onclick = act(store, move |_: yew::MouseEvent| Action::Rooms(RoomsAction::Search(sought.clone())));
                    html! {
                        <li {key}>
                            <button class="search-recent__one" type="button" {onclick}>
                                <Icon name={IconName::Clock} /><bdi class="cut">{ text }</bdi>
                            </button>
                        </li>
                    }
                }) }
            </ul>
            <div class="search-results__more"><Button onclick={forget}>{ words.text("search-forget") }</Button></div>
            { looked(words, store, view) }
        </>
    }
}

/// Goes to a message; what led to it is remembered.
fn open(store: &Store) -> Callback<(RoomId, Option<RoomSeq>)> {
    let (dispatch, text) = (store.dispatcher(), store.rooms.search.trim().to_owned());
    Callback::from(move |(room, seq): (RoomId, Option<RoomSeq>)| {
        if !text.is_empty() {
            ask(Request::KeepSearch { text: text.clone() }, |_| {});
        }
        match seq {
            Some(seq) => {
                ask(Request::FetchAround { room_id: room, seq }, |_| {});
                dispatch.dispatch(Action::OpenAt(room, seq));
            }
            None => dispatch.dispatch(Action::Nav(NavAction::Open(room))),
        }
    })
}

fn close(store: &Store) -> Callback<yew::MouseEvent> {
    let dispatch = store.dispatcher();
    Callback::from(move |_| {
        dispatch.dispatch(Action::Search(SearchAction::Close));
        dispatch.dispatch(Action::Rooms(RoomsAction::ShowAll));
    })
}

fn act<T: 'static>(store: &Store, action: impl Fn(T) -> Action + 'static) -> Callback<T> {
    let dispatch = store.dispatcher();
    Callback::from(move |value| dispatch.dispatch(action(value)))
}
