-- The client's cache as the migrations in ../client leave it, explained. Compared with a migrated database in a test.
-- One encrypted file per profile. Moments are integer milliseconds UTC in columns named _at; a column without NOT NULL
-- means "not known" or "has not happened".

-- Whose cache this is, and how far its feed has been applied. One row.
CREATE TABLE profile (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    server TEXT NOT NULL,               -- address of the server, '' before the first sign-in
    username TEXT NOT NULL,             -- name last signed in with, '' before the first sign-in
    account_id INTEGER,                 -- who; tells one's own messages from theirs
    device_id INTEGER,                  -- the device the server knows this profile as
    epoch TEXT,                         -- life of the server's database the cursor counts in; NULL before the first snapshot
    feed_seq INTEGER,                   -- last feed event applied, saved in the transaction of its effects
    kinds INTEGER NOT NULL DEFAULT 1,   -- what the build that fed this cache stores (protocol::feed::KINDS)
    resync INTEGER NOT NULL DEFAULT 0 CHECK (resync IN (0, 1)), -- an older build passed over something: list anew
    stale_after_ms INTEGER,             -- the clinic's limit for waiting messages; NULL before the server named it
    clinic TEXT,                        -- what the clinic says of itself, as the wire's JSON; NULL before it was heard
    draft_sharing TEXT NOT NULL DEFAULT 'off' -- leaving: the server is still to take out what it has
        CHECK (draft_sharing IN ('off', 'on', 'leaving'))
) STRICT;

-- Secrets of the session (the bearer token). Gone after signing out.
CREATE TABLE secrets (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- This device's settings, as the JSON of the interface. At most one row.
CREATE TABLE settings (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    body TEXT NOT NULL
) STRICT;

-- Oneself, those one is linked with, and those one shares a room with. Never deleted: old rooms need the names.
CREATE TABLE people (
    account_id INTEGER NOT NULL PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('patient', 'practitioner', 'admin')),
    role_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,          -- for search and order: no marks, lower case
    profession TEXT,
    birth_date TEXT,                    -- YYYY-MM-DD; only practitioners see it
    since_at INTEGER NOT NULL,
    linked INTEGER NOT NULL CHECK (linked IN (0, 1)),
    linked_room_id INTEGER,             -- the room the server named in the list of people, held here or not
    phone TEXT,
    language TEXT,                      -- BCP 47
    time_zone TEXT,                     -- an IANA name; NULL: as the clinic's
    record_number TEXT                  -- a patient's; only practitioners see it
) STRICT;

-- Rooms, with what the list shows of them, so that listing reads this table and no other but people. A row may be begun
-- by a message that arrives before its room; then other_account is NULL and the list leaves it out.
CREATE TABLE rooms (
    room_id INTEGER NOT NULL PRIMARY KEY,
    other_account INTEGER REFERENCES people (account_id) ON DELETE RESTRICT,
    room_rev INTEGER NOT NULL,          -- revision of the row applied; an older one changes only what is merged
    synced_rev INTEGER NOT NULL,        -- everything held of the room is as new as this
    last_seq INTEGER NOT NULL,          -- last place known: each of 1..last_seq is held, in a gap, or known to be empty
    my_read INTEGER NOT NULL,           -- one's own mark as shown, by max
    my_read_confirmed INTEGER NOT NULL, -- the part of it the server has confirmed; less than my_read: to be sent
    flags_rev INTEGER NOT NULL,         -- revision of how it is set up: this and pinned, muted, archived
    marked_unread INTEGER NOT NULL CHECK (marked_unread IN (0, 1)),
    other_read INTEGER NOT NULL,        -- the other's mark, by max
    writable INTEGER NOT NULL CHECK (writable IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    newest_seq INTEGER NOT NULL,        -- the newest message held, 0 if none
    newest_id INTEGER,
    newest_sender INTEGER,
    newest_text TEXT NOT NULL,          -- one line of it
    newest_at INTEGER,
    newest_retracted INTEGER NOT NULL CHECK (newest_retracted IN (0, 1)),
    unread INTEGER NOT NULL,            -- their messages after my_read; derived, kept in the transaction that changes it
    held_unread INTEGER NOT NULL,       -- those of them held
    held_urgent INTEGER NOT NULL,       -- those of them urgent
    told_unread INTEGER NOT NULL,       -- the server's count with the newest row ...
    told_up_to INTEGER NOT NULL,        -- ... up to this place ...
    told_read INTEGER NOT NULL,         -- ... after this mark: what unread rests on while a gap hides messages
    my_delivered INTEGER NOT NULL DEFAULT 0, -- how far the server knows that a device of one's own has it, by max
    other_delivered INTEGER NOT NULL DEFAULT 0, -- how far a device of the other's has it, by max
    read_elsewhere INTEGER NOT NULL DEFAULT 0, -- the last mark of one's own that another device had moved
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)), -- on top of the list
    muted_until_at INTEGER NOT NULL DEFAULT 0, -- 0: not muted; 9223372036854775807: until it is turned off
    archived_up_to INTEGER NOT NULL DEFAULT -1, -- -1: not; else out of the way while nothing is beyond this place
    asked_at INTEGER,                   -- the first of their messages after one's own last; derived like unread
    flags_number INTEGER NOT NULL DEFAULT 0 -- of this device's last wish of how it is to be set up
) STRICT;

