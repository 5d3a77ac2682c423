//! A button that is only an icon; its label is not optional.

use yew::{AttrValue, Callback, Html, MouseEvent, Properties, classes, component, html};

use super::{Icon, IconName};

/// An icon button's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub icon: IconName,
    pub label: AttrValue,
    pub onclick: Callback<MouseEvent>,
    /// For a button that shows and hides something.
    #[prop_or_default]
    pub pressed: Option<bool>,
    #[prop_or_default]
    pub class: &'static str,
}

/// The button.
#[component]
pub(crate) fn IconButton(props: &Props) -> Html {
    html! {
        <button
            class={classes!("icon-button", props.class)}
            type="button"
            aria-label={&props.label}
            title={&props.label}
            aria-pressed={props.pressed.map(|pressed| pressed.to_string())}
            onclick={props.onclick.clone()}
        >
            <Icon name={props.icon} />
        </button>
    }
}
