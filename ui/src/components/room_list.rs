//! The rows of the conversation list, walked with the arrow keys.

use std::rc::Rc;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::RoomsView;
use web_sys::{Element, KeyboardEvent};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_node_ref};

use super::RoomRowButton;
use crate::dom;

/// A list's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub label: AttrValue,
    pub view: Rc<RoomsView>,
    pub current: Option<RoomId>,
    pub today: i64,
    pub on_open: Callback<RoomId>,
}

/// The list.
#[component]
pub(crate) fn RoomList(props: &Props) -> Html {
    let list = use_node_ref();
    let onkeydown = Callback::from({
        let list = list.clone();
        move |event: KeyboardEvent| {
            let Some(list) = list.cast::<Element>() else { return };
            if let (Some(by), false) = (step(&event.key()), event.alt_key()) {
                event.prevent_default();
                dom::rove(&list, ".room-row", by);
            }
        }
    });
    html! {
        <ul class="room-list" role="list" aria-label={&props.label} ref={list} {onkeydown}>
            { for props.view.rows.iter().map(|row| html! {
                <RoomRowButton
                    key={row.key.clone()}
                    row={row.clone()}
                    current={props.current == Some(row.room_id)}
                    today={props.today}
                    on_open={props.on_open.clone()}
                />
            }) }
        </ul>
    }
}

fn step(key: &str) -> Option<isize> {
    match key {
        "ArrowDown" => Some(1),
        "ArrowUp" => Some(-1),
        _ => None,
    }
}
