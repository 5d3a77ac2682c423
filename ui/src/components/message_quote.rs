//! What a message replies to, above its own words: a press leads there.

use bedside_protocol::ipc::QuoteView;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use crate::words::{Words, use_words};

/// A quote's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub quote: QuoteView,
    /// The other member of the conversation.
    pub name: AttrValue,
    pub on_visit: Callback<()>,
}

/// The quote.
#[component]
pub(crate) fn MessageQuote(props: &Props) -> Html {
    let words = use_words();
    let Props { quote, name, on_visit } = props;
    let plain = quote.retracted || quote.text.is_empty();
    html! {
        <button class="message-quote" type="button" title={words.text("quote-visit")}
            onclick={on_visit.reform(|_| ())}>
            <span class="visually-hidden">{ words.text("quote-of") }{ " " }</span>
            <bdi class="message-quote__name">{ author(&words, quote, name) }</bdi>
            <span class={classes!("message-quote__text", plain.then_some("message-quote__text--plain"))} dir="auto">
                { excerpt(&words, quote) }
            </span>
        </button>
    }
}

/// Who is quoted.
pub(super) fn author(words: &Words, quote: &QuoteView, name: &str) -> String {
    if quote.own { words.text("message-you") } else { name.to_owned() }
}

/// What is quoted, or why nothing is.
pub(super) fn excerpt(words: &Words, quote: &QuoteView) -> String {
    match (quote.retracted, quote.text.is_empty()) {
        (true, _) => words.text("quote-retracted"),
        (false, true) => words.text("quote-unknown"),
        (false, false) => quote.text.clone(),
    }
}

/// All of it, in the words of the message's own label.
pub(super) fn label(words: &Words, quote: &QuoteView, name: &str) -> String {
    let parts = [("name", author(words, quote, name).into()), ("text", excerpt(words, quote).into())];
    words.text_with("quote-label", &parts)
}
