//! A row of the conversation list.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{DeliveryState, Preview, RoomRow};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::{Avatar, Badge, Icon, IconName};
use crate::words::{Words, use_words};

/// A row's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub row: RoomRow,
    pub current: bool,
    /// Grows with the calendar's day, so that "Yesterday" becomes a date at midnight.
    pub today: i64,
    /// What stands in place of the time.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    pub on_open: Callback<RoomId>,
}

/// The row.
#[component]
pub(crate) fn RoomRowButton(props: &Props) -> Html {
    let words = use_words();
    let row = &props.row;
    let unread = (row.unread > 0).then_some("room-row--unread");
    let room = row.room_id;
    html! {
        <li class="room-list__item">
            <button
                class={classes!("room-row", unread, props.current.then_some("room-row--current"))}
                type="button"
                aria-current={props.current.then_some("true")}
                data-room={room.to_string()}
                onclick={props.on_open.reform(move |_| room)}
            >
                <Avatar account={row.person.account_id} name={row.person.name.clone()} />
                <span class="room-row__text">
                    <span class="room-row__top">
                        <span class="room-row__name"><bdi class="cut">{ &row.person.name }</bdi></span>
                        <span class="room-row__time">{ props.note.clone().unwrap_or_else(|| time(&words, row).into()) }</span>
                    </span>
                    <span class="room-row__bottom">
                        <span class="room-row__preview">{ line(&words, row) }</span>
                        if row.urgent {
                            <span class="tag-urgent">{ words.text("urgent") }</span>
                        }
                        if row.unread > 0 {
                            <Badge count={row.unread} />
                            <span class="visually-hidden">{ words.count("row-unread", row.unread) }</span>
                        }
                    </span>
                </span>
            </button>
        </li>
    }
}

pub(super) fn time(words: &Words, row: &RoomRow) -> String {
    let Some(at) = row.at else { return String::new() };
    words.dates().in_list(at).unwrap_or_else(|| words.text("day-yesterday"))
}

/// That the other types stands before everything else: it is over soon.
pub(super) fn line(words: &Words, row: &RoomRow) -> Html {
    if row.typing {
        return html! { <span class="room-row__typing cut">{ words.text("preview-typing") }</span> };
    }
    preview(words, row.preview.as_ref())
}

fn preview(words: &Words, preview: Option<&Preview>) -> Html {
    match preview {
        None => html! { <span class="cut">{ words.text("preview-none") }</span> },
        Some(Preview::Retracted { own: true }) => {
            html! { <span class="cut">{ words.text("preview-retracted-own") }</span> }
        }
        Some(Preview::Retracted { own: false }) => {
            html! { <span class="cut">{ words.text("preview-retracted") }</span> }
        }
        Some(Preview::Draft { text }) => marked(&words.text("preview-draft"), text),
        Some(Preview::Message { text, own: false, .. }) => html! { <bdi class="cut">{ text }</bdi> },
        Some(Preview::Message { text, own: true, state }) => own(words, text, state.as_ref()),
    }
}

fn own(words: &Words, text: &str, state: Option<&DeliveryState>) -> Html {
    let line = html! { <><span>{ words.text("preview-you") }</span><bdi class="cut">{ text }</bdi></> };
    match state {
        Some(DeliveryState::Failed { .. } | DeliveryState::Stale) => {
            marked(&words.text("preview-failed"), text)
        }
        Some(DeliveryState::Waiting) => html! {
            <>
                <Icon name={IconName::Clock} />
                <span class="visually-hidden">{ words.text("state-waiting") }</span>
                { line }
            </>
        },
        _ => line,
    }
}

fn marked(mark: &str, text: &str) -> Html {
    html! { <><span class="room-row__mark">{ mark }</span><bdi class="cut">{ text }</bdi></> }
}
