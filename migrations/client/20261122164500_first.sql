CREATE TABLE profile (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    server TEXT NOT NULL,
    username TEXT NOT NULL,
    account_id INTEGER,
    device_id INTEGER,
    epoch TEXT,
    feed_seq INTEGER
) STRICT;
INSERT INTO profile (only_row, server, username) VALUES (1, '', '');

CREATE TABLE secrets (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    body TEXT NOT NULL
) STRICT;

CREATE TABLE people (
    account_id INTEGER NOT NULL PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('patient', 'practitioner', 'admin')),
    role_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    profession TEXT,
    birth_date TEXT,
    since_at INTEGER NOT NULL,
    linked INTEGER NOT NULL CHECK (linked IN (0, 1)),
    linked_room_id INTEGER
) STRICT;

CREATE TABLE rooms (
    room_id INTEGER NOT NULL PRIMARY KEY,
    other_account INTEGER REFERENCES people (account_id) ON DELETE RESTRICT,
    room_rev INTEGER NOT NULL,
    synced_rev INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    my_read INTEGER NOT NULL,
    my_read_confirmed INTEGER NOT NULL,
    my_mark_rev INTEGER NOT NULL,
    marked_unread INTEGER NOT NULL CHECK (marked_unread IN (0, 1)),
    other_read INTEGER NOT NULL,
    writable INTEGER NOT NULL CHECK (writable IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    newest_seq INTEGER NOT NULL,
    newest_id INTEGER,
    newest_sender INTEGER,
    newest_text TEXT NOT NULL,
    newest_at INTEGER,
    newest_retracted INTEGER NOT NULL CHECK (newest_retracted IN (0, 1)),
    unread INTEGER NOT NULL,
    held_unread INTEGER NOT NULL,
    held_urgent INTEGER NOT NULL,
    told_unread INTEGER NOT NULL,
    told_up_to INTEGER NOT NULL,
    told_read INTEGER NOT NULL
) STRICT;

CREATE TABLE messages (
    message_id INTEGER NOT NULL PRIMARY KEY,
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    room_seq INTEGER NOT NULL,
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

CREATE TABLE gaps (
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL CHECK (to_seq >= from_seq),
    PRIMARY KEY (room_id, from_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id BLOB NOT NULL UNIQUE CHECK (length(client_id) = 16),
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    content TEXT NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    composed_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'acked', 'parked')),
    offered INTEGER NOT NULL CHECK (offered IN (0, 1)),
    park_reason TEXT CHECK (park_reason IN ('rejected', 'stale')),
    park_code TEXT,
    acked_at INTEGER,
    message_id INTEGER,
    CHECK ((state = 'parked') = (park_reason IS NOT NULL)),
    CHECK ((state = 'acked') = (acked_at IS NOT NULL))
) STRICT;
CREATE INDEX outbox_pending ON outbox (room_id, position) WHERE state <> 'acked';

CREATE TABLE drafts (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    content TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
