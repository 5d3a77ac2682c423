//! Says above the box which message is replied to, and the way out.

use bedside_protocol::ipc::QuoteView;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::message_quote::excerpt;
use super::{Icon, IconButton, IconName};
use crate::words::use_words;

/// A bar's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub quote: QuoteView,
    /// The other member of the conversation.
    pub name: AttrValue,
    pub on_cancel: Callback<()>,
}

/// The bar.
#[component]
pub(crate) fn ReplyBar(props: &Props) -> Html {
    let words = use_words();
    let Props { quote, name, on_cancel } = props;
    let plain = quote.retracted || quote.text.is_empty();
    let to = if quote.own { words.text("reply-to-own").into() } else { words.about("reply-to", name) };
    html! {
        <div class="reply-bar" role="status">
            <Icon name={IconName::Reply} />
            <span class="reply-bar__words">
                <span class="reply-bar__to cut">{ to }</span>
                <bdi class={classes!("reply-bar__text", "cut", plain.then_some("reply-bar__text--plain"))}>{ excerpt(&words, quote) }</bdi>
            </span>
            <IconButton icon={IconName::Close} label={words.text("reply-cancel")} onclick={on_cancel.reform(|_| ())} />
        </div>
    }
}
