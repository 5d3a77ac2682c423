//! Says what came of copying a message, for a moment.

use gloo_timers::callback::Timeout;
use yew::{Callback, Html, Properties, component, html, use_effect_with};

use super::{Icon, IconName};
use crate::state::timeline::Copied;
use crate::words::use_words;

/// How long it is shown, in milliseconds.
const SHOWN_MS: u32 = 3_000;

/// A notice's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub copied: Option<(u32, Copied)>,
    /// That of this number was shown long enough.
    pub on_seen: Callback<u32>,
}

/// The notice. Its place is always there, so that what appears in it is read out.
#[component]
pub(crate) fn CopyNotice(props: &Props) -> Html {
    let words = use_words();
    use_effect_with(props.copied, {
        let on_seen = props.on_seen.clone();
        move |copied| {
            let timer = copied.map(|(n, _)| Timeout::new(SHOWN_MS, move || on_seen.emit(n)));
            move || drop(timer)
        }
    });
    let (icon, id) = match props.copied {
        Some((_, Copied::Failed)) => (IconName::Alert, "message-not-copied"),
        _ => (IconName::Check, "message-copied"),
    };
    html! {
        <div class="copy-notice-place" role="status">
            if props.copied.is_some() {
                <p class="copy-notice"><Icon name={icon} />{ words.text(id) }</p>
            }
        </div>
    }
}
