//! How one conversation is told of on this device, apart from the others.

use bedside_protocol::ipc::{NoticeSound, RoomNotices};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, Properties, component, html};

use super::Switch;
use crate::words::use_words;

const SOUNDS: [(Option<NoticeSound>, &str, &str); 5] = [
    (None, "usual", "room-notices-usual"),
    (Some(NoticeSound::Off), "off", "notices-sound-off"),
    (Some(NoticeSound::Chime), "chime", "notices-sound-chime"),
    (Some(NoticeSound::Drop), "drop", "notices-sound-drop"),
    (Some(NoticeSound::Bell), "bell", "notices-sound-bell"),
];

/// The properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub held: RoomNotices,
    pub on_change: Callback<RoomNotices>,
}

/// A switch and a choice.
#[component]
pub(crate) fn RoomNoticesFields(props: &Props) -> Html {
    let words = use_words();
    let held = props.held;
    let on_change = props.on_change.reform(move |sensitive| RoomNotices { sensitive, ..held });
    let choose = props.on_change.reform(move |sound| RoomNotices { sound, ..held });
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let value = select.map(|select| select.value()).unwrap_or_default();
        if let Some((sound, ..)) = SOUNDS.iter().find(|(_, name, _)| *name == value) {
            choose.emit(*sound);
        }
    });
    html! {
        <>
            <Switch id="room-sensitive" label={words.text("room-sensitive")} hint={words.text("room-sensitive-hint")}
                on={held.sensitive} {on_change} />
            <div class="setting">
                <label class="setting__label" for="room-sound">{ words.text("notices-sound") }</label>
                <select class="select" id="room-sound" {onchange}>
                    { for SOUNDS.iter().map(|(sound, name, id)| html! {
                        <option value={*name} selected={*sound == held.sound}>{ words.text(id) }</option>
                    }) }
                </select>
            </div>
        </>
    }
}
