//! A note that something happened: what, and what to do.

use yew::{AttrValue, Html, Properties, classes, component, html};

use super::{Icon, IconName};

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something failed; read out at once.
    Error,
    /// Something to know; read out when there is time.
    Notice,
}

/// An alert's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub tone: Tone,
    pub title: AttrValue,
    #[prop_or_default]
    pub text: AttrValue,
}

/// The note.
#[component]
pub(crate) fn Alert(props: &Props) -> Html {
    let (class, role) = match props.tone {
        Tone::Error => ("alert--error", "alert"),
        Tone::Notice => ("alert--notice", "status"),
    };
    html! {
        <div class={classes!("alert", class)} {role}>
            <Icon name={IconName::Alert} />
            <div>
                <p class="alert__title">{ &props.title }</p>
                if !props.text.is_empty() {
                    <p class="alert__text">{ &props.text }</p>
                }
            </div>
        </div>
    }
}
