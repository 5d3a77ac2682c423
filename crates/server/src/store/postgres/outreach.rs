//! Looking at what is due, and deciding whether somebody is reached outside the app.
//!
//! What is looked at is locked together with its room, and passed over if either is locked: no worker waits for another or
//! for somebody who sends, and nobody who sends waits for a row of the queue.

use bedside_protocol::AccountId;
use futures_util::future::{try_join, try_join_all, try_join3};
use tokio_postgres::Row;
use uuid::Uuid;

use super::tx::{Tx, at};
use crate::store::common::outreach::{
    Found, OF_NOTIFICATION, Settled, Subject, WAYS, WayRow, WishesRow, channel, of_room, sends, settle, today,
};
use crate::store::{DecideLimits, Decided, StoreError, There};

const OF_ROOM: &str = of_room!("x.urgent");
const DUE_ROOMS: &str = "SELECT c.account_id, c.room_id, c.notification_id
    FROM outreach_checks c JOIN rooms r ON r.id = c.room_id
    WHERE c.due_at <= $1 AND c.notification_id = 0 ORDER BY c.due_at LIMIT $2
    FOR NO KEY UPDATE OF c, r SKIP LOCKED";
const DUE_NOTIFICATIONS: &str = "SELECT account_id, room_id, notification_id FROM outreach_checks
    WHERE due_at <= $1 AND room_id = 0 ORDER BY due_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED";
const TAKE_AWAY: &str = "DELETE FROM outreach_checks c
    USING unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[]) AS done (account, room, notification)
    WHERE c.account_id = done.account AND c.room_id = done.room AND c.notification_id = done.notification";
const PUT_OFF: &str = "UPDATE outreach_checks c SET due_at = later.at
    FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[]) AS later (account, room, notification, at)
    WHERE c.account_id = later.account AND c.room_id = later.room AND c.notification_id = later.notification";
const DISPATCH: &str = "INSERT INTO dispatches
      (account_id, room_id, notification_id, up_to, channel, urgent, key, state, created_at, due_at, tries, lease)
    SELECT account, room, notification, up_to, channel, urgent, key, 'waiting', $8::BIGINT, $8::BIGINT, 0, 0
    FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::TEXT[], $6::BOOLEAN[], $7::UUID[])
      AS new (account, room, notification, up_to, channel, urgent, key)";

pub(super) async fn decide(tx: &Tx<'_>, limits: &DecideLimits, there: &There) -> Result<Decided, StoreError> {
    let due = due(tx, limits).await?;
    if due.is_empty() {
        return Ok(Decided::default());
    }
    let [of_room, of_notification, ways] = tx.prepared([OF_ROOM, OF_NOTIFICATION, WAYS]).await?;
    let since = today(limits.now);
    // All of them are sent before the first answer is awaited, and each sees what was committed before the locks were had.
    let facts = due.iter().map(|subject| {
        let statement = if subject.room == 0 { &of_notification } else { &of_room };
        let object = if subject.room == 0 { &subject.notification } else { &subject.room };
        let ways = &ways;
        let since = &since;
        async move {
            let about = [&subject.account as _, object as _];
            let ways_about =
                [&subject.account as _, &subject.room as _, &subject.notification as _, since as _];
            let answers = try_join(tx.ask(statement, &about), tx.ask(ways, &ways_about));
            answers.await
        }
    });
    let facts = try_join_all(facts).await?;
    let mut settled = Vec::with_capacity(due.len());
    for (subject, (found, ways)) in due.into_iter().zip(facts) {
        let found = found.first().map(found_at).transpose()?;
        let ways = ways.iter().map(way_at).collect::<Result<Vec<_>, _>>()?;
        let live = there.is(AccountId(subject.account));
        settled.push(settle(subject, found, &ways, live, limits)?);
    }
    write(tx, &settled, limits).await?;
    Ok(Decided {
        looked_at: u32::try_from(settled.len()).unwrap_or(u32::MAX),
        sends: sends(&settled, limits).map(|(_, _, send)| send).collect(),
    })
}

