//! Bedside's mark: a speech bubble with a medical plus.

use yew::{Html, component, html};

/// The mark, decorative: the name is beside it or in the window's title.
#[component]
pub(crate) fn Logo() -> Html {
    html! {
        <span class="logo" aria-hidden="true">
            <svg class="logo__mark" viewBox="0 0 24 24" focusable="false">
                <path class="logo__plus" d="M12 7.5v7M8.5 11h7" />
                <path d="M20.5 11.5a8 8 0 0 1-11.7 7.1L4 20l1.3-4.5a8 8 0 1 1 15.2-4z" />
            </svg>
        </span>
    }
}
