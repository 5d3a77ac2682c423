-- SQLite builds a temporary table for IN with more than two words, once per row stored: the same condition in
-- comparisons.

ALTER TABLE feed RENAME TO feed_before;

CREATE TABLE feed (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  feed_seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'message' OR kind = 'read_mark' OR kind = 'room' OR kind = 'person'),
  room_id INTEGER,
  object_id INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, feed_seq)
) STRICT, WITHOUT ROWID;

INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
SELECT account_id, feed_seq, kind, room_id, object_id, rev, created_at FROM feed_before;

DROP TABLE feed_before;
