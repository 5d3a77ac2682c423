//! When a session's row must change: its expiry slides, but is not written with every request.

use bedside_protocol::Timestamp;

use crate::store::Session;

/// The sliding expiry is written no more often than this.
const TOUCH_EVERY_MS: i64 = 60_000;

/// What a reader finds for a token.
pub(in crate::store) enum Found {
    None,
    Live(Session),
    /// Its row must change: the expiry slides, or it has run out.
    Due,
}

/// A session that has not been ended; it may have run out.
pub(in crate::store) struct SessionRow {
    pub(in crate::store) session: Session,
    pub(in crate::store) used_at: i64,
    pub(in crate::store) lifetime_ms: i64,
}

impl Found {
    /// Of what a token's row says now.
    pub(in crate::store) fn by(row: Option<SessionRow>, now: Timestamp) -> Self {
        match row {
            None => Found::None,
            Some(row) if row.is_due(now) => Found::Due,
            Some(row) => Found::Live(row.session),
        }
    }
}

impl SessionRow {
    fn is_due(&self, now: Timestamp) -> bool {
        self.session.expires_at <= now || now.millis() - self.used_at >= TOUCH_EVERY_MS
    }

    /// The session, unless it has run out.
    pub(in crate::store) fn live(self, now: Timestamp) -> Option<Session> {
        Some(self.session).filter(|session| session.expires_at > now)
    }
}
