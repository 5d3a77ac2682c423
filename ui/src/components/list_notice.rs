//! Says what was done to a conversation of the list, for a moment, and offers to take it back.

use bedside_protocol::RoomId;
use gloo_timers::callback::Timeout;
use yew::{Callback, Html, Properties, component, html, use_effect_with};

use super::{Icon, IconName};
use crate::state::rooms::{Notice, Said};
use crate::words::use_words;

/// How long it is shown, in milliseconds. The filter "Archived" is the way back afterwards.
const SHOWN_MS: u32 = 10_000;

/// A notice's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub notice: Option<Notice>,
    pub on_undo: Callback<RoomId>,
    /// That of this number was shown long enough.
    pub on_seen: Callback<u32>,
}

/// The notice. Its place is always there, so that what appears in it is read out.
#[component]
pub(crate) fn ListNotice(props: &Props) -> Html {
    let words = use_words();
    use_effect_with(props.notice.as_ref().map(|notice| notice.n), {
        let on_seen = props.on_seen.clone();
        move |n| {
            let timer = n.map(|n| Timeout::new(SHOWN_MS, move || on_seen.emit(n)));
            move || drop(timer)
        }
    });
    let said = props.notice.as_ref().map(|notice| match &notice.said {
        Said::Archived(room, name) => {
            let (room, on_undo) = (*room, props.on_undo.clone());
            html! {
                <>
                    <Icon name={IconName::Archive} />
                    <span class="list-notice__text">{ words.about("list-archived", name) }</span>
                    <button class="list-notice__undo" type="button" onclick={on_undo.reform(move |_| room)}>
                        { words.text("list-undo") }
                    </button>
                </>
            }
        }
        Said::NotKept => html! {
            <>
                <Icon name={IconName::Alert} />
                <span class="list-notice__text">{ words.text("list-not-kept") }</span>
            </>
        },
    });
    html! {
        <div class="list-notice-place" role="status">
            if let Some(said) = said { <div class="list-notice">{ said }</div> }
        </div>
    }
}