async fn due(tx: &Tx<'_>, limits: &DecideLimits) -> Result<Vec<Subject>, StoreError> {
    let (now, at_once) = (limits.now.millis(), i64::from(limits.at_once));
    let [rooms, notifications] = tx.prepared([DUE_ROOMS, DUE_NOTIFICATIONS]).await?;
    let (rooms, notifications) =
        try_join(tx.ask(&rooms, &[&now, &at_once]), tx.ask(&notifications, &[&now, &at_once])).await?;
    let all = rooms.iter().chain(&notifications);
    let all =
        all.map(|row| Ok(Subject { account: at(row, 0)?, room: at(row, 1)?, notification: at(row, 2)? }));
    all.take(limits.keys.len() / 2).collect()
}

async fn write(tx: &Tx<'_>, settled: &[Settled], limits: &DecideLimits) -> Result<(), StoreError> {
    let (mut done, mut later) = (Subjects::default(), (Subjects::default(), Vec::new()));
    for one in settled {
        match one.decision.again_at {
            None => done.add(one.subject),
            Some(again) => {
                later.0.add(one.subject);
                later.1.push(again.millis());
            }
        }
    }
    let mut new = Subjects::default();
    let (mut up_to, mut channels, mut urgent, mut keys) =
        (Vec::<i64>::new(), Vec::<&str>::new(), Vec::<bool>::new(), Vec::<Uuid>::new());
    for (key, one, send) in sends(settled, limits) {
        new.add(one.subject);
        up_to.push(one.up_to);
        channels.push(send.channel.as_str());
        urgent.push(send.urgent);
        keys.push(key);
    }
    let [take_away, put_off, dispatch] = tx.prepared([TAKE_AWAY, PUT_OFF, DISPATCH]).await?;
    let now = limits.now.millis();
    try_join3(
        tx.ask(&take_away, &[&done.accounts, &done.rooms, &done.notifications]),
        tx.ask(&put_off, &[&later.0.accounts, &later.0.rooms, &later.0.notifications, &later.1]),
        tx.ask(
            &dispatch,
            &[&new.accounts, &new.rooms, &new.notifications, &up_to, &channels, &urgent, &keys, &now],
        ),
    )
    .await?;
    Ok(())
}

/// What checks are about, a column each.
#[derive(Default)]
struct Subjects {
    accounts: Vec<i64>,
    rooms: Vec<i64>,
    notifications: Vec<i64>,
}

impl Subjects {
    fn add(&mut self, subject: Subject) {
        self.accounts.push(subject.account);
        self.rooms.push(subject.room);
        self.notifications.push(subject.notification);
    }
}

fn found_at(row: &Row) -> Result<Found, StoreError> {
    Ok(Found {
        concerned: at(row, 0)?,
        last_seq: at(row, 1)?,
        muted_until: at(row, 2)?,
        since: at(row, 3)?,
        urgent_since: at(row, 4)?,
        time_zone: at(row, 5)?,
        wishes: wishes_at(row, 6)?,
    })
}

/// The columns of `outreach_wishes` from one on; none without a row.
pub(super) fn wishes_at(row: &Row, first: usize) -> Result<Option<WishesRow>, StoreError> {
    let Some(email_after) = at(row, first)? else { return Ok(None) };
    Ok(Some(WishesRow {
        email_after,
        sms_after: at(row, first + 1)?,
        sms_for: at(row, first + 2)?,
        quiet_from: at(row, first + 3)?,
        quiet_to: at(row, first + 4)?,
        reminder: at(row, first + 5)?,
    }))
}

fn way_at(row: &Row) -> Result<WayRow, StoreError> {
    Ok(WayRow {
        channel: channel(at(row, 0)?)?,
        open: at(row, 1)?,
        told: at(row, 2)?,
        told_urgent: at(row, 3)?,
        today: at(row, 4)?,
        today_since: at(row, 5)?,
    })
}
