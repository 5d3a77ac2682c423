//! What stands where nothing is yet: why, and what to do.

use yew::{AttrValue, Children, Html, Properties, component, html};

use super::{Icon, IconName};

/// An empty state's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub icon: IconName,
    pub title: AttrValue,
    pub text: AttrValue,
    /// What to do about it, if anything.
    #[prop_or_default]
    pub children: Children,
}

/// The empty state.
#[component]
pub(crate) fn EmptyState(props: &Props) -> Html {
    html! {
        <div class="empty-state">
            <span class="empty-state__icon"><Icon name={props.icon} /></span>
            <p class="empty-state__title">{ &props.title }</p>
            <p class="empty-state__text">{ &props.text }</p>
            { props.children.clone() }
        </div>
    }
}
