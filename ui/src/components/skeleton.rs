//! Grey shapes where something is about to appear; never a spinner over content.

use yew::{AttrValue, Html, Properties, classes, component, html};

/// What is about to appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Skeletons {
    Rows,
    /// A card's.
    FewRows,
    Messages,
}

/// A skeleton's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub of: Skeletons,
    /// Said to a screen reader.
    pub label: AttrValue,
}

/// The shapes. They fade in late, so that what is quick never flickers.
#[component]
pub(crate) fn Skeleton(props: &Props) -> Html {
    let (class, count) = match props.of {
        Skeletons::Rows => ("skeleton--rows", 8),
        Skeletons::FewRows => ("skeleton--rows", 3),
        Skeletons::Messages => ("skeleton--messages", 6),
    };
    html! {
        <div class={classes!("skeleton", class)} role="status">
            <span class="visually-hidden">{ &props.label }</span>
            { for (0..count).map(|_| html! { <div class="skeleton__item" aria-hidden="true"><i /><b /><u /></div> }) }
        </div>
    }
}
