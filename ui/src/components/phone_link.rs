//! A telephone number that is called when it is pressed.

use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::words::use_words;

/// A number's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// As people write it.
    pub number: AttrValue,
    pub on_link: Callback<AttrValue>,
}

/// The number. A button, not an anchor: nothing in the webview may ever navigate.
#[component]
pub(crate) fn PhoneLink(props: &Props) -> Html {
    let words = use_words();
    let target = AttrValue::from(tel(&props.number));
    let label = words.text_with("phone-call", &[("number", props.number.to_string().into())]);
    html! {
        <button class="phone-link" type="button" aria-label={label} onclick={props.on_link.reform(move |_| target.clone())}>
            <bdi dir="ltr">{ &props.number }</bdi>
        </button>
    }
}

/// What a telephone is told: the digits, and a plus in front.
pub(crate) fn tel(number: &str) -> String {
    let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    format!("tel:{plus}{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_is_told_digits_only() {
        assert_eq!(tel("+49 (30) 231-25 101"), "tel:+493023125101");
        assert_eq!(tel("112"), "tel:112");
    }
}
