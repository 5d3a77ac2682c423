//! What a connection begins with.

use bedside_protocol::{Cursor, Epoch, Timestamp, limits};
use rusqlite::Connection;

use super::{accounts, feed, sessions};
use crate::store::{Greeting, StoreError, TokenHash};

/// All of it, at one moment.
pub(super) fn greet(
    db: &Connection,
    epoch: Epoch,
    token: &TokenHash,
    after: Option<&Cursor>,
    now: Timestamp,
) -> Result<Option<Greeting>, StoreError> {
    let Some(session) = sessions::peek(db, token, now)? else { return Ok(None) };
    let Some(account) = accounts::own(db, session.actor)? else { return Ok(None) };
    let feed_seq = feed::head(db, session.actor.account_id)?;
    let missed = after
        .map(|after| feed::slice(db, session.actor, &epoch, after, limits::FEED_PAGE_MAX))
        .transpose()?;
    Ok(Some(Greeting { session, account, head: Cursor { epoch, feed_seq }, missed }))
}
