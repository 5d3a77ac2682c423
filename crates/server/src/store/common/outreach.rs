//! What both stores read for a decision, and how they turn it into one. The reading statements are the same text for both
//! databases, so that they cannot drift apart.

use bedside_core::outreach::{DAY_MS, Decision, Facts, Send, Unread, Way, decide};
use bedside_protocol::wire::{Channel, OutreachWishes, QuietHours, SmsFor};
use bedside_protocol::{RoomId, Timestamp};
use sha2::{Digest, Sha256};

use crate::store::{DecideLimits, NewNotification, StoreError};

/// Rows of alerts on a page that are counted as unread at most.
pub(in crate::store) const UNREAD_COUNTED: i64 = 1_000;
/// Rows that a gauge counts at most.
pub(in crate::store) const GAUGE_COUNTS: i64 = 10_000;
/// How long a code may be typed.
pub(in crate::store) const CODE_LASTS_MS: i64 = 15 * 60_000;
/// How often one code may be tried.
pub(in crate::store) const CODE_TRIES: i64 = 5;
/// Codes that one person may have sent to a channel within a day.
pub(in crate::store) const CODES_A_DAY: i64 = 5;

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Subject {
    pub(in crate::store) account: i64,
    /// 0 for a notification of the platform.
    pub(in crate::store) room: i64,
    /// 0 for a conversation.
    pub(in crate::store) notification: i64,
}

impl Subject {
    pub(in crate::store) fn room_id(self) -> Option<RoomId> {
        (self.room != 0).then_some(RoomId(self.room))
    }
}

/// What lies unread in a conversation, and what the person wishes. `$1` account, `$2` room; `$urgent` is how the database
/// says "is urgent".
macro_rules! of_room {
    ($urgent:literal) => {
        concat!(
            "SELECT a.disabled_at IS NULL AND m.until_seq IS NULL, r.last_seq, k.muted_until_at,
               (SELECT x.created_at FROM messages x
                WHERE x.room_id = $2 AND x.room_seq > k.up_to AND x.sender_id <> $1 AND x.retracted_at IS NULL
                ORDER BY x.room_seq LIMIT 1),
               (SELECT x.created_at FROM messages x
                WHERE x.room_id = $2 AND x.room_seq > k.up_to AND x.sender_id <> $1 AND x.retracted_at IS NULL
                  AND ",
            $urgent,
            "
                ORDER BY x.room_seq LIMIT 1),
               coalesce(a.time_zone, (SELECT c.time_zone FROM clinic c WHERE c.only_row = 1), 'UTC'),
               w.email_after, w.sms_after, w.sms_for, w.quiet_from, w.quiet_to, w.reminder_minutes
             FROM read_marks k
             JOIN rooms r ON r.id = k.room_id
             JOIN room_members m ON m.room_id = k.room_id AND m.account_id = k.account_id
             JOIN accounts a ON a.id = k.account_id
             LEFT JOIN outreach_wishes w ON w.account_id = k.account_id
             WHERE k.account_id = $1 AND k.room_id = $2"
        )
    };
}

/// The same of a notification of the platform, in the same columns. `$1` account, `$2` notification.
pub(in crate::store) const OF_NOTIFICATION: &str =
    "SELECT a.disabled_at IS NULL AND n.read_at IS NULL, CAST(0 AS BIGINT), CAST(0 AS BIGINT), n.created_at,
       CASE WHEN n.urgent THEN n.created_at END,
       coalesce(a.time_zone, (SELECT c.time_zone FROM clinic c WHERE c.only_row = 1), 'UTC'),
       w.email_after, w.sms_after, w.sms_for, w.quiet_from, w.quiet_to, w.reminder_minutes
     FROM notifications n
     JOIN accounts a ON a.id = n.account_id
     LEFT JOIN outreach_wishes w ON w.account_id = n.account_id
     WHERE n.account_id = $1 AND n.id = $2";

/// What has gone which way. `$1` account, `$2` room, `$3` notification, `$4` the beginning of what a daily cap counts.
pub(in crate::store) const WAYS: &str = "SELECT c.channel,
       c.address IS NOT NULL AND c.stopped_at IS NULL,
       (SELECT max(d.created_at) FROM dispatches d
        WHERE d.account_id = $1 AND d.room_id = $2 AND d.notification_id = $3 AND d.channel = c.channel
          AND d.state <> 'withdrawn'
          AND d.up_to > coalesce((SELECT k.up_to FROM read_marks k WHERE k.room_id = $2 AND k.account_id = $1), -1)),
       (SELECT max(d.created_at) FROM dispatches d
        WHERE d.account_id = $1 AND d.room_id = $2 AND d.notification_id = $3 AND d.channel = c.channel
          AND d.state <> 'withdrawn' AND d.urgent
          AND d.up_to > coalesce((SELECT k.up_to FROM read_marks k WHERE k.room_id = $2 AND k.account_id = $1), -1)),
       (SELECT count(*) FROM dispatches d
        WHERE d.account_id = $1 AND d.channel = c.channel AND d.created_at > $4 AND d.state <> 'withdrawn'),
       (SELECT min(d.created_at) FROM dispatches d
        WHERE d.account_id = $1 AND d.channel = c.channel AND d.created_at > $4 AND d.state <> 'withdrawn')
     FROM contacts c WHERE c.account_id = $1";

pub(in crate::store) use of_room;

/// A row of [`of_room`] or [`OF_NOTIFICATION`].
#[derive(Clone, Debug)]
pub(in crate::store) struct Found {
    pub(in crate::store) concerned: bool,
    pub(in crate::store) last_seq: i64,
    pub(in crate::store) muted_until: i64,
    pub(in crate::store) since: Option<i64>,
    pub(in crate::store) urgent_since: Option<i64>,
    pub(in crate::store) time_zone: String,
    pub(in crate::store) wishes: Option<WishesRow>,
}

