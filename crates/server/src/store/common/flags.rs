//! How somebody sets a room up for themselves: what a wish makes of what is there.

use bedside_protocol::wire::{Archive, Mute, RoomFlags, SetFlags};
use bedside_protocol::{Rev, RoomSeq};

/// What is to be stored, or `None` if it is so already. Nothing is put away beyond what its owner may see: the next
/// message would stay hidden.
pub(in crate::store) fn wished(before: RoomFlags, set: &SetFlags, last: RoomSeq) -> Option<RoomFlags> {
    let after = before.with(set);
    let after = RoomFlags { archived: within(after.archived, last), ..after };
    (after != before).then(|| RoomFlags { rev: Rev(before.rev.get() + 1), ..after })
}

/// The same, without "marked unread".
pub(in crate::store) fn read_on(before: RoomFlags) -> Option<RoomFlags> {
    let set = SetFlags { marked_unread: Some(false), ..SetFlags::default() };
    wished(before, &set, RoomSeq(i64::MAX))
}

fn within(archived: Archive, last: RoomSeq) -> Archive {
    match archived {
        Archive::Off => Archive::Off,
        Archive::UpTo(seq) => Archive::UpTo(seq.clamp(RoomSeq(0), last.max(RoomSeq(0)))),
    }
}

/// The flags of a row: pinned, muted, archived, marked unread, revision.
pub(in crate::store) fn of_columns(
    (pinned, muted, archived): (bool, i64, i64),
    (marked_unread, rev): (bool, i64),
) -> RoomFlags {
    let (muted, archived) = (Mute::of_millis(muted), Archive::of_place(archived));
    RoomFlags { pinned, muted, archived, marked_unread, rev: Rev(rev) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: RoomFlags = RoomFlags {
        pinned: true,
        muted: Mute::Off,
        archived: Archive::Off,
        marked_unread: false,
        rev: Rev(7),
    };

    #[test]
    fn what_is_so_already_changes_nothing_and_what_is_not_counts_on() {
        let pin = SetFlags { pinned: Some(true), ..SetFlags::default() };
        assert_eq!(wished(BEFORE, &pin, RoomSeq(3)), None);
        let mute = SetFlags { muted: Some(Mute::Forever), ..SetFlags::default() };
        let after = RoomFlags { muted: Mute::Forever, rev: Rev(8), ..BEFORE };
        assert_eq!(wished(BEFORE, &mute, RoomSeq(3)), Some(after));
    }

    #[test]
    fn nothing_is_archived_beyond_what_is_there() {
        let archive =
            |place| SetFlags { archived: Some(Archive::UpTo(RoomSeq(place))), ..SetFlags::default() };
        let kept = |place| wished(BEFORE, &archive(place), RoomSeq(3)).map(|after| after.archived.place());
        assert_eq!((kept(2), kept(i64::MAX), kept(-9)), (Some(2), Some(3), Some(0)));
    }
}
