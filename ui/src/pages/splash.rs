//! While the profile opens: the shape of what is coming.

use yew::{Html, component, html};

use crate::components::{Logo, Skeleton, Skeletons};
use crate::words::use_words;

/// The page.
#[component]
pub(super) fn SplashPage() -> Html {
    let words = use_words();
    html! {
        <div class="workspace workspace--opening">
            <div class="rail"><Logo /></div>
            <main class="conversations">
                <h1 class="visually-hidden">{ words.text("opening") }</h1>
                <Skeleton of={Skeletons::Rows} label={words.text("opening")} />
            </main>
        </div>
    }
}
