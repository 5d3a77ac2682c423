//! A count on a coloured ground.

use yew::{Html, Properties, component, html};

/// Larger counts say nothing more.
const MOST: i64 = 99;

/// How much it wants to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Loudness {
    #[default]
    Loud,
    Quiet,
}

/// A badge's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub count: i64,
    #[prop_or_default]
    pub loudness: Loudness,
}

/// The count, for the eye only: its meaning is in the label of what bears it.
#[component]
pub(crate) fn Badge(props: &Props) -> Html {
    if props.count <= 0 {
        return Html::default();
    }
    let text = if props.count > MOST { format!("{MOST}+") } else { props.count.to_string() };
    let class = if props.loudness == Loudness::Quiet { "badge badge--quiet" } else { "badge" };
    html! { <span {class} aria-hidden="true">{ text }</span> }
}
