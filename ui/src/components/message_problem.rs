//! What stands below a message that was not sent or not changed: why, and what its author may do.

use bedside_protocol::ipc::{ChangeState, DeliveryState, IpcError, TimelineMessage};
use bedside_protocol::wire::Role;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::{Button, Deed, Icon, IconName, Kind};
use crate::errors::{explain, refusal};
use crate::words::{Words, use_words};

/// A problem's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub message: TimelineMessage,
    /// Who the message was meant for.
    pub addressee: AttrValue,
    pub addressee_role: Role,
    /// Why the last deed on it came to nothing.
    pub refused: Option<IpcError>,
    pub on_deed: Callback<Deed>,
}

/// The problem; nothing if there is none.
#[component]
pub(crate) fn MessageProblem(props: &Props) -> Html {
    let words = use_words();
    let Some(Problem { reason, again, give_up }) = problem(&words, props) else {
        return refused(&words, props);
    };
    html! {
        <div class="message-problem">
            <p class="message-problem__reason"><Icon name={IconName::Alert} /><span>{ reason }</span></p>
            <span class="message-problem__deeds">
                { for [again, give_up].into_iter().map(|(id, deed)| button(&words, props, id, deed)) }
            </span>
            { refused(&words, props) }
        </div>
    }
}

/// What went wrong and the two ways out, each with the id of its words.
struct Problem {
    reason: AttrValue,
    again: (&'static str, Deed),
    give_up: (&'static str, Deed),
}

fn problem(words: &Words, props: &Props) -> Option<Problem> {
    if let Some(ChangeState::Refused { code, retraction }) = props.message.change {
        let id = if retraction { "message-not-taken-back" } else { "message-not-changed" };
        let reason = words.text_with(id, &[("reason", refusal(words, code).into())]).into();
        let (again, give_up) = (("message-retry", Deed::RetryChange), ("message-keep", Deed::DiscardChange));
        return Some(Problem { reason, again, give_up });
    }
    let (state, client_id) = (props.message.state.as_ref()?, props.message.client_id?);
    let again = if matches!(state, DeliveryState::Stale) { "message-send-now" } else { "message-retry" };
    Some(Problem {
        reason: reason(words, props, state)?,
        again: (again, Deed::Retry(client_id)),
        give_up: ("message-delete", Deed::Discard(client_id)),
    })
}

fn button(words: &Words, props: &Props, id: &'static str, deed: Deed) -> Html {
    let onclick = props.on_deed.reform(move |_| deed.clone());
    html! { <Button kind={Kind::Link} {onclick}>{ words.text(id) }</Button> }
}

/// What was tried and came to nothing; the message itself may have moved on.
fn refused(words: &Words, props: &Props) -> Html {
    let Some(explained) = props.refused.as_ref().map(|error| explain(words, error)) else {
        return Html::default();
    };
    html! {
        <p class="message-problem__reason" role="alert">
            <Icon name={IconName::Alert} /><span>{ explained.what }{ " " }{ explained.advice }</span>
        </p>
    }
}

fn reason(words: &Words, props: &Props, state: &DeliveryState) -> Option<AttrValue> {
    match (state, props.addressee_role) {
        (DeliveryState::Failed { code }, _) => {
            let reason = refusal(words, *code);
            Some(words.text_with("message-failed", &[("reason", reason.into())]).into())
        }
        // A patient's clinic has not got it; a practitioner is the clinic.
        (DeliveryState::Stale, Role::Patient) => {
            Some(words.about("message-stale-practitioner", &props.addressee))
        }
        (DeliveryState::Stale, _) => Some(words.text("message-stale").into()),
        _ => None,
    }
}
