-- Messages stand in the file as they arrive: what a conversation missed is fetched together and stands together. By id
-- it would be scattered over the whole table, a page for every few of them.
CREATE TABLE messages_by_arrival (
    arrival INTEGER NOT NULL PRIMARY KEY,
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    room_seq INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    sender_account INTEGER NOT NULL,
    content TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    composed_at INTEGER,
    edited_at INTEGER,
    retracted_at INTEGER,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    reactions TEXT,
    client_id BLOB,
    UNIQUE (room_id, room_seq)
) STRICT;
INSERT INTO messages_by_arrival
    (room_id, room_seq, message_id, rev, sender_account, content, stored_at, composed_at, edited_at, retracted_at,
     urgent, reactions, client_id)
    SELECT room_id, room_seq, message_id, rev, sender_account, content, stored_at, composed_at, edited_at,
           retracted_at, urgent, reactions, client_id
    FROM messages ORDER BY message_id;
-- Where an acknowledged row's message stands.
ALTER TABLE outbox ADD COLUMN room_seq INTEGER;
UPDATE outbox SET room_seq = (SELECT room_seq FROM messages WHERE messages.message_id = outbox.message_id)
    WHERE message_id IS NOT NULL;
DROP TABLE messages;
ALTER TABLE messages_by_arrival RENAME TO messages;
