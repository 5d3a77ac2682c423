//! What is told of a new message, as the settings and the clinic have it at this moment.

use std::sync::Arc;

use bedside_core::notify::{Manner, Present, Urgency, manner};
use bedside_protocol::RoomId;
use bedside_protocol::ipc::Place;
use bedside_protocol::wire::NoticeContent;
use bedside_runtime::Runtime;
use tokio::sync::{broadcast, watch};

use super::published::{NotificationWish, Says, Told, Tone};
use crate::cache::{Cache, CacheError};

/// Tells the shell what to show.
pub(crate) struct Telling {
    pub(crate) runtime: Runtime,
    pub(crate) cache: Cache,
    pub(crate) wishes: broadcast::Sender<NotificationWish>,
    /// Names the device's time zone, which may change while it travels.
    pub(crate) time_zone: Arc<dyn Fn() -> String + Send + Sync>,
    /// Whether the app is locked.
    pub(crate) locked: watch::Receiver<bool>,
}

impl Telling {
    /// Of a new message.
    pub(super) async fn message(&self, place: Place, urgency: Urgency) {
        let Some(manner) = self.manner(Some(place.room_id), urgency).await else { return };
        let says = self.says(place, manner.content).await.unwrap_or_default();
        self.wish(NotificationWish::Show(Box::new(Told { place, urgency, says, tone: tone(manner) })));
    }

    /// Of new messages in so many conversations.
    pub(super) async fn sum(&self, conversations: usize, urgency: Urgency) {
        if let Some(manner) = self.manner(None, urgency).await {
            self.wish(NotificationWish::Sum(conversations, urgency, tone(manner)));
        }
    }

    /// Of a reply that has not come; whether it was told.
    pub(super) async fn no_reply(&self, place: Place) -> bool {
        let Some(manner) = self.manner(Some(place.room_id), Urgency::Everyday).await else { return false };
        let content = manner.content.min(NoticeContent::Name);
        let says = self.says(place, content).await.unwrap_or_default();
        let told = Told { place, urgency: Urgency::Everyday, says, tone: tone(manner) };
        self.wish(NotificationWish::NoReply(Box::new(told)));
        true
    }

    /// Without looking at any setting: what is taken back is always taken back.
    pub(super) fn wish(&self, wish: NotificationWish) {
        let _nobody_shows_them = self.wishes.send(wish);
    }

    async fn manner(&self, room_id: Option<RoomId>, urgency: Urgency) -> Option<Manner> {
        let settings = self.cache.settings().await.ok()?;
        // A clinic that cannot be read may have forbidden everything.
        let most =
            self.cache.clinic().await.map_or(NoticeContent::Nothing, |clinic| clinic.notification_content);
        let time_zone = (self.time_zone)();
        let locked = *self.locked.borrow();
        let present = Present { now: self.runtime.now(), time_zone: &time_zone, most, locked };
        settings.notifications.then(|| manner(&settings.notices, room_id, urgency, present)).flatten()
    }

    async fn says(&self, place: Place, content: NoticeContent) -> Result<Says, CacheError> {
        if content == NoticeContent::Nothing {
            return Ok(Says::default());
        }
        let told = self.cache.told(place).await?;
        Ok(if content == NoticeContent::Name { Says { text: None, ..told } } else { told })
    }
}

fn tone(manner: Manner) -> Tone {
    Tone { sound: manner.sound, volume: manner.volume }
}