/// The columns of `outreach_wishes`.
#[derive(Clone, Debug)]
pub(in crate::store) struct WishesRow {
    pub(in crate::store) email_after: i64,
    pub(in crate::store) sms_after: i64,
    pub(in crate::store) sms_for: String,
    pub(in crate::store) quiet_from: Option<i64>,
    pub(in crate::store) quiet_to: Option<i64>,
    pub(in crate::store) reminder: i64,
}

/// A row of [`WAYS`].
#[derive(Clone, Debug)]
pub(in crate::store) struct WayRow {
    pub(in crate::store) channel: Channel,
    pub(in crate::store) open: bool,
    pub(in crate::store) told: Option<i64>,
    pub(in crate::store) told_urgent: Option<i64>,
    pub(in crate::store) today: i64,
    pub(in crate::store) today_since: Option<i64>,
}

/// What is to become of a check.
#[derive(Clone, Debug)]
pub(in crate::store) struct Settled {
    pub(in crate::store) subject: Subject,
    /// What is sent speaks for the conversation up to here.
    pub(in crate::store) up_to: i64,
    pub(in crate::store) decision: Decision,
}

/// Decides. `None` where there is nothing any more: a conversation or notification that is gone.
pub(in crate::store) fn settle(
    subject: Subject,
    found: Option<Found>,
    ways: &[WayRow],
    live: bool,
    limits: &DecideLimits,
) -> Result<Settled, StoreError> {
    let Some(found) = found.filter(|found| found.concerned) else {
        return Ok(Settled { subject, up_to: 0, decision: Decision::default() });
    };
    let unread = found.since.map(|since| Unread {
        since: Timestamp(since),
        urgent_since: found.urgent_since.map(Timestamp),
        muted: found.muted_until > limits.now.millis(),
    });
    let facts = Facts {
        unread,
        live,
        wishes: found.wishes.map_or(Ok(OutreachWishes::default()), wishes)?,
        time_zone: found.time_zone,
        email: way(Channel::Email, ways, limits),
        sms: way(Channel::Sms, ways, limits),
    };
    Ok(Settled { subject, up_to: found.last_seq, decision: decide(&facts, limits.now) })
}

fn way(channel: Channel, ways: &[WayRow], limits: &DecideLimits) -> Way {
    let cap = match channel {
        Channel::Email => limits.email_cap,
        Channel::Sms => limits.sms_cap,
    };
    let row = ways.iter().find(|row| row.channel == channel).filter(|_| limits.channels.contains(&channel));
    row.map_or(Way::default(), |row| Way {
        open: row.open,
        told: row.told.map(Timestamp),
        told_urgent: row.told_urgent.map(Timestamp),
        today: u32::try_from(row.today).unwrap_or(u32::MAX),
        today_since: row.today_since.map(Timestamp),
        cap,
    })
}

/// From when on a daily cap counts.
pub(in crate::store) const fn today(now: Timestamp) -> i64 {
    now.millis() - DAY_MS
}

pub(in crate::store) fn wishes(row: WishesRow) -> Result<OutreachWishes, StoreError> {
    let minutes = |value: i64| u16::try_from(value).map_err(|_| StoreError::Corrupt("minutes of a wish"));
    let quiet = match (row.quiet_from, row.quiet_to) {
        (Some(from), Some(to)) => Some(QuietHours { from: minutes(from)?, to: minutes(to)? }),
        _ => None,
    };
    Ok(OutreachWishes {
        email_after: minutes(row.email_after)?,
        sms_after: minutes(row.sms_after)?,
        sms_for: sms_for(&row.sms_for)?,
        quiet,
        reminder: minutes(row.reminder)?,
    })
}

fn sms_for(word: &str) -> Result<SmsFor, StoreError> {
    let known = [SmsFor::Urgent, SmsFor::All].into_iter().find(|known| known.as_str() == word);
    known.ok_or(StoreError::Corrupt("what SMS are for"))
}

pub(in crate::store) fn channel(word: &str) -> Result<Channel, StoreError> {
    let known = Channel::ALL.into_iter().find(|known| known.as_str() == word);
    known.ok_or(StoreError::Corrupt("a channel"))
}

/// Rows of `dispatches` to be written for what was decided: each with its name, its subject, what it speaks for and how.
pub(in crate::store) fn sends<'s>(
    settled: &'s [Settled],
    limits: &'s DecideLimits,
) -> impl Iterator<Item = (uuid::Uuid, &'s Settled, Send)> {
    let all = settled.iter().flat_map(|one| one.decision.send.iter().map(move |send| (one, *send)));
    limits.keys.iter().zip(all).map(|(key, (one, send))| (*key, one, send))
}

/// What makes two notifications under one id the same.
pub(in crate::store) fn digest(new: &NewNotification) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in [new.role.as_str(), &new.role_no.to_string(), &new.title, &new.message, &new.url] {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    digest.chain_update([u8::from(new.urgent)]).finalize().into()
}

/// How long whoever has asked for so many codes must wait for another: a minute, and after some of them a day.
pub(in crate::store) fn code_wait(sent: i64, since: i64, last_expires: i64, now: Timestamp) -> Option<u64> {
    let last = last_expires - CODE_LASTS_MS;
    let day = (sent >= CODES_A_DAY).then_some(since + DAY_MS);
    let minute = (sent > 0).then_some(last + 60_000);
    let until = day.max(minute)?;
    u64::try_from(until - now.millis()).ok().filter(|wait| *wait > 0)
}
