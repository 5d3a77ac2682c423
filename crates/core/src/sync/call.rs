//! HTTP calls the machine asks for, their answers, and what a failure means (sync rule 5).

use std::time::Duration;

use bedside_protocol::feed::{ChangeFrame, FeedPage, SendFrame};
use bedside_protocol::wire::{ChangeMessage, DraftAnswer, Drafts, Message, PutDraft, SendMessage};
use bedside_protocol::wire::{
    ChatList, Clinic, LinkedPerson, MessagesPage, QuickReply, ReadMark, Room, RoomFlags, SetFlags,
};
use bedside_protocol::{ClientId, Cursor, ErrorCode, MessageId, Problem, Rev, RoomId, RoomSeq, WishNumber};

/// Names one call, so that a late answer is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// A request to the server's HTTP API.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// `GET /chat/feed/`.
    Feed {
        /// Events after this.
        after: Cursor,
        /// How long the server may hold it open.
        wait: Duration,
    },
    /// `GET /chat/`.
    ChatList {
        /// Rooms after this one.
        after_room: Option<RoomId>,
    },
    /// `GET /chat/room/<id>/`.
    Room(RoomId),
    /// `GET /chat/people/`.
    People,
    /// `GET /chat/clinic/`.
    Clinic,
    /// `GET /chat/quick-replies/`.
    QuickReplies,
    /// `GET /chat/messages/<id>/`.
    Messages {
        /// The room.
        room_id: RoomId,
        /// Which part.
        range: Range,
        /// At most this many.
        limit: u32,
    },
    /// `POST /chat/send-message/`.
    Send(SendMessage),
    /// `POST /chat/messages/<room>/<message>/`.
    Change {
        /// The room.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
        /// What is to become of it.
        body: ChangeMessage,
    },
    /// `POST /chat/room/<id>/read/`.
    Read {
        /// The room.
        room_id: RoomId,
        /// Highest place read.
        up_to: RoomSeq,
    },
    /// `POST /chat/room/<id>/flags/`.
    Flags {
        /// The room.
        room_id: RoomId,
        /// What is to be otherwise.
        set: SetFlags,
        /// The last wish in it.
        number: WishNumber,
    },
    /// `GET /chat/drafts/`.
    Drafts {
        /// Rooms after this one.
        after_room: Option<RoomId>,
    },
    /// `PUT /chat/room/<id>/draft/`.
    PutDraft {
        /// The room.
        room_id: RoomId,
        /// What is to be in its register.
        put: PutDraft,
    },
    /// `DELETE /chat/drafts/`.
    WithdrawDrafts,
    /// `POST /chat/room/<id>/delivered/`.
    Delivered {
        /// The room.
        room_id: RoomId,
        /// Highest place stored.
        up_to: RoomSeq,
    },
}

/// Which messages of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// The newest before a place (exclusive).
    Before(RoomSeq),
    /// What changed after a revision, in order of revision.
    ChangedAfter(Rev),
}

/// A successful answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To [`Call::Feed`].
    Feed(FeedPage),
    /// To [`Call::ChatList`].
    ChatList(ChatList),
    /// To [`Call::Room`].
    Room(Box<Room>),
    /// To [`Call::People`].
    People(Vec<LinkedPerson>),
    /// To [`Call::Clinic`].
    Clinic(Box<Clinic>),
    /// To [`Call::QuickReplies`].
    QuickReplies(Vec<QuickReply>),
    /// To [`Call::Drafts`] and [`Call::WithdrawDrafts`].
    Drafts(Drafts),
    /// To [`Call::PutDraft`]; nothing if there was nothing to put.
    Draft(Option<Box<DraftAnswer>>),
    /// To [`Call::Messages`].
    Messages(MessagesPage),
    /// To [`Call::Send`].
    Sent(Box<Message>),
    /// To [`Call::Change`].
    Changed(Box<Message>),
    /// To [`Call::Read`] and [`Call::Delivered`].
    Read(ReadMark),
    /// To [`Call::Flags`].
    Flags(RoomFlags),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer, or one that is not our server's (a captive portal): the outcome is unknown.
    Unknown,
    /// Our server's problem document.
    Refused(Refusal),
}

/// What our server said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status; on the socket the code's own.
    pub status: u16,
    /// The stable word.
    pub code: ErrorCode,
    /// Milliseconds to wait, if it said so.
    pub retry_after_ms: Option<u64>,
}

impl From<&Problem> for Refusal {
    fn from(problem: &Problem) -> Self {
        Refusal { status: problem.status, code: problem.code, retry_after_ms: problem.retry_after_ms }
    }
}

/// What to do about a failed command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Again, for ever: the server may have it.
    RetryUnknown {
        /// Milliseconds to wait, if it said so.
        after_ms: Option<u64>,
    },
    /// Again, for ever: the server has said that it does not have it.
    RetryRefused {
        /// Milliseconds to wait, if it said so.
        after_ms: Option<u64>,
    },
    /// The session has ended: keep everything, ask to sign in.
    SignIn,
    /// The server speaks another version.
    Upgrade,
    /// It will never be accepted.
    Reject(ErrorCode),
}

