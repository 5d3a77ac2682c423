//! Quick replies: kept as the server has them, so that they can be used without a connection.

use bedside_protocol::QuickReplyId;
use bedside_protocol::ipc::QuickReplyView;
use bedside_protocol::wire::{QuickReply, ReplyOwner};
use rusqlite::{Connection, params};

use super::changes::Part;
use super::error::CacheError;
use super::group::Group;

impl Group<'_> {
    /// The whole list.
    pub(super) fn quick_replies(&mut self, replies: &[QuickReply]) -> Result<(), CacheError> {
        self.db.execute("DELETE FROM quick_replies", [])?;
        let mut insert = self.db.prepare_cached(
            "INSERT INTO quick_replies (place, reply_id, owner, title, content) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (place, reply) in (0_i64..).zip(replies) {
            insert.execute(params![place, reply.id.get(), word(reply.owner), reply.title, reply.text])?;
        }
        self.changed(Part::QuickReplies);
        Ok(())
    }
}

const fn word(owner: ReplyOwner) -> &'static str {
    match owner {
        ReplyOwner::Own => "own",
        ReplyOwner::Clinic => "clinic",
    }
}

/// All of them, in order.
pub(crate) fn all(db: &Connection) -> Result<Vec<QuickReplyView>, CacheError> {
    let mut statement = db
        .prepare_cached("SELECT reply_id, owner = 'own', title, content FROM quick_replies ORDER BY place")?;
    let replies = statement.query_map([], |row| {
        let (title, text) = (row.get(2)?, row.get(3)?);
        Ok(QuickReplyView { id: QuickReplyId(row.get(0)?), own: row.get(1)?, title, text })
    })?;
    Ok(replies.collect::<Result<_, _>>()?)
}
