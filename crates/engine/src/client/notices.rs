//! What a person decides about being told: nothing for a while, or that they have read it.

use std::time::Duration;

use bedside_core::notify::pause_until;
use bedside_core::outreach::quiet_until;
use bedside_protocol::ipc::{
    ConnectionMode, Hop, HopTrouble, HopView, IpcError, PauseSpan, Place, Reply, Settings,
};
use bedside_protocol::{RoomId, RoomSeq, Timestamp};

use super::Client;
use crate::session::failure;
use crate::sync::Command;
use crate::transport::api::Api;

/// Nobody waits for a reply for longer than a year.
const LONGEST_WAIT_MS: i64 = 366 * 24 * 60 * 60 * 1_000;
/// How long the server is given to answer.
const PATIENCE: Duration = Duration::from_secs(10);

impl Client {
    pub(super) async fn pause(&self, span: PauseSpan) -> Result<(), IpcError> {
        let config = &self.inner.shared.config;
        let until = pause_until(span, &(config.time_zone)(), config.runtime.now());
        let cache = self.active()?.cache;
        let mut settings = cache.settings().await.map_err(failure::of_cache)?;
        settings.notices.paused_until = until;
        cache.save_settings(settings).await.map_err(failure::of_cache)
    }

    /// Up to the message; up to the last one held, if none is named.
    pub(super) async fn mark_read(&self, place: Place) -> Result<(), IpcError> {
        let active = self.active()?;
        let up_to: Option<RoomSeq> = active.cache.seq_of(place).await.map_err(failure::of_cache)?;
        let up_to = up_to.ok_or(IpcError::NotFound)?;
        let told = active.sync.ask(|answer| Command::ReadUpTo(place.room_id, up_to, answer)).await;
        told.ok_or(IpcError::NotSignedIn)
    }

    /// A moment that is over is none to wait for.
    pub(super) async fn await_reply(&self, room_id: RoomId, by: Option<Timestamp>) -> Result<(), IpcError> {
        let now = self.inner.shared.config.runtime.now();
        if by.is_some_and(|by| by <= now || by.millis() - now.millis() > LONGEST_WAIT_MS) {
            return Err(IpcError::Malformed);
        }
        self.active()?.cache.await_reply(room_id, by).await.map_err(failure::of_cache)
    }

    /// The hops that the engine knows; what the desktop does with them is the shell's to see.
    pub(super) async fn test_notices(&self) -> Result<Reply, IpcError> {
        let active = self.active()?;
        let config = &self.inner.shared.config;
        let settings = active.cache.settings().await.map_err(failure::of_cache)?;
        let answers = config.runtime.timeout(PATIENCE, answers(&active.api)).await.unwrap_or(false);
        let mode = self.inner.shared.connection.borrow().mode;
        let (now, time_zone) = (config.runtime.now(), (config.time_zone)());
        Ok(Reply::NoticeTest {
            hops: vec![server(answers), socket(mode), allowed(&settings, &time_zone, now)],
        })
    }
}

async fn answers(api: &Api) -> bool {
    api.health().await.is_ok()
}

fn server(answers: bool) -> HopView {
    if answers { HopView::passed(Hop::Server) } else { HopView::failed(Hop::Server, HopTrouble::Unreachable) }
}

fn socket(mode: ConnectionMode) -> HopView {
    match mode {
        ConnectionMode::Live => HopView::passed(Hop::Socket),
        ConnectionMode::Limited => HopView::but(Hop::Socket, HopTrouble::Limited),
        ConnectionMode::SignedOut => HopView::failed(Hop::Socket, HopTrouble::SignedOut),
        _ => HopView::failed(Hop::Socket, HopTrouble::NotConnected),
    }
}

fn allowed(settings: &Settings, time_zone: &str, now: Timestamp) -> HopView {
    let notices = &settings.notices;
    let quiet = notices.quiet.and_then(|hours| quiet_until(hours, time_zone, now)).is_some();
    if !settings.notifications {
        HopView::failed(Hop::Settings, HopTrouble::TurnedOff)
    } else if notices.paused_until.is_some_and(|until| until > now) {
        HopView::but(Hop::Settings, HopTrouble::Paused)
    } else if quiet {
        HopView::but(Hop::Settings, HopTrouble::QuietHours)
    } else {
        HopView::passed(Hop::Settings)
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::ipc::NoticeSettings;
    use bedside_protocol::wire::QuietHours;

    use super::*;

    #[test]
    fn settings_say_why_nothing_would_be_told_of() {
        let now = Timestamp(1_795_363_200_000);
        let told = |settings: &Settings| allowed(settings, "UTC", now);
        let with = |notices| Settings { notices, ..Settings::default() };
        assert_eq!(told(&Settings::default()), HopView::passed(Hop::Settings));
        let off = Settings { notifications: false, ..Settings::default() };
        assert_eq!(told(&off), HopView::failed(Hop::Settings, HopTrouble::TurnedOff));
        let paused_until = Some(Timestamp(now.0 + 1));
        let paused = with(NoticeSettings { paused_until, ..NoticeSettings::default() });
        assert_eq!(told(&paused), HopView::but(Hop::Settings, HopTrouble::Paused));
        let quiet = Some(QuietHours { from: 0, to: 1_439 });
        let quiet = with(NoticeSettings { quiet, ..NoticeSettings::default() });
        assert_eq!(told(&quiet), HopView::but(Hop::Settings, HopTrouble::QuietHours));
    }
}