-- How rooms are to be set up, until the server has it: shown over what rooms holds. NULL: nothing is wished for.
CREATE TABLE flag_wishes (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    pinned INTEGER CHECK (pinned IN (0, 1)),
    muted_until_at INTEGER,
    archived_up_to INTEGER,
    marked_unread INTEGER CHECK (marked_unread IN (0, 1))
) STRICT;

-- What the server has done of them for this device, and no other one has changed since: wished for again if the server is put
-- back from a backup, which may lack it.
CREATE TABLE flags_done (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    pinned INTEGER CHECK (pinned IN (0, 1)),
    muted_until_at INTEGER,
    archived_up_to INTEGER,
    marked_unread INTEGER CHECK (marked_unread IN (0, 1))
) STRICT;

-- Messages at the newest revision told, in the file as they arrived: what a conversation missed is fetched together and
-- stands together. Nothing looks a message up by its id alone.
CREATE TABLE messages (
    arrival INTEGER NOT NULL PRIMARY KEY, -- order of arrival on this device; means nothing else
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    room_seq INTEGER NOT NULL,          -- the only order shown
    message_id INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    sender_account INTEGER NOT NULL,
    content TEXT NOT NULL,              -- '' once retracted
    stored_at INTEGER NOT NULL,
    composed_at INTEGER,
    edited_at INTEGER,
    retracted_at INTEGER,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    reactions TEXT,                     -- JSON of the wire's list; NULL when there are none
    client_id BLOB,                     -- 16 bytes; one's own messages only: the key of the timeline
    reply_to INTEGER,                   -- the message of the same room that it replies to
    reply_seq INTEGER,                  -- that one's place ...
    reply_sender INTEGER,               -- ... and author
    reply_text TEXT,                    -- the server's excerpt, kept while the original is not held; '' once taken back
    UNIQUE (room_id, room_seq)          -- serves timeline windows and unread counts
) STRICT;
-- Serves forgetting what was quoted of a message that is taken back.
CREATE INDEX messages_replies ON messages (room_id, reply_to) WHERE reply_to IS NOT NULL;

-- Messages a server restored from a backup no longer has: out of the conversation, whose places it gives anew, but not
-- forgotten; this may be the only copy. Their authors' devices offer them again, and they return as new messages.
CREATE TABLE set_aside (
    message_id INTEGER NOT NULL PRIMARY KEY,
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    room_seq INTEGER NOT NULL,          -- its place in the life that is over
    sender_account INTEGER NOT NULL,
    content TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    composed_at INTEGER,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    set_aside_at INTEGER NOT NULL
) STRICT;

-- Stretches of a room that are not held, disjoint, both ends included.
CREATE TABLE gaps (
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL CHECK (to_seq >= from_seq),
    PRIMARY KEY (room_id, from_seq)
) STRICT, WITHOUT ROWID;

-- What has been written here and what became of it: queued, sending, acked (kept seven days, to be offered again to a
-- restored server) or parked (it waits for its author). Only the sweep or the author removes a row.
CREATE TABLE outbox (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order of sending within a room
    client_id BLOB NOT NULL UNIQUE CHECK (length(client_id) = 16),
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    content TEXT NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    composed_at INTEGER NOT NULL,
    confirmed_at INTEGER,               -- when its author last confirmed it after it was parked
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'acked', 'parked')),
    offered INTEGER NOT NULL CHECK (offered IN (0, 1)), -- the server may have it: it can no longer be discarded
    park_reason TEXT CHECK (park_reason IN ('rejected', 'stale')),
    park_code TEXT,                     -- the server's error code, if rejected
    acked_at INTEGER,
    message_id INTEGER,                 -- what the server made of it
    room_seq INTEGER,                   -- and where
    reply_to INTEGER,                   -- the message it replies to; given up if the server has it no more
    CHECK ((state = 'parked') = (park_reason IS NOT NULL)),
    CHECK ((state = 'acked') = (acked_at IS NOT NULL))
) STRICT;
-- Serves what waits: of a room (timeline, room list) and of all (the sync machine's start, the counts).
CREATE INDEX outbox_pending ON outbox (room_id, position) WHERE state <> 'acked';

-- How messages were changed here and what became of it: queued (also while it is under way), acked (kept seven days, to
-- be offered again to a restored server) or refused (an edit or retraction that waits for its author). What is queued or
-- refused is shown over the message and never written into it: messages hold what the server has.
CREATE TABLE changes (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order of sending within a room
    client_id BLOB NOT NULL UNIQUE CHECK (length(client_id) = 16),
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    message_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'retract', 'react')),
    content TEXT NOT NULL,              -- the new text, or the emoji; '' for a retraction
    set_on INTEGER NOT NULL CHECK (set_on IN (0, 1)), -- whether the emoji is to be there; 1 for the others
    state TEXT NOT NULL CHECK (state IN ('queued', 'acked', 'refused')),
    offered INTEGER NOT NULL CHECK (offered IN (0, 1)), -- the server may have it: nothing takes its place any more
    code TEXT,                          -- the server's error code, if refused
    acked_at INTEGER,                   -- when the server had it; stays while it is offered again
    made_at INTEGER NOT NULL,
    behind BLOB,                        -- outbox id of the message, while a restored server does not have it again
    CHECK ((state = 'refused') = (code IS NOT NULL)),
    CHECK (state <> 'acked' OR acked_at IS NOT NULL)
) STRICT;
-- Serves what is shown over messages (timeline, room list) and the sync machine's start.
CREATE INDEX changes_pending ON changes (room_id, position) WHERE state <> 'acked';

