//! When a session's row must change: its expiry slides, but is not written with every request.

use bedside_protocol::Timestamp;

use crate::store::Session;

/// The sliding expiry is written no more often than this.
const TOUCH_EVERY_MS: i64 = 60_000;

/// What a reader finds for a token.
pub(in crate::store) enum Found {
    None,
    Live(Session),
    /// With its expiry moved, which is to be written.
    Due(Session),
    /// It has run out, which is to be written.
    Over,
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
            Some(row) if row.session.expires_at <= now => Found::Over,
            Some(row) if now.millis() - row.used_at >= TOUCH_EVERY_MS => Found::Due(row.used(now)),
            Some(row) => Found::Live(row.session),
        }
    }
}

impl SessionRow {
    /// The session once it is used now. Nothing moves its end back.
    pub(in crate::store) fn used(self, now: Timestamp) -> Session {
        let end = Timestamp(now.millis().saturating_add(self.lifetime_ms));
        Session { expires_at: end.max(self.session.expires_at), ..self.session }
    }

    /// The session, unless it has run out.
    pub(in crate::store) fn live(self, now: Timestamp) -> Option<Session> {
        Some(self.session).filter(|session| session.expires_at > now)
    }
}
