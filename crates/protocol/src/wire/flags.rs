//! How somebody has set a conversation up in their own list: pinned, muted, archived, marked unread. Nobody else sees it.

use serde::{Deserialize, Serialize};

use crate::ids::{Rev, RoomSeq, WishNumber};
use crate::time::Timestamp;

/// Whether a conversation's news are told quietly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mute {
    /// They are not.
    #[default]
    Off,
    /// Until this moment.
    Until(Timestamp),
    /// Until somebody turns it off.
    Forever,
}

impl Mute {
    /// Whether it holds at a moment.
    #[must_use]
    pub fn holds(self, now: Timestamp) -> bool {
        match self {
            Self::Off => false,
            Self::Until(end) => now < end,
            Self::Forever => true,
        }
    }

    /// As one number, for stores: 0, the last moment of all, or the moment.
    #[must_use]
    pub fn millis(self) -> i64 {
        match self {
            Self::Off => 0,
            Self::Until(end) => end.millis().clamp(1, i64::MAX - 1),
            Self::Forever => i64::MAX,
        }
    }

    /// What such a number means.
    #[must_use]
    pub const fn of_millis(millis: i64) -> Self {
        match millis {
            i64::MIN..=0 => Self::Off,
            i64::MAX => Self::Forever,
            end => Self::Until(Timestamp(end)),
        }
    }
}

/// Whether a conversation is out of the way. It comes back by itself with the next message: what is kept is the last
/// place that was there when it was put away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Archive {
    /// It is not.
    #[default]
    Off,
    /// While nothing is beyond this place.
    UpTo(RoomSeq),
}

impl Archive {
    /// Whether it holds in a room whose last place is this.
    #[must_use]
    pub fn holds(self, last_seq: RoomSeq) -> bool {
        matches!(self, Self::UpTo(seq) if last_seq <= seq)
    }

    /// As one number, for stores: -1, or the place.
    #[must_use]
    pub fn place(self) -> i64 {
        match self {
            Self::Off => -1,
            Self::UpTo(seq) => seq.get().max(0),
        }
    }

    /// What such a number means.
    #[must_use]
    pub const fn of_place(place: i64) -> Self {
        if place < 0 { Self::Off } else { Self::UpTo(RoomSeq(place)) }
    }
}

/// How an account has set a room up; only the account itself sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomFlags {
    /// Stands on top of the list.
    #[serde(default)]
    pub pinned: bool,
    /// Whether its news are told quietly; urgent messages are told all the same.
    #[serde(default)]
    pub muted: Mute,
    /// Whether it is out of the way.
    #[serde(default)]
    pub archived: Archive,
    /// Marked unread by hand, whatever has been read; reading on takes it away.
    #[serde(default)]
    pub marked_unread: bool,
    /// Counts the changes of these, by itself; a replica applies only what is as new.
    pub rev: Rev,
}

impl RoomFlags {
    /// Whether nothing has ever been set.
    #[must_use]
    pub fn are_untouched(&self) -> bool {
        *self == Self::default()
    }

    /// The same with what is wished for; the revision stays.
    #[must_use]
    pub fn with(self, wish: &SetFlags) -> Self {
        RoomFlags {
            pinned: wish.pinned.unwrap_or(self.pinned),
            muted: wish.muted.unwrap_or(self.muted),
            archived: wish.archived.unwrap_or(self.archived),
            marked_unread: wish.marked_unread.unwrap_or(self.marked_unread),
            rev: self.rev,
        }
    }
}

/// `POST /chat/room/<room_id>/flags/`: what is to be otherwise, and when it was wished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlagsWish {
    /// What is to be otherwise.
    #[serde(flatten)]
    pub set: SetFlags,
    /// Which of the device's wishes for the room it is. One that comes after a later one, or again, changes nothing and is
    /// answered with what holds. Without a number it is set whenever it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<WishNumber>,
}

impl From<SetFlags> for FlagsWish {
    /// Whenever it comes.
    fn from(set: SetFlags) -> Self {
        FlagsWish { set, number: None }
    }
}

