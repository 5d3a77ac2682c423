//! How long things are kept that nothing can ask for any more, and in what portions they go.

/// Rows looked at or removed in one transaction: a few milliseconds in which no message is stored.
pub(in crate::store) const AT_ONCE: i64 = 500;
/// How long a session that is over is kept, for whoever looks into what happened.
pub(in crate::store) const SESSION_KEPT_MS: i64 = 90 * 24 * 60 * 60 * 1_000;

/// How long alerts are kept, and the log of what was sent outside.
pub(in crate::store) const ALERT_KEPT_MS: i64 = 180 * 24 * 60 * 60 * 1_000;

/// Alerts too old to be of use; a higher number is younger. `$1` how many at once, `$2` made before that; `$among` and `$end`
/// are how the database says "is one of".
macro_rules! old_alerts {
    ($among:literal, $end:literal) => {
        concat!(
            "DELETE FROM notifications WHERE id ",
            $among,
            "SELECT id FROM notifications WHERE id > 0 ORDER BY id LIMIT $1",
            $end,
            " AND created_at < $2"
        )
    };
}

/// The same of what was sent outside, or given up.
macro_rules! old_dispatches {
    ($among:literal, $end:literal) => {
        concat!(
            "DELETE FROM dispatches WHERE id ",
            $among,
            "SELECT id FROM dispatches WHERE id > 0 ORDER BY id LIMIT $1",
            $end,
            " AND created_at < $2 AND state <> 'waiting'"
        )
    };
}

pub(in crate::store) use {old_alerts, old_dispatches};

/// How far the pruning has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Place {
    /// Feeds of accounts from this one on.
    Feeds(i64),
    /// Sessions after this one.
    Sessions(i64),
    /// Drafts that nobody has put again for long: their words go, the row stays.
    Drafts,
    /// The oldest alerts.
    Alerts,
    /// The oldest of what was sent outside.
    Dispatches,
}

impl Default for Place {
    fn default() -> Self {
        Self::Feeds(0)
    }
}

/// What one transaction removed, and where to go on.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Step {
    pub(in crate::store) removed: u64,
    pub(in crate::store) next: Option<Place>,
}
