//! Says above the box that several messages have not been received, and sends all of them if their author says so.

use bedside_protocol::wire::Role;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::{Button, Icon, IconName, Kind};
use crate::words::use_words;

/// A notice's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// How many wait for their author's word.
    pub count: i64,
    /// Who they were meant for.
    pub addressee: AttrValue,
    pub addressee_role: Role,
    pub on_send_all: Callback<()>,
}

/// The notice. One message alone says it itself.
#[component]
pub(crate) fn StaleNotice(props: &Props) -> Html {
    let words = use_words();
    if props.count < 2 {
        return Html::default();
    }
    // A patient's clinic has not got them; a practitioner is the clinic.
    let text = match props.addressee_role {
        Role::Patient => words.text_with(
            "stale-notice-practitioner",
            &[("count", props.count.into()), ("name", props.addressee.as_str().into())],
        ),
        _ => words.count("stale-notice", props.count).to_string(),
    };
    html! {
        <div class="stale-notice" role="status">
            <Icon name={IconName::Alert} />
            <p class="stale-notice__text">{ text }</p>
            <Button kind={Kind::Link} onclick={props.on_send_all.reform(|_| ())}>{ words.text("stale-send-all") }</Button>
        </div>
    }
}
