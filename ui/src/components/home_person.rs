//! Somebody of the care team on the home page: who it is, what was said last, what is unread.

use bedside_protocol::ipc::{HomePerson, RoomRow};
use yew::{Callback, Html, Properties, classes, component, html};

use super::room_row::{line, time};
use super::{Avatar, Badge};
use crate::words::{Words, use_words};

/// A person's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub one: HomePerson,
    /// A conversation with them is being made.
    pub opening: bool,
    /// Grows with the calendar's day.
    pub today: i64,
    pub on_open: Callback<HomePerson>,
}

/// The person; a press opens or begins the conversation.
#[component]
pub(crate) fn HomePersonButton(props: &Props) -> Html {
    let words = use_words();
    let HomePerson { person, row, .. } = &props.one;
    let unread = row.as_ref().map_or(0, |row| row.unread);
    let chosen = props.one.clone();
    html! {
        <li class="room-list__item">
            <button
                class={classes!("room-row", "home-person", (unread > 0).then_some("room-row--unread"))}
                type="button"
                onclick={props.on_open.reform(move |_| chosen.clone())}
            >
                <Avatar account={person.account_id} name={person.name.clone()} />
                <span class="room-row__text">
                    <span class="room-row__top">
                        <span class="room-row__name"><bdi class="cut">{ &person.name }</bdi></span>
                        if let Some(row) = row {
                            <span class="room-row__time">{ time(&words, row) }</span>
                        }
                    </span>
                    <span class="home-person__about"><bdi class="cut">{ words.about_person(person) }</bdi></span>
                    { last_line(&words, row.as_ref(), props.opening) }
                </span>
            </button>
        </li>
    }
}

fn last_line(words: &Words, row: Option<&RoomRow>, opening: bool) -> Html {
    let unread = row.map_or(0, |row| row.unread);
    let said = match row {
        _ if opening => html! { <span class="cut" role="status">{ words.text("people-opening") }</span> },
        Some(row) => line(words, row),
        None => html! { <span class="cut">{ words.text("home-write-first") }</span> },
    };
    html! {
        <span class="room-row__bottom">
            <span class="room-row__preview">{ said }</span>
            if unread > 0 {
                <Badge count={unread} />
                <span class="visually-hidden">{ words.count("row-unread", unread) }</span>
            }
        </span>
    }
}
