//! Says above a conversation that a reply is waited for, or that none has come.

use bedside_protocol::Timestamp;
use yew::{Callback, Html, Properties, classes, component, html};

use super::{Button, Icon, IconName, Kind};
use crate::format;
use crate::words::use_words;

/// A notice's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub due: Timestamp,
    /// It is not waited for any more.
    pub on_stop: Callback<()>,
}

/// The notice.
#[component]
pub(crate) fn ReplyNotice(props: &Props) -> Html {
    let words = use_words();
    let over = props.due <= format::now();
    let id = if over { "reply-wait-over" } else { "reply-wait-until" };
    let text = words.text_with(id, &[("time", words.dates().exact(props.due).into())]);
    html! {
        <div class={classes!("reply-notice", over.then_some("reply-notice--over"))} role="status">
            <Icon name={IconName::Clock} />
            <p class="reply-notice__text">{ text }</p>
            <Button kind={Kind::Link} onclick={props.on_stop.reform(|_| ())}>{ words.text("reply-wait-off") }</Button>
        </div>
    }
}
