//! The clinic's card, connected to the store. When the clinic opens is the engine's to say: it knows the clinic's clock.

use bedside_protocol::ipc::{Reply, Request};
use yew::{Html, Properties, component, html, use_effect_with, use_state_eq};

use crate::components::ClinicCard;
use crate::hooks::{Store, ask};
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
    let clinic = props.store.clinic();
    let opening = use_state_eq(|| None);
    use_effect_with((props.minute, clinic.clone()), {
        let opening = opening.setter();
        move |_| {
            ask(Request::NextOpening, move |answer| {
                if let Ok(Reply::Opening { opening: told }) = answer {
                    opening.set(told);
                }
            });
        }
    });
    html! { <ClinicCard {clinic} opening={(*opening).clone()} {on_link} /> }
}
