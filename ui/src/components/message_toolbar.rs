//! What is mostly done with a message, beside it while it has the pointer or the focus.

use yew::{Callback, Html, MouseEvent, Properties, component, html};

use super::{IconButton, IconName, Panel, Spot};
use crate::words::use_words;

/// A toolbar's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub reactable: bool,
    pub answerable: bool,
    pub on_reply: Callback<()>,
    pub on_copy: Callback<()>,
    pub on_open: Callback<(Panel, Spot)>,
}

/// The toolbar.
#[component]
pub(crate) fn MessageToolbar(props: &Props) -> Html {
    let words = use_words();
    html! {
        <div class="message-toolbar" role="group" aria-label={words.text("message-actions")}>
            if props.reactable {
                <IconButton icon={IconName::React} label={words.text("message-react")} onclick={open(props, Panel::Quick)} />
            }
            if props.answerable {
                <IconButton icon={IconName::Reply} label={words.text("message-reply")} onclick={props.on_reply.reform(|_| ())} />
            }
            <IconButton icon={IconName::Copy} label={words.text("message-copy")} onclick={props.on_copy.reform(|_| ())} />
            <IconButton icon={IconName::More} label={words.text("message-more")} onclick={open(props, Panel::Menu)} />
        </div>
    }
}

fn open(props: &Props, panel: Panel) -> Callback<MouseEvent> {
    let on_open = props.on_open.clone();
    Callback::from(move |event: MouseEvent| {
        if let Some(spot) = Spot::pressed(&event) {
            on_open.emit((panel, spot));
        }
    })
}
