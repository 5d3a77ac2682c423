-- How rooms are set up: pinned, muted, archived, marked unread, by a revision of their own; and what is wished for and not
-- with the server.
ALTER TABLE rooms RENAME COLUMN my_mark_rev TO flags_rev;
UPDATE rooms SET flags_rev = 0, marked_unread = 0;
ALTER TABLE rooms ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
ALTER TABLE rooms ADD COLUMN muted_until_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN archived_up_to INTEGER NOT NULL DEFAULT -1;

CREATE TABLE flag_wishes (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    pinned INTEGER CHECK (pinned IN (0, 1)),
    muted_until_at INTEGER,
    archived_up_to INTEGER,
    marked_unread INTEGER CHECK (marked_unread IN (0, 1))
) STRICT;
