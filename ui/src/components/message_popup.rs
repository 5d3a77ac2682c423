//! What opens at a message: its menu, the frequent reactions, or all emoji.

use bedside_protocol::ipc::TimelineMessage;
use emojis::{Emoji, SkinTone};
use yew::{Callback, Html, Properties, component, html};

use super::{Deed, EmojiPicker, MessageMenu, Opened, Panel, Popup, popup};
use crate::dom;
use crate::state::emoji::{Taste, is_set};
use crate::words::use_words;

/// The properties of what opens.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub message: TimelineMessage,
    pub opened: Opened,
    pub taste: Taste,
    /// Another panel at the same place, or none.
    pub on_panel: Callback<Option<Panel>>,
    pub on_deed: Callback<(TimelineMessage, Deed)>,
    pub on_tone: Callback<SkinTone>,
}

/// What opens. It closes before what was chosen is done, so that the focus is back where it was.
#[component]
pub(crate) fn MessagePopup(props: &Props) -> Html {
    let words = use_words();
    let on_deed = Callback::from({
        let (message, on_panel) = (props.message.clone(), props.on_panel.clone());
        let on_deed = props.on_deed.clone();
        move |deed| {
            popup::close();
            dom::focus(&format!("[data-key='{}']", message.key));
            on_panel.emit(None);
            on_deed.emit((message.clone(), deed));
        }
    });
    let panel = props.opened.panel;
    let label = words.text(if panel == Panel::Menu { "message-actions" } else { "message-react" });
    let inside = match panel {
        Panel::Quick | Panel::Menu => html! {
            <MessageMenu
                message={props.message.clone()}
                label={label.clone()}
                {panel}
                taste={props.taste.clone()}
                {on_deed}
                on_all_emoji={props.on_panel.reform(|()| Some(Panel::Picker))}
            />
        },
        Panel::Picker => html! {
            <EmojiPicker taste={props.taste.clone()} on_pick={pick(props, on_deed)} on_tone={props.on_tone.clone()} />
        },
    };
    html! {
        <Popup key={format!("{panel:?}")} at={props.opened.at} {label} on_close={props.on_panel.reform(|()| None)}>
            { inside }
        </Popup>
    }
}

/// What is set already is taken off again.
fn pick(props: &Props, on_deed: Callback<Deed>) -> Callback<&'static Emoji> {
    let message = props.message.clone();
    on_deed.reform(move |emoji: &'static Emoji| {
        let on = !is_set(&message, emoji.as_str());
        Deed::React { emoji: emoji.as_str().to_owned(), on }
    })
}
