//! What is to be sent outside, as both stores read and write it. The reading statements are the same text for both.

use bedside_protocol::wire::Channel;
use bedside_protocol::{RoomId, Timestamp};
use uuid::Uuid;

use crate::store::{Dispatch, Ended};

macro_rules! lines {
    ($which:literal) => {
        concat!(
            "SELECT d.id, a.username, d.channel, d.urgent, d.state, d.tries, d.problem, d.gateway_id,
               d.created_at, d.finished_at
             FROM dispatches d JOIN accounts a ON a.id = d.account_id
             WHERE ",
            $which,
            " ORDER BY d.id DESC LIMIT $1"
        )
    };
}

/// All that a worker needs of a dispatch, and whether it is still wanted. `$1` its row.
pub(in crate::store) const DETAILS: &str =
    "SELECT d.key, d.channel, d.urgent, d.room_id, d.tries, d.created_at, a.language,
       a.disabled_at IS NOT NULL, c.address, c.stopped_at IS NOT NULL, c.stop_token,
       coalesce((SELECT k.up_to >= d.up_to FROM read_marks k
                 WHERE k.room_id = d.room_id AND k.account_id = d.account_id),
                (SELECT n.read_at IS NOT NULL FROM notifications n WHERE n.id = d.notification_id), FALSE)
     FROM dispatches d
     JOIN accounts a ON a.id = d.account_id
     LEFT JOIN contacts c ON c.account_id = d.account_id AND c.channel = d.channel
     WHERE d.id = $1";

/// The administrator's log, newest first. `$1` how many lines.
pub(in crate::store) const LINES: &str = lines!("d.id > 0");
/// The same of those that were given up.
pub(in crate::store) const FAILED_LINES: &str = lines!("d.state = 'failed' AND d.id > 0");

/// Has one that was given up tried again. `$1` which, `$2` now.
pub(in crate::store) const RETRY_ONE: &str =
    "UPDATE dispatches SET state = 'waiting', due_at = $2, created_at = $2, tries = 0, finished_at = NULL
     WHERE state = 'failed' AND id = $1";
/// The same of all after one. `$1` which, `$2` now.
pub(in crate::store) const RETRY_ALL: &str =
    "UPDATE dispatches SET state = 'waiting', due_at = $2, created_at = $2, tries = 0, finished_at = NULL
     WHERE state = 'failed' AND id > $1";

/// How much waits. `$1` how far it is counted.
pub(in crate::store) const GAUGES: &str = "SELECT
       (SELECT count(*) FROM (SELECT 1 FROM outreach_checks WHERE account_id > 0 LIMIT $1) c),
       (SELECT count(*) FROM (SELECT 1 FROM dispatches WHERE state = 'waiting' AND channel > '' LIMIT $1) w),
       (SELECT count(*) FROM (SELECT 1 FROM dispatches WHERE state = 'failed' AND id > 0 LIMIT $1) f)";

/// A row of [`DETAILS`].
pub(in crate::store) struct Seen {
    pub(in crate::store) key: Uuid,
    pub(in crate::store) channel: Channel,
    pub(in crate::store) urgent: bool,
    pub(in crate::store) room: i64,
    pub(in crate::store) tries: i64,
    pub(in crate::store) since: i64,
    pub(in crate::store) language: Option<String>,
    pub(in crate::store) disabled: bool,
    pub(in crate::store) address: Option<String>,
    pub(in crate::store) stopped: bool,
    pub(in crate::store) stop_token: Option<String>,
    pub(in crate::store) read: bool,
}

/// Why something is not sent after all.
pub(in crate::store) fn withdraws(seen: &Seen) -> Option<&'static str> {
    match seen {
        Seen { read: true, .. } => Some("read"),
        Seen { disabled: true, .. } => Some("disabled"),
        Seen { address: None, .. } => Some("no_address"),
        Seen { stopped: true, .. } => Some("stopped"),
        _ => None,
    }
}

impl Seen {
    pub(in crate::store) fn into_dispatch(self, id: i64) -> Option<Dispatch> {
        Some(Dispatch {
            id,
            key: self.key,
            channel: self.channel,
            address: self.address?,
            language: self.language,
            stop_token: self.stop_token?,
            urgent: self.urgent,
            room: (self.room != 0).then_some(RoomId(self.room)),
            tries: u32::try_from(self.tries).unwrap_or(u32::MAX).saturating_add(1),
            since: Timestamp(self.since),
        })
    }
}

/// The columns that an end changes.
pub(in crate::store) struct EndRow<'e> {
    pub(in crate::store) state: &'static str,
    pub(in crate::store) problem: Option<&'e str>,
    pub(in crate::store) gateway_id: Option<&'e str>,
    pub(in crate::store) finished_at: Option<i64>,
    pub(in crate::store) due_at: Option<i64>,
}

impl Ended {
    pub(in crate::store) fn row(&self, now: Timestamp) -> EndRow<'_> {
        let now = Some(now.millis());
        match self {
            Self::Sent { gateway_id } => EndRow {
                state: "sent",
                problem: None,
                gateway_id: gateway_id.as_deref(),
                finished_at: now,
                due_at: None,
            },
            Self::Again { at, problem } => EndRow {
                state: "waiting",
                problem: Some(problem),
                gateway_id: None,
                finished_at: None,
                due_at: Some(at.millis()),
            },
            Self::Failed { problem, .. } => EndRow {
                state: "failed",
                problem: Some(problem),
                gateway_id: None,
                finished_at: now,
                due_at: None,
            },
        }
    }
}
