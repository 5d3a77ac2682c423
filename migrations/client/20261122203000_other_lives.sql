-- What an upgrade asks for, the clinic's limit, and what a restored server no longer has.
ALTER TABLE profile ADD COLUMN kinds INTEGER NOT NULL DEFAULT 1;
ALTER TABLE profile ADD COLUMN resync INTEGER NOT NULL DEFAULT 0 CHECK (resync IN (0, 1));
ALTER TABLE profile ADD COLUMN stale_after_ms INTEGER;

CREATE TABLE set_aside (
    message_id INTEGER NOT NULL PRIMARY KEY,
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    room_seq INTEGER NOT NULL,
    sender_account INTEGER NOT NULL,
    content TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    composed_at INTEGER,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    set_aside_at INTEGER NOT NULL
) STRICT;
