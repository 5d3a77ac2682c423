//! The small line of a message: urgent, edited, its time, how far it is.

use bedside_protocol::ipc::{DeliveryState, TimelineMessage};
use yew::{Html, Properties, classes, component, html};

use super::{Icon, IconName};
use crate::words::{Words, use_words};

/// A line's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub message: TimelineMessage,
}

/// The line.
#[component]
pub(crate) fn MessageMeta(props: &Props) -> Html {
    let words = use_words();
    let message = &props.message;
    html! {
        <span class="message-meta">
            if message.edited && !message.retracted {
                <span>{ words.text("message-edited") }</span>
            }
            <time class="message-meta__time" title={words.dates().exact(message.at)}>
                { words.dates().time(message.at) }
            </time>
            if let Some(state) = &message.state {
                <span class={classes!("message-meta__state", state_class(state))} title={state_text(&words, state)}>
                    <Icon name={state_icon(state)} />
                    <span class="visually-hidden">{ state_text(&words, state) }</span>
                </span>
            }
        </span>
    }
}

/// How far a message is, in words.
pub(super) fn state_text(words: &Words, state: &DeliveryState) -> String {
    words.text(match state {
        DeliveryState::Waiting => "state-waiting",
        DeliveryState::Sent => "state-sent",
        DeliveryState::Delivered => "state-delivered",
        DeliveryState::Read => "state-read",
        DeliveryState::Failed { .. } => "state-failed",
        DeliveryState::Stale => "state-stale",
    })
}

fn state_icon(state: &DeliveryState) -> IconName {
    match state {
        DeliveryState::Waiting => IconName::Clock,
        DeliveryState::Sent => IconName::Check,
        DeliveryState::Delivered | DeliveryState::Read => IconName::CheckDouble,
        DeliveryState::Failed { .. } | DeliveryState::Stale => IconName::Alert,
    }
}

fn state_class(state: &DeliveryState) -> Option<&'static str> {
    match state {
        DeliveryState::Waiting => Some("message-meta__state--waiting"),
        DeliveryState::Sent => Some("message-meta__state--sent"),
        DeliveryState::Delivered => Some("message-meta__state--delivered"),
        DeliveryState::Read => Some("message-meta__state--read"),
        DeliveryState::Failed { .. } | DeliveryState::Stale => Some("message-meta__state--failed"),
    }
}
