//! What is kept of a message's quote: where the original is, and the server's word on it while it is not held itself.
//!
//! Never outlives the original's text: once that is taken back, nothing quoted of it stays.

use bedside_protocol::wire::Message;
use rusqlite::{OptionalExtension, params};

use crate::cache::error::CacheError;
use crate::cache::group::Group;

/// The columns of a message that replies to another.
#[derive(Default)]
pub(super) struct Quoted<'m> {
    pub(super) reply_to: Option<i64>,
    pub(super) seq: Option<i64>,
    pub(super) sender: Option<i64>,
    /// Nothing where the original is held; empty once it was taken back.
    pub(super) text: Option<&'m str>,
}

impl Group<'_> {
    /// What to keep of a message's quote. An original that is held says itself what it says, and whether it still does.
    pub(super) fn quoted<'m>(&self, message: &'m Message) -> Result<Quoted<'m>, CacheError> {
        let Some(quote) = &message.quote else { return Ok(Quoted::default()) };
        let text = if quote.retracted { "" } else { quote.text.as_str() };
        let held = self
            .db
            .prepare_cached(
                "SELECT 1 FROM messages WHERE room_id = ?1 AND room_seq = ?2 AND message_id = ?3",
            )?
            .query_row(params![message.room_id.get(), quote.room_seq.get(), quote.message_id.get()], |_| {
                Ok(())
            })
            .optional()?;
        Ok(Quoted {
            reply_to: Some(quote.message_id.get()),
            seq: Some(quote.room_seq.get()),
            sender: Some(quote.sender_account.get()),
            text: held.is_none().then_some(text),
        })
    }

    /// A message was taken back: what others quote of it goes with it.
    pub(super) fn forget_quotes(&self, retracted: &Message) -> Result<(), CacheError> {
        self.db
            .prepare_cached(
                "UPDATE messages SET reply_text = '' WHERE room_id = ?1 AND reply_to = ?2 AND reply_text <> ''",
            )?
            .execute([retracted.room_id.get(), retracted.id.get()])?;
        Ok(())
    }
}