-- When one's own messages were delivered and read, as the server said when it was last asked: for looking offline.
CREATE TABLE receipts (
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    message_id INTEGER NOT NULL,
    delivered_at INTEGER,
    read_at INTEGER,
    PRIMARY KEY (room_id, message_id)
) STRICT, WITHOUT ROWID;

-- Exports made from this device's own copy that the server has not heard of yet, for its audit trail.
CREATE TABLE export_notes (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    made_at INTEGER NOT NULL
) STRICT;

-- What is being made of a message that is edited, one per composer.
CREATE TABLE edit_drafts (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    message_id INTEGER NOT NULL,
    content TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- What stands in the composers.
CREATE TABLE drafts (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    content TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    reply_to INTEGER                    -- the message it is to reply to
) STRICT;

-- Drafts shared with the person's other devices: beside what stands in a composer (drafts), what the server last had of it and
-- what another device had at the same time. Whatever differs from the base is to be put.
CREATE TABLE draft_registers (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    version INTEGER NOT NULL,                   -- the server's; 0 if it has none
    base_content TEXT NOT NULL, -- what it had, empty if nothing
    base_reply_to INTEGER,
    base_other TEXT NOT NULL,
    base_other_reply_to INTEGER,
    other_content TEXT NOT NULL,              -- offered in the composer; empty if nothing
    other_reply_to INTEGER,
    other_life INTEGER NOT NULL CHECK (other_life IN (0, 1)), -- the server was put back since: what it says is not newer
    arrived INTEGER NOT NULL                    -- texts that came from elsewhere and took the composer's place
) STRICT;

-- Ready-made texts, as the server has them: all that a practitioner may use, in order. Replaced as a whole.
CREATE TABLE quick_replies (
    place INTEGER NOT NULL PRIMARY KEY, -- 0..n
    reply_id INTEGER NOT NULL,
    owner TEXT NOT NULL CHECK (owner IN ('own', 'clinic')),
    title TEXT NOT NULL,
    content TEXT NOT NULL               -- with its placeholders
) STRICT;

-- What finds messages: of each every one, two and three characters in a row of its words (protocol::search), and what it
-- is (room, author, urgent, link). Row ids are the server's message ids: read backwards it gives the newest first. It
-- keeps no text; what a term is removed of is overwritten.
CREATE VIRTUAL TABLE message_grams USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');

-- The messages that are in it, and where they stand. One that was taken back is not.
CREATE TABLE searchable (
    message_id INTEGER NOT NULL PRIMARY KEY,
    arrival INTEGER NOT NULL            -- messages.arrival
) STRICT;

-- Between which ids the messages of a day lie: bounds a search by date.
CREATE TABLE search_days (
    day INTEGER NOT NULL PRIMARY KEY,   -- days since 1970 in UTC
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL
) STRICT;

-- The form of its terms. One row.
CREATE TABLE search_fill (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    form INTEGER NOT NULL               -- an index of another form than the app's is made anew
) STRICT;

-- Which messages are still to be put in: those that many at once brought, and those that were there before it. One of them
-- may be in it already.
CREATE TABLE search_due (
    from_arrival INTEGER NOT NULL PRIMARY KEY,
    to_arrival INTEGER NOT NULL CHECK (to_arrival > from_arrival) -- messages.arrival, the first that is not due
) STRICT;

-- What was searched for. At most ten.
CREATE TABLE recent_searches (
    content TEXT NOT NULL PRIMARY KEY,
    kept_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Migrations applied, each in one transaction with its row here.
CREATE TABLE migrations (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum BLOB NOT NULL,             -- SHA-256 of the file
    applied_at INTEGER NOT NULL
) STRICT;

-- Conversations of which the person wants to be told if no reply comes by a moment (reply_waits.rs). after_id: a reply is theirs and
-- newer. told: it was said that none came.
CREATE TABLE reply_waits (
    room_id INTEGER NOT NULL PRIMARY KEY REFERENCES rooms (room_id) ON DELETE RESTRICT,
    due_at INTEGER NOT NULL,
    after_id INTEGER NOT NULL,
    told INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT;
