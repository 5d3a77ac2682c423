//! What stands below a message that was not sent: why, and what its author may do.

use bedside_protocol::ClientId;
use bedside_protocol::ipc::{DeliveryState, TimelineMessage};
use bedside_protocol::wire::Role;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::{Button, Deed, Icon, IconName, Kind};
use crate::errors::refusal;
use crate::words::{Words, use_words};

/// A problem's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub message: TimelineMessage,
    /// Who the message was meant for.
    pub addressee: AttrValue,
    pub addressee_role: Role,
    pub on_deed: Callback<Deed>,
}

/// The problem; nothing if there is none.
#[component]
pub(crate) fn MessageProblem(props: &Props) -> Html {
    let words = use_words();
    let Some(state) = props.message.state.as_ref() else { return Html::default() };
    let (Some(reason), Some(client_id)) = (reason(&words, props, state), props.message.client_id) else {
        return Html::default();
    };
    let again = if matches!(state, DeliveryState::Stale) { "message-send-now" } else { "message-retry" };
    html! {
        <div class="message-problem">
            <p class="message-problem__reason"><Icon name={IconName::Alert} /><span>{ reason }</span></p>
            <span class="message-problem__deeds">
                <Button kind={Kind::Link} onclick={deed(props, Deed::Retry, client_id)}>{ words.text(again) }</Button>
                <Button kind={Kind::Link} onclick={deed(props, Deed::Discard, client_id)}>{ words.text("message-delete") }</Button>
            </span>
        </div>
    }
}

fn deed(props: &Props, deed: fn(ClientId) -> Deed, client_id: ClientId) -> Callback<yew::MouseEvent> {
    props.on_deed.reform(move |_| deed(client_id))
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
