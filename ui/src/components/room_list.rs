//! The rows of the conversation list, walked with the arrow keys; each has a menu.

mod hands;

use std::rc::Rc;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{RoomDeed, RoomRow, RoomsView};
use web_sys::{Element, FocusEvent, KeyboardEvent, PointerEvent};
use yew::{
    AttrValue, Callback, Html, Properties, UseStateHandle, component, html, use_callback, use_mut_ref,
    use_node_ref, use_state_eq,
};

use self::hands::Leaves;
use super::{CallInstead, RoomMenu, RoomRowButton, Says, Spot};
use crate::dom;

/// A list's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub label: AttrValue,
    pub view: Rc<RoomsView>,
    pub current: Option<RoomId>,
    pub today: i64,
    pub says: Says,
    pub on_open: Callback<RoomId>,
    /// Somebody has their hands on the list, or has not any more.
    pub on_hands: Callback<Hands>,
    pub on_set_up: Callback<(RoomId, RoomDeed)>,
    /// A number is to be called.
    pub on_link: Callback<AttrValue>,
}

/// Whether somebody has their hands on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hands {
    On,
    Off,
}

/// The list.
#[component]
pub(crate) fn RoomList(props: &Props) -> Html {
    let list = use_node_ref();
    let opened = use_state_eq(|| None::<(RoomId, Spot)>);
    let quiet = use_mut_ref(|| None);
    let on_menu = use_callback(opened.setter(), |asked: (RoomId, Spot), opened| opened.set(Some(asked)));
    let touch = hands::touch(&quiet, &props.on_hands);
    let leave = hands::leave(&quiet, &list, &props.on_hands);
    let onkeydown = Callback::from({
        let (list, touch) = (list.clone(), touch.clone());
        move |event: KeyboardEvent| {
            touch.emit(());
            let Some(list) = list.cast::<Element>() else { return };
            if let (Some(by), false) = (step(&event.key()), event.alt_key()) {
                event.prevent_default();
                dom::rove(&list, ".room-row", by);
            }
        }
    });
    html! {
        <>
            <ul
                class="room-list"
                role="list"
                aria-label={&props.label}
                ref={list}
                {onkeydown}
                onpointermove={touch.reform(|_: PointerEvent| ())}
                onfocusin={touch.reform(|_: FocusEvent| ())}
                onpointerleave={leave.reform(|_: PointerEvent| Leaves::Pointer)}
                onfocusout={leave.reform(|event: FocusEvent| Leaves::Focus(event.related_target()))}
            >
                { for props.view.rows.iter().map(|row| html! {
                    <key={row.key.clone()}>
                        <RoomRowButton
                            row={row.clone()}
                            current={props.current == Some(row.room_id)}
                            today={props.today}
                            says={props.says}
                            on_open={props.on_open.clone()}
                            on_menu={on_menu.clone()}
                        />
                        { call(props, row) }
                    </>
                }) }
            </ul>
            { menu(props, &opened) }
        </>
    }
}

/// Below whoever has not read for long.
fn call(props: &Props, row: &RoomRow) -> Html {
    match &row.person.facts.phone {
        Some(number) if props.says == Says::Unseen && row.unseen_since.is_some() => html! {
            <li class="room-list__call" key={format!("call-{}", row.key)}>
                <CallInstead number={number.clone()} on_link={props.on_link.clone()} />
            </li>
        },
        _ => Html::default(),
    }
}

/// The menu that is open, if one is: it goes with its row.
fn menu(props: &Props, opened: &UseStateHandle<Option<(RoomId, Spot)>>) -> Html {
    let Some((room, at)) = **opened else { return Html::default() };
    let Some(row) = props.view.rows.iter().find(|row| row.room_id == room) else { return Html::default() };
    let close = opened.setter();
    html! {
        <RoomMenu
            {at}
            name={row.person.name.clone()}
            marks={row.marks}
            unread={row.unread}
            on_close={Callback::from(move |()| close.set(None))}
            on_deed={props.on_set_up.reform(move |deed| (room, deed))}
        />
    }
}

fn step(key: &str) -> Option<isize> {
    match key {
        "ArrowDown" => Some(1),
        "ArrowUp" => Some(-1),
        _ => None,
    }
}
