//! Says above the box that something one wrote has not been read for long, and where to call.

use bedside_protocol::Timestamp;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::{CallInstead, Icon, IconName};
use crate::words::use_words;

/// A notice's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// When the first of what has not been read was sent.
    pub since: Timestamp,
    /// Where the patient can be called, if that is known.
    pub phone: Option<AttrValue>,
    pub on_link: Callback<AttrValue>,
}

/// The notice.
#[component]
pub(crate) fn UnseenNotice(props: &Props) -> Html {
    let words = use_words();
    let since = words.text_with("row-unseen-since", &[("date", words.dates().date(props.since).into())]);
    html! {
        <div class="unseen-notice">
            <Icon name={IconName::EyeOff} />
            <p class="unseen-notice__text">{ since }</p>
            if let Some(number) = &props.phone {
                <CallInstead {number} on_link={props.on_link.clone()} />
            }
        </div>
    }
}