impl Failure {
    /// The classification of sync rule 5.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Failure::Unknown => Verdict::RetryUnknown { after_ms: None },
            Failure::Refused(refusal) => refusal.verdict(),
        }
    }

    /// Milliseconds to wait, if our server said so.
    #[must_use]
    pub const fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Failure::Unknown => None,
            Failure::Refused(refusal) => refusal.retry_after_ms,
        }
    }
}

impl Refusal {
    fn verdict(self) -> Verdict {
        match self.status {
            401 => Verdict::SignIn,
            426 => Verdict::Upgrade,
            408 | 425 | 429 => Verdict::RetryRefused { after_ms: self.retry_after_ms },
            400..=499 => Verdict::Reject(self.code),
            _ => Verdict::RetryUnknown { after_ms: self.retry_after_ms },
        }
    }
}

/// The frame of a message on its way.
pub(crate) fn send_frame(row: &crate::cache_write::OutboxRow) -> SendFrame {
    SendFrame {
        client_id: row.client_id,
        room_id: row.room_id,
        message: row.content.clone(),
        composed_at: Some(row.composed_at),
        urgent: row.urgent,
        reply_to: row.reply_to,
    }
}

/// The same as the body of a POST.
pub(crate) fn send_body(row: &crate::cache_write::OutboxRow) -> SendMessage {
    SendMessage {
        room_id: row.room_id,
        message: row.content.clone(),
        client_id: Some(row.client_id),
        composed_at: Some(row.composed_at),
        urgent: row.urgent,
        reply_to: row.reply_to,
    }
}

/// The frame of a change on its way.
pub(crate) fn change_frame(row: &crate::cache_write::ChangeRow) -> ChangeFrame {
    ChangeFrame {
        client_id: row.client_id,
        room_id: row.room_id,
        message_id: row.message_id,
        change: row.change.clone(),
    }
}

/// The same as a call.
pub(crate) fn change_call(row: &crate::cache_write::ChangeRow) -> Call {
    let body = ChangeMessage { client_id: Some(row.client_id), change: row.change.clone() };
    Call::Change { room_id: row.room_id, message_id: row.message_id, body }
}

/// What a call was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To learn what came after the cursor.
    Feed,
    /// A page of the snapshot.
    List,
    /// A room an event named and nobody knew.
    Room(RoomId),
    /// Linked people.
    People,
    /// What the clinic says of itself.
    Clinic,
    /// Quick replies.
    QuickReplies,
    /// A page of what is written at other devices.
    Drafts { after_room: Option<RoomId> },
    /// What is written in a room.
    PutDraft(RoomId),
    /// To take out what this device has put.
    WithdrawDrafts,
    /// A missing stretch.
    Stretch { room_id: RoomId, from: RoomSeq, to: RoomSeq },
    /// What changed in a room.
    Changes { room_id: RoomId },
    /// A message.
    Send { room_id: RoomId, client_id: ClientId },
    /// A change of a message.
    Change { room_id: RoomId, client_id: ClientId },
    /// A read mark.
    Read { room_id: RoomId, up_to: RoomSeq },
    /// How a room is set up.
    Flags { room_id: RoomId, set: SetFlags },
    /// What is stored.
    Delivered { room_id: RoomId, up_to: RoomSeq },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: ErrorCode) -> Verdict {
        Failure::Refused(Refusal { status: code.status(), code, retry_after_ms: None }).verdict()
    }

    #[test]
    fn an_answer_that_is_not_ours_is_tried_again_for_ever() {
        assert_eq!(Failure::Unknown.verdict(), Verdict::RetryUnknown { after_ms: None });
    }

    #[test]
    fn a_failure_of_the_server_leaves_the_outcome_unknown() {
        for code in [ErrorCode::Internal, ErrorCode::Unavailable] {
            assert_eq!(refused(code), Verdict::RetryUnknown { after_ms: None });
        }
    }

    #[test]
    fn a_temporary_refusal_is_tried_again() {
        for code in [ErrorCode::RateLimited, ErrorCode::RequestTimeout] {
            assert_eq!(refused(code), Verdict::RetryRefused { after_ms: None });
        }
    }

    #[test]
    fn an_ended_session_pauses() {
        assert_eq!(refused(ErrorCode::Unauthenticated), Verdict::SignIn);
    }

    #[test]
    fn a_final_refusal_parks_the_message() {
        use ErrorCode::{ClientIdReused, EmptyMessage, Forbidden, InvalidValue, NotFound, TooLarge};
        for code in [Forbidden, NotFound, ClientIdReused, TooLarge, EmptyMessage, InvalidValue] {
            assert_eq!(refused(code), Verdict::Reject(code));
        }
    }
}
