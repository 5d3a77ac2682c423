//! "New conversation": everyone one is linked with.

use bedside_protocol::AccountId;
use bedside_protocol::ipc::{IpcError, LinkedPersonRow, Presence, Request};
use bedside_protocol::text::fold_for_search;
use yew::{Callback, Html, component, html, use_effect_with, use_state_eq};

use super::dialogs::close;
use super::opening::make_room;
use crate::components::{
    Alert, Avatar, Dialog, Dot, Icon, IconName, SearchField, Size, Skeleton, Skeletons, Tone,
};
use crate::errors::explain;
use crate::hooks::{PageProps, Store, ask};
use crate::state::Action;
use crate::state::nav::NavAction;
use crate::words::{Words, use_words};

/// The dialog.
#[component]
pub(super) fn PeopleDialog(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    let search = use_state_eq(String::new);
    let error = use_state_eq(|| None::<IpcError>);
    use_effect_with((), {
        let error = error.setter();
        move |()| ask(Request::RefreshPeople, move |answer| error.set(answer.err()))
    });
    let pick = {
        let (store, error) = (store.clone(), error.setter());
        Callback::from(move |row: LinkedPersonRow| match row.room_id {
            Some(room) => store.dispatch(Action::Nav(NavAction::Open(room))),
            // One at a time; a copy of the handle is read, for it keeps every state it was read at.
            None if store.clone().nav.opening.is_none() => {
                make_room(row.person.account_id, &store, error.clone())
            }
            None => {}
        })
    };
    let on_search = {
        let search = search.clone();
        Callback::from(move |text| search.set(text))
    };
    html! {
        <Dialog title={words.text("people-title")} on_close={close(store)}>
            <SearchField label={words.text("people-search")} value={(*search).clone()} {on_search} />
            if let Some(explained) = error.as_ref().map(|error| explain(&words, error)) {
                <Alert tone={Tone::Error} title={explained.what} text={explained.advice} />
            }
            <div class="people">{ people(&words, store, &search, &pick) }</div>
        </Dialog>
    }
}

fn people(words: &Words, store: &Store, search: &str, pick: &Callback<LinkedPersonRow>) -> Html {
    let Some(view) = store.people.view.as_deref().filter(|view| !(view.loading && view.people.is_empty()))
    else {
        return html! { <Skeleton of={Skeletons::Rows} label={words.text("people-loading")} /> };
    };
    let wanted = fold_for_search(search.trim());
    let found: Vec<&LinkedPersonRow> =
        view.people.iter().filter(|row| fold_for_search(&row.person.name).contains(&wanted)).collect();
    if view.people.is_empty() {
        return html! { <p class="people__empty">{ words.text("people-empty") }</p> };
    }
    if found.is_empty() {
        let values = [("search", search.trim().into())];
        return html! { <p class="people__empty">{ words.text_with("people-none-found", &values) }</p> };
    }
    html! { <ul class="people__list" role="list">{ for found.into_iter().map(|row| person(words, row, store.nav.opening, pick)) }</ul> }
}

fn person(
    words: &Words,
    row: &LinkedPersonRow,
    opening: Option<AccountId>,
    pick: &Callback<LinkedPersonRow>,
) -> Html {
    let chosen = row.clone();
    let person = &row.person;
    let waits = (opening.is_some() && row.room_id.is_none()).then_some("true");
    html! {
        <li key={person.account_id.to_string()}>
            <button class="person-row" type="button" aria-disabled={waits} onclick={pick.reform(move |_| chosen.clone())}>
                <Avatar
                    account={person.account_id}
                    name={person.name.clone()}
                    size={Size::Header}
                    dot={Dot::of(row.presence)}
                />
                <span class="person-row__text">
                    <span class="person-row__name"><bdi class="cut">{ &person.name }</bdi></span>
                    if row.presence == Some(Presence::Online) {
                        <span class="visually-hidden">{ words.text("presence-online") }</span>
                    }
                    <span class="person-row__about">{ words.about_person(person) }</span>
                </span>
                if opening == Some(person.account_id) {
                    <span class="person-row__room" role="status">{ words.text("people-opening") }</span>
                } else if row.room_id.is_some() {
                    <span class="person-row__room">{ words.text("people-has-room") }</span>
                    <Icon name={IconName::Send} />
                }
            </button>
        </li>
    }
}
