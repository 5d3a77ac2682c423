-- Wishes of how a room is to be set up are numbered, and what the server has done of them is kept: one that is put back from
-- a backup may have lost it.
ALTER TABLE rooms ADD COLUMN flags_number INTEGER NOT NULL DEFAULT 0;

CREATE TABLE flags_done (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    pinned INTEGER CHECK (pinned IN (0, 1)),
    muted_until_at INTEGER,
    archived_up_to INTEGER,
    marked_unread INTEGER CHECK (marked_unread IN (0, 1))
) STRICT;
