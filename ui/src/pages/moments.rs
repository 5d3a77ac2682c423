//! When each thing happened to a message, to the second. What this device has is shown at once; then the server is asked.

use std::rc::Rc;

use bedside_protocol::ipc::{DeliveryState, MessageDetails, Reply, Request, TimelineMessage};
use bedside_protocol::{RoomId, Timestamp};
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state_eq};

use crate::components::{Button, Dialog};
use crate::hooks::ask;
use crate::words::{Words, use_words};

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub room_id: RoomId,
    pub message: Rc<TimelineMessage>,
    /// The other member of the conversation.
    pub name: String,
    pub on_close: Callback<()>,
}

/// Whether the server has said what it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// Not yet.
    Asking,
    Answered,
    /// It could not be reached.
    Failed,
}

/// When something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    At(Timestamp),
    NotYet,
    /// It has happened; when, is being asked.
    Asking,
    /// It has happened; nobody knows when.
    Unknown,
}

/// The dialog.
#[component]
pub(super) fn MomentsDialog(props: &Props) -> Html {
    let words = use_words();
    let details = use_state_eq(|| here(&props.message));
    let asked = use_state_eq(|| Asked::Asking);
    use_effect_with((props.room_id, Rc::clone(&props.message)), {
        let (details, asked) = (details.setter(), asked.setter());
        move |(room_id, message)| {
            let Some(message_id) = message.message_id else { return asked.set(Asked::Answered) };
            let request = |ask| Request::MessageDetails { room_id: *room_id, message_id, ask };
            let held = details.clone();
            ask(request(false), move |answer| {
                if let Ok(Reply::Details { details }) = answer {
                    held.set(details);
                }
            });
            ask(request(true), move |answer| match answer {
                Ok(Reply::Details { details: told }) => {
                    details.set(told);
                    asked.set(Asked::Answered);
                }
                _ => asked.set(Asked::Failed),
            });
        }
    });
    html! {
        <Dialog title={words.text("moments-title")} on_close={props.on_close.clone()}>
            <p class="dialog__text" role="status">{ in_words(&words, props, details.state.as_ref()) }</p>
            <dl class="moments">{ for rows(&words, props, &details, *asked) }</dl>
            if *asked == Asked::Failed && details.state.is_some() {
                <p class="moments__note">{ words.text("moments-offline") }</p>
            }
            <div class="dialog__deeds">
                <Button onclick={props.on_close.reform(|_| ())}>{ words.text("dialog-close") }</Button>
            </div>
        </Dialog>
    }
}

/// What the timeline has of it.
fn here(message: &TimelineMessage) -> MessageDetails {
    MessageDetails {
        state: message.state.clone(),
        written_at: message.written_at,
        sent_at: message.at,
        delivered_at: None,
        read_at: None,
        edited_at: None,
        retracted_at: None,
    }
}

/// How far it is, in a sentence.
fn in_words(words: &Words, props: &Props, state: Option<&DeliveryState>) -> String {
    let id = match state {
        None => "moments-is-theirs",
        Some(DeliveryState::Waiting) => "moments-is-waiting",
        Some(DeliveryState::Sent) => "moments-is-sent",
        Some(DeliveryState::Delivered) => "moments-is-delivered",
        Some(DeliveryState::Read) => "moments-is-read",
        Some(DeliveryState::Failed { .. }) => "moments-is-failed",
        Some(DeliveryState::Stale) => "moments-is-stale",
    };
    words.about(id, &props.name).to_string()
}

fn rows(words: &Words, props: &Props, details: &MessageDetails, asked: Asked) -> Vec<Html> {
    let stored = props.message.message_id.is_some();
    let written = if stored { details.written_at } else { Some(details.sent_at) };
    let sent = if stored { Moment::At(details.sent_at) } else { Moment::NotYet };
    let at = |moment: Option<Timestamp>| moment.map(Moment::At);
    let far = details.state.as_ref().map(|state| reached(state, details, asked));
    let list = [
        ("moments-written", at(written)),
        ("moments-sent", Some(sent)),
        ("moments-delivered", far.map(|(delivered, _)| delivered)),
        ("moments-read", far.map(|(_, read)| read)),
        ("moments-edited", at(details.edited_at)),
        ("moments-retracted", at(details.retracted_at)),
    ];
    list.into_iter().filter_map(|(id, moment)| Some(row(words, id, moment?))).collect()
}

/// When one's own message was delivered, and when it was read.
fn reached(state: &DeliveryState, details: &MessageDetails, asked: Asked) -> (Moment, Moment) {
    let unknown = if asked == Asked::Asking { Moment::Asking } else { Moment::Unknown };
    let moment = |at: Option<Timestamp>, happened: bool| match at {
        Some(at) => Moment::At(at),
        None if happened => unknown,
        None => Moment::NotYet,
    };
    let read = *state == DeliveryState::Read;
    let delivered = read || *state == DeliveryState::Delivered;
    (moment(details.delivered_at, delivered), moment(details.read_at, read))
}

fn row(words: &Words, id: &str, moment: Moment) -> Html {
    let when = match moment {
        Moment::At(at) => html! { <time>{ words.dates().exact(at) }</time> },
        Moment::NotYet => html! { words.text("moments-not-yet") },
        Moment::Asking => html! { words.text("moments-asking") },
        Moment::Unknown => html! { words.text("moments-unknown") },
    };
    html! {
        <div class="moments__row">
            <dt class="moments__what">{ words.text(id) }</dt>
            <dd class="moments__when">{ when }</dd>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(state: DeliveryState, read_at: Option<Timestamp>) -> MessageDetails {
        MessageDetails {
            state: Some(state),
            written_at: None,
            sent_at: Timestamp(1),
            delivered_at: None,
            read_at,
            edited_at: None,
            retracted_at: None,
        }
    }

    fn of(state: DeliveryState, read_at: Option<Timestamp>, asked: Asked) -> (Moment, Moment) {
        let details = details(state.clone(), read_at);
        reached(&state, &details, asked)
    }

    #[test]
    fn what_has_not_happened_is_said_and_never_a_moment_that_nobody_knows() {
        use DeliveryState::{Delivered, Read, Sent};
        assert_eq!(of(Sent, None, Asked::Answered), (Moment::NotYet, Moment::NotYet));
        assert_eq!(of(Delivered, None, Asked::Asking), (Moment::Asking, Moment::NotYet));
        assert_eq!(of(Delivered, None, Asked::Failed), (Moment::Unknown, Moment::NotYet));
        let at = Timestamp(7);
        assert_eq!(of(Read, Some(at), Asked::Answered), (Moment::Unknown, Moment::At(at)));
    }
}
