//! A stretch of the conversation this computer does not have yet.

use yew::{AttrValue, Html, Properties, classes, component, html};

use crate::state::lines::GapState;
use crate::words::use_words;

/// A gap's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub id: AttrValue,
    pub from: i64,
    /// Whether something in it has not been read yet.
    pub unread: bool,
    pub missing: i64,
    pub state: GapState,
}

/// The row.
#[component]
pub(crate) fn GapRow(props: &Props) -> Html {
    let words = use_words();
    let (class, text) = match props.state {
        GapState::Loading => (Some("gap-row--loading"), words.text("gap-loading").into()),
        GapState::Waiting => (None, words.count("gap-waiting", props.missing)),
    };
    html! {
        <div class={classes!("gap-row", class)} role="listitem" data-key={&props.id}
            data-seq={props.from.to_string()} data-gap={if props.unread { "unread" } else { "read" }}>
            { text }
        </div>
    }
}
