//! Whoever does not read is called, if it is known where.

use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::PhoneLink;
use crate::words::use_words;

/// The properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// As people write it.
    pub number: AttrValue,
    pub on_link: Callback<AttrValue>,
}

/// "Call instead", and the number.
#[component]
pub(crate) fn CallInstead(props: &Props) -> Html {
    let words = use_words();
    html! {
        <span class="call-instead">
            { words.text("home-call") }<PhoneLink number={&props.number} on_link={props.on_link.clone()} />
        </span>
    }
}
