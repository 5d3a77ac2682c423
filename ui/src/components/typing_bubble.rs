//! Three dots where the next message will stand: the other types. Said in words elsewhere.

use yew::{Html, component, html};

/// The bubble; it says nothing to a screen reader, which hears of it once.
#[component]
pub(crate) fn TypingBubble() -> Html {
    html! {
        <div class="typing-bubble" aria-hidden="true">
            <i class="typing-bubble__dot" />
            <i class="typing-bubble__dot" />
            <i class="typing-bubble__dot" />
        </div>
    }
}
