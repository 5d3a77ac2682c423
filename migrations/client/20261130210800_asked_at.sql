-- Since when the other member of a room waits for a word: the first of their messages after one's own last.
ALTER TABLE rooms ADD COLUMN asked_at INTEGER;
UPDATE rooms SET asked_at = (
    SELECT stored_at FROM messages
    WHERE messages.room_id = rooms.room_id AND room_seq > max(
        coalesce((
            SELECT room_seq FROM messages AS own
            WHERE own.room_id = rooms.room_id
              AND own.sender_account = (SELECT account_id FROM profile WHERE only_row = 1)
            ORDER BY room_seq DESC LIMIT 1
        ), 0),
        coalesce((SELECT max(to_seq) FROM gaps WHERE gaps.room_id = rooms.room_id), 0)
    )
    ORDER BY room_seq LIMIT 1
);
