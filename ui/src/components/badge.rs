//! A count on a coloured ground.

use yew::{Html, Properties, component, html};

/// Larger counts say nothing more.
const MOST: i64 = 99;

/// A badge's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub count: i64,
}

/// The count, for the eye only: its meaning is in the label of what bears it.
#[component]
pub(crate) fn Badge(props: &Props) -> Html {
    if props.count <= 0 {
        return Html::default();
    }
    let text = if props.count > MOST { format!("{MOST}+") } else { props.count.to_string() };
    html! { <span class="badge" aria-hidden="true">{ text }</span> }
}
