//! How this device tells of new messages: the settings of native notifications.

use serde::{Deserialize, Serialize};

use crate::ids::{RoomId, as_string};
use crate::time::Timestamp;
use crate::wire::{NoticeContent, QuietHours};

/// Conversations that are set up in a way of their own, at most.
const ROOMS: usize = 2_000;
/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// How this device tells of new messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeSettings {
    /// What a notification says; the clinic may allow less.
    pub content: NoticeContent,
    /// What is heard.
    pub sound: NoticeSound,
    /// How loud, 0–100.
    pub volume: u8,
    /// Nothing is told of until then.
    pub paused_until: Option<Timestamp>,
    /// Nothing is told of in these hours, by this device's clock.
    pub quiet: Option<QuietHours>,
    /// What is urgent is told of all the same.
    pub urgent_passes: bool,
    /// Conversations that are told of in a way of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomNotices>,
}

/// How one conversation is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomNotices {
    /// Which.
    #[serde(with = "as_string")]
    pub room_id: RoomId,
    /// Never a name and never a text, wherever others may look.
    #[serde(default)]
    pub sensitive: bool,
    /// What is heard; nothing: what is heard of the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<NoticeSound>,
}

/// What is heard when a message comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeSound {
    /// Nothing.
    Off,
    /// Two notes, the second higher.
    #[default]
    Chime,
    /// One that falls.
    Drop,
    /// A small bell.
    Bell,
}

/// For how long nothing is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseSpan {
    /// An hour.
    Hour,
    /// Until the morning.
    Tomorrow,
    /// No longer.
    Off,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        NoticeSettings {
            content: NoticeContent::Nothing,
            sound: NoticeSound::Chime,
            volume: 70,
            paused_until: None,
            quiet: None,
            urgent_passes: true,
            rooms: Vec::new(),
        }
    }
}

impl NoticeSettings {
    /// Whether it is what one begins with.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// How a conversation is told of, apart from the others.
    #[must_use]
    pub fn of(&self, room_id: RoomId) -> RoomNotices {
        let own = self.rooms.iter().find(|room| room.room_id == room_id).copied();
        own.unwrap_or(RoomNotices { room_id, sensitive: false, sound: None })
    }

    /// Tells of a conversation in this way from now on.
    pub fn set(&mut self, room: RoomNotices) {
        self.rooms.retain(|other| other.room_id != room.room_id);
        if room.sensitive || room.sound.is_some() {
            self.rooms.push(room);
        }
    }

    /// The same within its limits, whatever was asked for.
    #[must_use]
    pub(super) fn within_limits(mut self) -> Self {
        self.volume = self.volume.min(100);
        self.quiet = self.quiet.filter(|hours| hours.from < DAY && hours.to < DAY && hours.from != hours.to);
        for room in std::mem::take(&mut self.rooms) {
            self.set(room);
        }
        self.rooms.truncate(ROOMS);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_like_the_others_is_not_kept() {
        let (room_id, mut held) = (RoomId(7), NoticeSettings::default());
        held.set(RoomNotices { room_id, sensitive: true, sound: None });
        held.set(RoomNotices { room_id, sensitive: true, sound: Some(NoticeSound::Off) });
        assert_eq!(held.rooms.len(), 1);
        assert!(held.of(room_id).sensitive && !held.of(RoomId(8)).sensitive);
        held.set(RoomNotices { room_id, sensitive: false, sound: None });
        assert!(held.is_usual());
    }

    #[test]
    fn what_cannot_be_is_not_kept() {
        let (room_id, quiet) = (RoomId(7), Some(QuietHours { from: 2_000, to: 1 }));
        let plain = RoomNotices { room_id, sensitive: false, sound: None };
        let asked = NoticeSettings { volume: 200, quiet, rooms: vec![plain], ..NoticeSettings::default() };
        let kept = asked.within_limits();
        assert_eq!((kept.volume, kept.quiet, kept.rooms), (100, None, vec![]));
    }
}
