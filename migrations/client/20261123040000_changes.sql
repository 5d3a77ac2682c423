-- Changes of messages on their way to the server: edits, retractions, reactions.
CREATE TABLE changes (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id BLOB NOT NULL UNIQUE CHECK (length(client_id) = 16),
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    message_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'retract', 'react')),
    content TEXT NOT NULL,
    set_on INTEGER NOT NULL CHECK (set_on IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('queued', 'acked', 'refused')),
    offered INTEGER NOT NULL CHECK (offered IN (0, 1)),
    code TEXT,
    acked_at INTEGER,
    made_at INTEGER NOT NULL,
    CHECK ((state = 'refused') = (code IS NOT NULL)),
    CHECK (state <> 'acked' OR acked_at IS NOT NULL)
) STRICT;
CREATE INDEX changes_pending ON changes (room_id, position) WHERE state <> 'acked';
