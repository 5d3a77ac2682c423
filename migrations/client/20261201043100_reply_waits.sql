-- Conversations of which the person wants to be told if no reply comes by a moment. after_id: a reply is theirs and newer.
CREATE TABLE reply_waits (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    due_at INTEGER NOT NULL,
    after_id INTEGER NOT NULL,
    told INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT;
