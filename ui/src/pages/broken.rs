//! The cache cannot be opened: what that means, and what to do.

use yew::{Html, Properties, component, html};

use crate::components::{Icon, IconName};
use crate::words::use_words;

/// The page's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Written by a newer version of the app.
    pub newer: bool,
}

/// The page.
#[component]
pub(super) fn BrokenPage(props: &Props) -> Html {
    let words = use_words();
    let (title, text) = if props.newer {
        ("broken-newer-title", "broken-newer-text")
    } else {
        ("broken-title", "broken-text")
    };
    html! {
        <main class="gate">
            <div class="gate__card gate__card--centred">
                <span class="empty-state__icon"><Icon name={IconName::Alert} /></span>
                <h1 class="gate__title">{ words.text(title) }</h1>
                <p class="gate__lead">{ words.text(text) }</p>
            </div>
        </main>
    }
}
