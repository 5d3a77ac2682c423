//! The clinic's card, connected to the store.

use yew::{Html, Properties, component, html};

use crate::components::ClinicCard;
use crate::hooks::Store;
use crate::pages::link::use_link;

/// The properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub store: Store,
    /// Grows by the minute.
    pub minute: i64,
}

/// What the clinic says of itself; a number is called only after the person's word.
#[component]
pub(super) fn Clinic(props: &Props) -> Html {
    let on_link = use_link(&props.store);
    html! { <ClinicCard clinic={props.store.clinic()} minute={props.minute} {on_link} /> }
}
