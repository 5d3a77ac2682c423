-- Drafts shared with the person's other devices: what the server last had of each, and what another device had meanwhile.
CREATE TABLE draft_registers (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    version INTEGER NOT NULL,
    base_content TEXT NOT NULL,
    base_reply_to INTEGER,
    base_other TEXT NOT NULL,
    base_other_reply_to INTEGER,
    other_content TEXT NOT NULL,
    other_reply_to INTEGER,
    other_life INTEGER NOT NULL CHECK (other_life IN (0, 1)),
    arrived INTEGER NOT NULL
) STRICT;

ALTER TABLE profile ADD COLUMN draft_sharing TEXT NOT NULL DEFAULT 'off'
    CHECK (draft_sharing IN ('off', 'on', 'leaving'));
