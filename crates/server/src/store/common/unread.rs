//! How many messages are unread, counted alike by both databases: from one row, however long the history.

/// How many of the first messages of room `r` are not by its member `me`, up to a place. A room has two people: of
/// n messages, those by the other are n less one's own.
macro_rules! theirs_up_to {
    ($place:literal) => {
        concat!(
            "coalesce((SELECT CASE u.sender_id WHEN me.account_id THEN u.room_seq - u.sender_no ELSE u.sender_no END
              FROM messages u WHERE u.room_id = r.id AND u.room_seq = ", $place, "), 0)"
        )
    };
}

/// Unread messages of the member `me` in room `r`: theirs after one's own mark, as far as one may see.
macro_rules! unread_count {
    () => {
        concat!(
            "(",
            $crate::store::common::unread::theirs_up_to!("coalesce(me.until_seq, r.last_seq)"),
            " - ",
            $crate::store::common::unread::theirs_up_to!("mine.up_to"),
            ")"
        )
    };
}

pub(in crate::store) use {theirs_up_to, unread_count};
