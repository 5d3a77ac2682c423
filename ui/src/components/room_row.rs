//! A row of the conversation list.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{DeliveryState, Presence, Preview, RoomRow};
use web_sys::{Element, KeyboardEvent, MouseEvent};
use yew::{AttrValue, Callback, Html, NodeRef, Properties, classes, component, html, use_node_ref};

use super::{Avatar, Dot, Icon, IconButton, IconName, RoomSigns, Spot, room_signs};
use crate::words::{Words, use_words};

/// What a row says below the name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Says {
    /// Its last words.
    #[default]
    Preview,
    /// Since when something of one's own is unread there.
    Unseen,
}

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
    #[prop_or_default]
    pub says: Says,
    pub on_open: Callback<RoomId>,
    /// Its menu is asked for at a place, where it has one.
    #[prop_or_default]
    pub on_menu: Option<Callback<(RoomId, Spot)>>,
}

/// The row.
#[component]
pub(crate) fn RoomRowButton(props: &Props) -> Html {
    let words = use_words();
    let row = &props.row;
    let unread = (row.unread > 0 || row.marks.marked_unread).then_some("room-row--unread");
    let muted = row.marks.is_muted().then_some("room-row--muted");
    let (room, button) = (row.room_id, use_node_ref());
    html! {
        <li class="room-list__item" oncontextmenu={asked(props)} onkeydown={keys(props, &button)}>
            <button
                ref={button}
                class={classes!("room-row", unread, muted, props.current.then_some("room-row--current"))}
                type="button"
                aria-current={props.current.then_some("true")}
                data-room={room.to_string()}
                onclick={props.on_open.reform(move |_| room)}
            >
                <Avatar account={row.person.account_id} name={row.person.name.clone()} dot={Dot::of(row.presence)} />
                <span class="room-row__text">
                    <span class="room-row__top">
                        <span class="room-row__name"><bdi class="cut">{ &row.person.name }</bdi></span>
                        if row.presence == Some(Presence::Online) {
                            <span class="visually-hidden">{ words.text("presence-online") }</span>
                        }
                        <RoomSigns marks={row.marks} />
                        <span class="room-row__time">{ props.note.clone().unwrap_or_else(|| time(&words, row).into()) }</span>
                    </span>
                    <span class="room-row__bottom">
                        <span class="room-row__preview">{ says(&words, row, props.says) }</span>
                        if row.urgent {
                            <span class="tag-urgent">{ words.text("urgent") }</span>
                        }
                        { room_signs::unread(&words, row) }
                    </span>
                </span>
            </button>
            if let Some(on_menu) = &props.on_menu {
                <IconButton
                    class="room-row__more"
                    icon={IconName::More}
                    label={words.about("row-more", &row.person.name)}
                    onclick={pressed(room, on_menu)}
                />
            }
        </li>
    }
}

/// The right button, or a finger that stays.
fn asked(props: &Props) -> Option<Callback<MouseEvent>> {
    let room = props.row.room_id;
    let asked = move |event: MouseEvent| {
        event.prevent_default();
        (room, Spot::pointer(&event))
    };
    props.on_menu.as_ref().map(|on_menu| on_menu.reform(asked))
}

/// The keys that ask for a menu.
fn keys(props: &Props, button: &NodeRef) -> Option<Callback<KeyboardEvent>> {
    let (room, button, on_menu) = (props.row.room_id, button.clone(), props.on_menu.clone()?);
    let keys = Callback::from(move |event: KeyboardEvent| {
        let asks = event.key() == "ContextMenu" || (event.key() == "F10" && event.shift_key());
        if let (true, Some(button)) = (asks, button.cast::<Element>()) {
            event.prevent_default();
            on_menu.emit((room, Spot::of(&button)));
        }
    });
    Some(keys)
}

fn pressed(room: RoomId, on_menu: &Callback<(RoomId, Spot)>) -> Callback<MouseEvent> {
    let spot = |event: &MouseEvent| Spot::pressed(event).unwrap_or_else(|| Spot::pointer(event));
    on_menu.reform(move |event: MouseEvent| (room, spot(&event)))
}

fn says(words: &Words, row: &RoomRow, says: Says) -> Html {
    match (says, row.unseen_since) {
        (Says::Unseen, Some(since)) => {
            let since = words.text_with("row-unseen-since", &[("date", words.dates().date(since).into())]);
            html! { <><Icon name={IconName::EyeOff} /><span class="cut">{ since }</span></> }
        }
        _ => line(words, row),
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
        Some(Preview::Hidden) => html! { <span class="cut">{ words.text("preview-sensitive") }</span> },
        Some(Preview::Draft { text }) => marked(&words.text("preview-draft"), text),
        Some(Preview::OfferedDraft { text }) => offered(&words.text("preview-draft-offered"), text),
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

/// In the accent, not in red: nothing is lost or late. Its words only where there is room for some of them.
fn offered(mark: &str, text: &str) -> Html {
    html! {
        <>
            <Icon name={IconName::Copy} />
            <span class="room-row__offer">
                <span class="room-row__offered cut">{ mark }</span>{ " " }<bdi class="cut">{ text }</bdi>
            </span>
        </>
    }
}

fn marked(mark: &str, text: &str) -> Html {
    html! { <><span class="room-row__mark">{ mark }</span><bdi class="cut">{ text }</bdi></> }
}
