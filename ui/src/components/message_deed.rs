//! What may be done with a message, and which of it with which.

use bedside_protocol::ipc::TimelineMessage;
use bedside_protocol::{ClientId, RoomSeq};

use super::Spot;

/// Something done with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Sends what was not sent.
    Retry(ClientId),
    /// Gives up what was not sent.
    Discard(ClientId),
    /// Tries a change again that was refused.
    RetryChange,
    /// Gives up a change that was refused.
    DiscardChange,
    /// Sets an emoji, or takes it off again.
    React {
        emoji: String,
        on: bool,
    },
    /// Begins a message that replies to it.
    Reply,
    /// Goes to the message that it replies to, which is at this place.
    Visit(RoomSeq),
    Copy,
    Edit,
    TakeBack,
    Versions,
    /// When each thing happened to it.
    Details,
}

/// What opens at a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Panel {
    /// The frequent reactions.
    Quick,
    /// Everything that can be done.
    Menu,
    /// All emoji.
    Picker,
}

/// A panel, opened at the message of a key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opened {
    pub key: String,
    pub panel: Panel,
    pub at: Spot,
}

/// What the menu offers, in its order.
pub(super) fn offered(message: &TimelineMessage) -> Vec<Deed> {
    if message.retracted {
        return vec![Deed::Details];
    }
    let edited = (message.edited && message.message_id.is_some()).then_some(Deed::Versions);
    let change = message.changeable.then_some([Deed::Edit, Deed::TakeBack]);
    let [edit, take_back] = change.map_or([None, None], |deeds| deeds.map(Some));
    let reply = is_answerable(message).then_some(Deed::Reply);
    [reply, Some(Deed::Copy), edit, edited, Some(Deed::Details), take_back].into_iter().flatten().collect()
}

/// Whether one may react to a message.
pub(super) fn is_reactable(message: &TimelineMessage) -> bool {
    message.reactable && !message.retracted && message.message_id.is_some()
}

/// Whether one may reply to a message: where one may react to it, one may also write, and it is on the server.
pub(super) fn is_answerable(message: &TimelineMessage) -> bool {
    is_reactable(message)
}

#[cfg(test)]
mod tests {
    use bedside_protocol::ipc::TimelineItem;

    use super::*;
    use crate::state::fixtures::own;

    fn sent() -> TimelineMessage {
        match own(1) {
            TimelineItem::Message(message) => {
                TimelineMessage { changeable: true, reactable: true, ..message }
            }
            TimelineItem::Gap { .. } => unreachable!("the fixture is a message"),
        }
    }

    #[test]
    fn only_what_may_be_changed_offers_to_change_it() {
        assert_eq!(offered(&sent()), [Deed::Reply, Deed::Copy, Deed::Edit, Deed::Details, Deed::TakeBack]);
        let theirs = TimelineMessage { changeable: false, edited: true, ..sent() };
        assert_eq!(offered(&theirs), [Deed::Reply, Deed::Copy, Deed::Versions, Deed::Details]);
        let waiting = TimelineMessage { message_id: None, reactable: false, changeable: false, ..sent() };
        let why = "what the server does not have has no name to reply to";
        assert_eq!(offered(&waiting), [Deed::Copy, Deed::Details], "{why}");
    }

    #[test]
    fn of_what_was_taken_back_only_the_moments_are_offered() {
        let gone = TimelineMessage { retracted: true, edited: true, ..sent() };
        assert!(offered(&gone) == [Deed::Details] && !is_reactable(&gone));
        assert!(is_reactable(&sent()));
        assert!(!is_reactable(&TimelineMessage { message_id: None, ..sent() }));
    }
}