/// Sets what is named, for the account itself; the rest stays. Idempotent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetFlags {
    /// Whether it stands on top of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// Whether its news are told quietly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted: Option<Mute>,
    /// Whether it is out of the way; a place beyond the end counts as the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<Archive>,
    /// Whether it is marked unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked_unread: Option<bool>,
}

impl SetFlags {
    /// Whether it sets nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Both, the later one where they differ.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        SetFlags {
            pinned: later.pinned.or(self.pinned),
            muted: later.muted.or(self.muted),
            archived: later.archived.or(self.archived),
            marked_unread: later.marked_unread.or(self.marked_unread),
        }
    }

    /// What of it holds.
    #[must_use]
    pub fn that_holds(self, flags: &RoomFlags) -> Self {
        SetFlags {
            pinned: self.pinned.filter(|pinned| *pinned == flags.pinned),
            muted: self.muted.filter(|muted| *muted == flags.muted),
            archived: self.archived.filter(|archived| *archived == flags.archived),
            marked_unread: self.marked_unread.filter(|marked| *marked == flags.marked_unread),
        }
    }

    /// What is left of it when another one is done: what has been wished otherwise since.
    #[must_use]
    pub fn without(self, done: &Self) -> Self {
        SetFlags {
            pinned: self.pinned.filter(|_| self.pinned != done.pinned),
            muted: self.muted.filter(|_| self.muted != done.muted),
            archived: self.archived.filter(|_| self.archived != done.archived),
            marked_unread: self.marked_unread.filter(|_| self.marked_unread != done.marked_unread),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIN: SetFlags = SetFlags { pinned: Some(true), muted: None, archived: None, marked_unread: None };

    #[test]
    fn a_mute_ends_at_its_moment_and_one_without_end_does_not() {
        let until = Mute::Until(Timestamp(1_000));
        assert!(until.holds(Timestamp(999)) && !until.holds(Timestamp(1_000)));
        assert!(Mute::Forever.holds(Timestamp(i64::MAX)) && !Mute::Off.holds(Timestamp(0)));
        for mute in [Mute::Off, until, Mute::Forever] {
            assert_eq!(Mute::of_millis(mute.millis()), mute);
        }
    }

    #[test]
    fn an_archived_room_is_back_with_the_next_message() {
        let archived = Archive::UpTo(RoomSeq(4));
        assert!(archived.holds(RoomSeq(4)) && !archived.holds(RoomSeq(5)));
        assert!(Archive::UpTo(RoomSeq(0)).holds(RoomSeq(0)) && !Archive::Off.holds(RoomSeq(0)));
        for archive in [Archive::Off, Archive::UpTo(RoomSeq(0)), archived] {
            assert_eq!(Archive::of_place(archive.place()), archive);
        }
    }

    #[test]
    fn what_was_wished_otherwise_meanwhile_is_left_when_a_wish_is_done() {
        let mute = SetFlags { muted: Some(Mute::Forever), ..SetFlags::default() };
        let both = PIN.then(mute);
        assert_eq!(both.without(&PIN), mute);
        let unpin = SetFlags { pinned: Some(false), ..SetFlags::default() };
        assert_eq!(both.then(unpin).without(&both), unpin);
        assert!(both.without(&both).is_empty());
    }

    #[test]
    fn what_another_device_has_changed_does_not_hold() {
        let wished = SetFlags { muted: Some(Mute::Forever), ..PIN };
        let flags = RoomFlags { pinned: false, muted: Mute::Forever, ..RoomFlags::default() };
        assert_eq!(wished.that_holds(&flags), SetFlags { pinned: None, ..wished });
    }

    #[test]
    fn a_wish_changes_only_what_it_names() {
        let held = RoomFlags { muted: Mute::Forever, rev: Rev(3), ..RoomFlags::default() };
        assert_eq!(held.with(&PIN), RoomFlags { pinned: true, ..held });
    }
}
