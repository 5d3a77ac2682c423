-- How far each side's devices have a room's messages, as the server last said; when one's own messages were delivered and
-- read, as far as it was asked; how far was read on another device; what is
-- being made of a message that is edited; and which changes wait for a message that a restored server has lost.
ALTER TABLE rooms ADD COLUMN my_delivered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN other_delivered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN read_elsewhere INTEGER NOT NULL DEFAULT 0;
UPDATE rooms SET my_delivered = my_read_confirmed, other_delivered = other_read;
ALTER TABLE changes ADD COLUMN behind BLOB;
CREATE TABLE receipts (
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    message_id INTEGER NOT NULL,
    delivered_at INTEGER,
    read_at INTEGER,
    PRIMARY KEY (room_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE edit_drafts (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    message_id INTEGER NOT NULL,
    content TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
