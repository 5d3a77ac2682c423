//! How a mark moves: forward only, never beyond what its owner may see. Whatever was read has been delivered.

use bedside_protocol::wire::{ReadMark, Receipt};
use bedside_protocol::{RoomSeq, Timestamp};

/// Which of the two places of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Mark {
    /// Highest place read.
    Read,
    /// Highest place that a device has stored.
    Delivered,
}

impl Mark {
    pub(in crate::store) const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Delivered => "delivered",
        }
    }
}

/// The mark after somebody has said that it is here. Whoever reads on takes the "unread" flag away, and whoever says what
/// is known (another device, late) does not.
pub(in crate::store) fn advanced(before: &ReadMark, mark: Mark, up_to: RoomSeq, last: RoomSeq) -> ReadMark {
    let up_to = up_to.min(last).max(RoomSeq(0));
    let delivered_to = before.delivered().max(up_to);
    match mark {
        Mark::Read => {
            let marked_unread = before.marked_unread && up_to <= before.up_to;
            ReadMark { up_to: before.up_to.max(up_to), delivered_to, marked_unread, ..before.clone() }
        }
        Mark::Delivered => ReadMark { delivered_to, ..before.clone() },
    }
}

/// What is to be remembered of a move: which place moved, from where, and where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Moved {
    pub(in crate::store) mark: Mark,
    pub(in crate::store) from: RoomSeq,
    pub(in crate::store) to: RoomSeq,
}

/// It is to be remembered only if somebody else has written there: of one's own messages nobody asks when one read them.
pub(in crate::store) fn moved(before: &ReadMark, after: &ReadMark) -> Option<Moved> {
    if after.up_to > before.up_to {
        Some(Moved { mark: Mark::Read, from: before.up_to, to: after.up_to })
    } else if after.delivered() > before.delivered() {
        Some(Moved { mark: Mark::Delivered, from: before.delivered(), to: after.delivered() })
    } else {
        None
    }
}

/// What an author is told of a message at a place, with the moments each place of the mark first covered it.
pub(in crate::store) fn receipt(
    mark: &ReadMark,
    seq: RoomSeq,
    delivered_at: Option<Timestamp>,
    read_at: Option<Timestamp>,
) -> Receipt {
    let (delivered, read) = (mark.delivered() >= seq, mark.up_to >= seq);
    let first = delivered_at.into_iter().chain(read_at).min();
    Receipt {
        account_id: mark.account_id,
        delivered,
        delivered_at: first.filter(|_| delivered),
        read,
        read_at: read_at.filter(|_| read),
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::{AccountId, Rev, RoomId};

    use super::*;

    fn mark(up_to: i64, delivered_to: i64) -> ReadMark {
        ReadMark {
            room_id: RoomId(1),
            account_id: AccountId(1),
            up_to: RoomSeq(up_to),
            delivered_to: RoomSeq(delivered_to),
            marked_unread: true,
            rev: Rev(1),
        }
    }

    fn after(before: &ReadMark, which: Mark, up_to: i64) -> (i64, i64, bool, Option<Moved>) {
        let after = advanced(before, which, RoomSeq(up_to), RoomSeq(9));
        (after.up_to.0, after.delivered_to.0, after.marked_unread, moved(before, &after))
    }

    #[test]
    fn a_mark_moves_forward_only_and_reading_delivers() {
        use Mark::{Delivered, Read};
        let before = mark(3, 5);
        let moved = |mark, from, to| Some(Moved { mark, from: RoomSeq(from), to: RoomSeq(to) });
        assert_eq!(after(&before, Delivered, 7), (3, 7, true, moved(Delivered, 5, 7)));
        assert_eq!(after(&before, Delivered, 4), (3, 5, true, None));
        assert_eq!(after(&before, Read, 4), (4, 5, false, moved(Read, 3, 4)));
        assert_eq!(after(&before, Read, 8), (8, 8, false, moved(Read, 3, 8)));
        assert_eq!(after(&before, Read, 2), (3, 5, true, None));
        assert_eq!(after(&before, Delivered, 99), (3, 9, true, moved(Delivered, 5, 9)));
        assert_eq!(after(&before, Delivered, -1), (3, 5, true, None));
    }
}
