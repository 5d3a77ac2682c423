//! A message's text: words, and links that ask before they open.

use bedside_protocol::search::Terms;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::search_results::piece as marked;
use crate::prose::{Piece, is_big_emoji, pieces};

/// A text's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub text: AttrValue,
    /// What is looked for, to be marked.
    pub find: AttrValue,
    pub on_link: Callback<AttrValue>,
}

/// The text. Emoji that stand alone are big.
#[component]
pub(crate) fn MessageText(props: &Props) -> Html {
    let terms = Terms::of(&props.find);
    let class = if is_big_emoji(&props.text) { "message-text message-text--big" } else { "message-text" };
    html! {
        <span {class} dir="auto">
            { for pieces(&props.text).into_iter().map(|piece| match piece {
                Piece::Words(words) if terms.is_empty() => html! { words },
                Piece::Words(words) => html! { <>{ for terms.pieces(words).iter().map(marked) }</> },
                Piece::Link(link) => link_button(link, &terms, &props.on_link),
            }) }
        </span>
    }
}

/// A button, not an anchor: nothing in the webview may ever navigate.
fn link_button(link: &str, terms: &Terms, on_link: &Callback<AttrValue>) -> Html {
    let target = AttrValue::from(link.to_owned());
    html! {
        <button class="message-text__link" type="button" onclick={on_link.reform(move |_| target.clone())}>
            if terms.is_empty() {
                { link }
            } else {
                { for terms.pieces(link).iter().map(marked) }
            }
        </button>
    }
}
