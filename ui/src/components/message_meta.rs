//! The small line of a message: urgent, edited, its time, how far it is.

use bedside_protocol::ipc::{ChangeState, DeliveryState, TimelineMessage};
use yew::{Callback, Html, Properties, classes, component, html};

use super::{Icon, IconName};
use crate::words::{Words, use_words};

/// A line's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub message: TimelineMessage,
    pub on_versions: Callback<()>,
}

/// The line.
#[component]
pub(crate) fn MessageMeta(props: &Props) -> Html {
    let words = use_words();
    let message = &props.message;
    html! {
        <span class="message-meta">
            if message.edited && !message.retracted {
                { edited(&words, props) }
            }
            <time class="message-meta__time">
                { words.dates().time(message.at) }
                <span class="message-meta__exact" aria-hidden="true">{ words.dates().exact(message.at) }</span>
            </time>
            if let Some(progress) = progress(message) {
                <span class={classes!("message-meta__state", progress.class())} title={progress.text(&words)}>
                    <Icon name={progress.icon()} />
                    <span class="visually-hidden">{ progress.text(&words) }</span>
                </span>
            }
        </span>
    }
}

/// The mark leads to what was there before, once the server knows of the message.
fn edited(words: &Words, props: &Props) -> Html {
    if props.message.message_id.is_none() {
        return html! { <span>{ words.text("message-edited") }</span> };
    }
    html! {
        <button class="message-meta__edited" type="button" title={words.text("message-versions")}
            onclick={props.on_versions.reform(|_| ())}>
            { words.text("message-edited") }
        </button>
    }
}

/// How far one's own message is, or the change of it that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Saving,
    NotSaved,
    Of(DeliveryState),
}

/// How far a message is; nothing for the other side's.
pub(super) fn progress(message: &TimelineMessage) -> Option<Progress> {
    match message.change {
        Some(ChangeState::Saving) => Some(Progress::Saving),
        Some(ChangeState::Refused { .. }) => Some(Progress::NotSaved),
        None => message.state.clone().map(Progress::Of),
    }
}

impl Progress {
    /// In words.
    pub(super) fn text(&self, words: &Words) -> String {
        match self {
            Self::Saving => words.text("state-saving"),
            Self::NotSaved => words.text("state-not-saved"),
            Self::Of(state) => state_text(words, state),
        }
    }

    fn icon(&self) -> IconName {
        match self {
            Self::Saving => IconName::Clock,
            Self::NotSaved => IconName::Alert,
            Self::Of(state) => state_icon(state),
        }
    }

    fn class(&self) -> Option<&'static str> {
        match self {
            Self::Saving => Some("message-meta__state--saving"),
            Self::NotSaved => Some("message-meta__state--failed"),
            Self::Of(state) => state_class(state),
        }
    }
}

/// How far a message is, in words.
fn state_text(words: &Words, state: &DeliveryState) -> String {
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
        DeliveryState::Delivered => IconName::CheckDouble,
        DeliveryState::Read => IconName::Eye,
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

#[cfg(test)]
mod tests {
    use bedside_protocol::ipc::DeliveryState;

    use super::state_icon;

    #[test]
    fn no_two_stages_of_a_message_differ_by_colour_alone() {
        let stages =
            [DeliveryState::Waiting, DeliveryState::Sent, DeliveryState::Delivered, DeliveryState::Read];
        let glyphs = stages.each_ref().map(state_icon);
        for (at, glyph) in glyphs.iter().enumerate() {
            assert!(!glyphs[..at].contains(glyph), "{:?} looks like an earlier one", stages[at]);
        }
    }
}
