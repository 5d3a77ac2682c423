//! A button with words on it.

use yew::{Callback, Html, MouseEvent, Properties, classes, component, html};

/// What it is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What one came to do; sends its form.
    Primary,
    #[default]
    Secondary,
    /// Loses something.
    Danger,
    /// Words in a line of text.
    Link,
}

/// A button's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    #[prop_or_default]
    pub kind: Kind,
    #[prop_or_default]
    pub busy: bool,
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    pub children: Html,
}

/// The button. A busy one keeps its place and its focus but does nothing.
#[component]
pub(crate) fn Button(props: &Props) -> Html {
    let (class, kind) = match props.kind {
        Kind::Primary => ("button--primary", "submit"),
        Kind::Secondary => ("button--secondary", "button"),
        Kind::Danger => ("button--danger", "button"),
        Kind::Link => ("button--link", "button"),
    };
    let onclick = (!props.busy).then(|| props.onclick.clone());
    html! {
        <button class={classes!("button", class)} type={kind} aria-disabled={props.busy.then_some("true")} {onclick}>
            { props.children.clone() }
        </button>
    }
}
