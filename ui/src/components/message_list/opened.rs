//! What is open at one of the messages: it goes with its message.

use bedside_protocol::ipc::{TimelineItem, TimelineMessage};
use yew::{Callback, Html, UseStateHandle, html};

use super::Props;
use crate::components::{MessagePopup, Opened};

/// The panel that is open, if one is.
pub(super) fn opened(props: &Props, state: &UseStateHandle<Option<Opened>>) -> Html {
    let Some(opened) = (**state).clone() else { return Html::default() };
    let Some(message) = message(props, &opened.key) else { return Html::default() };
    let on_panel = Callback::from({
        let (set, opened) = (state.setter(), opened.clone());
        move |panel: Option<_>| set.set(panel.map(|panel| Opened { panel, ..opened.clone() }))
    });
    html! {
        <MessagePopup
            message={message.clone()}
            {opened}
            taste={props.taste.clone()}
            {on_panel}
            on_deed={props.on_deed.clone()}
            on_tone={props.on_tone.clone()}
        />
    }
}

fn message<'a>(props: &'a Props, key: &str) -> Option<&'a TimelineMessage> {
    props.view.items.iter().find_map(|item| match item {
        TimelineItem::Message(message) if message.key == key && !message.retracted => Some(message),
        _ => None,
    })
}
