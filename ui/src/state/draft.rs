//! What stands in a composer: a text, and the message it is to reply to.

use bedside_protocol::MessageId;
use bedside_protocol::ipc::{QuoteView, TimelineMessage};
use bedside_protocol::limits;
use bedside_protocol::text::one_line;

/// A draft, as the engine keeps it and sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    pub text: String,
    pub reply_to: Option<MessageId>,
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        Draft { text: text.to_owned(), reply_to: None }
    }
}

/// A message as one that is replied to, once the server has it.
pub(crate) fn quote(message: &TimelineMessage) -> Option<QuoteView> {
    Some(QuoteView {
        message_id: message.message_id?,
        seq: message.seq?,
        own: message.own,
        text: one_line(&message.text, limits::QUOTE_CHARS),
        retracted: message.retracted,
    })
}
