-- What people write and share among their devices: a register a room and person, and its kind in the feed.
CREATE TABLE drafts (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  version INTEGER NOT NULL,
  device_id INTEGER NOT NULL REFERENCES devices (id) ON DELETE RESTRICT,
  content TEXT NOT NULL,
  reply_to INTEGER,
  other_content TEXT NOT NULL,
  other_reply_to INTEGER,
  withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
  written_at INTEGER NOT NULL,
  forget_at INTEGER,
  PRIMARY KEY (account_id, room_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX drafts_to_forget ON drafts (forget_at) WHERE forget_at IS NOT NULL;

ALTER TABLE feed RENAME TO feed_before;

CREATE TABLE feed (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  feed_seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'message' OR kind = 'read_mark' OR kind = 'room' OR kind = 'person' OR kind = 'quick_replies' OR kind = 'draft'),
  room_id INTEGER,
  object_id INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, feed_seq)
) STRICT, WITHOUT ROWID;

INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
SELECT account_id, feed_seq, kind, room_id, object_id, rev, created_at FROM feed_before;

DROP TABLE feed_before;
