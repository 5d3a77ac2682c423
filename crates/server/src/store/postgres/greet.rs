//! What a connection begins with, in one statement; bodies of events in a second round trip, if there are any.

use bedside_protocol::{Cursor, Epoch, FeedSeq, Timestamp, limits};

use super::accounts::{OWN_WIDTH, own_at};
use super::feed::{self, Stretch, head_and_later, later_rows};
use super::people::person_columns;
use super::sessions::{SESSION_WIDTH, session_row, token_query};
use super::tx::Tx;
use crate::access::{Action, Decision, Relation, can};
use crate::store::{Greeting, StoreError, TokenHash};

/// What is read of the feed by whoever names no place.
const NOWHERE: FeedSeq = FeedSeq(i64::MAX);

pub(super) async fn greet(
    tx: &Tx<'_>,
    epoch: &Epoch,
    token: &TokenHash,
    after: Option<&Cursor>,
    now: Timestamp,
) -> Result<Option<Greeting>, StoreError> {
    let place = after.filter(|after| after.epoch == *epoch).map_or(NOWHERE, |after| after.feed_seq);
    let most = i64::from(limits::FEED_PAGE_MAX);
    let rows = tx.rows(GREETING, &[&token.0.as_slice(), &place.get(), &most]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let Some(session) = session_row(first)?.live(now) else { return Ok(None) };
    let actor = session.actor;
    if can(actor.role, Action::UseAccount, Relation::Oneself) != Decision::Allow {
        return Ok(None);
    }
    let account = own_at(first, SESSION_WIDTH)?;
    let stretch = Stretch::of(&rows, SESSION_WIDTH + OWN_WIDTH)?;
    let head = Cursor { epoch: epoch.clone(), feed_seq: stretch.head };
    let missed = match after {
        None => None,
        Some(after) => Some(feed::told(tx, actor, epoch, after, stretch).await?),
    };
    Ok(Some(Greeting { session, account, head, missed }))
}

/// A row for each event, or one without.
const GREETING: &str = token_query!(
    concat!(", ", person_columns!("a"), ", a.username, ", head_and_later!()),
    concat!("LEFT JOIN feed_heads h ON h.account_id = a.id ", later_rows!("a.id")),
    "ORDER BY later.feed_seq"
);
