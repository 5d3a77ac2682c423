-- Ready-made texts of practitioners (account_id) and of the clinic (NULL), and their kind in the feed.
CREATE TABLE quick_replies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER REFERENCES accounts (id) ON DELETE RESTRICT,
  client_id BLOB NOT NULL,
  digest BLOB NOT NULL,
  place INTEGER NOT NULL,
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE UNIQUE INDEX quick_replies_by_client_id ON quick_replies (account_id, client_id);
CREATE UNIQUE INDEX quick_replies_of_clinic ON quick_replies (client_id) WHERE account_id IS NULL;
CREATE INDEX quick_replies_in_order ON quick_replies (account_id, place) WHERE removed_at IS NULL;

ALTER TABLE feed RENAME TO feed_before;

CREATE TABLE feed (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  feed_seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'message' OR kind = 'read_mark' OR kind = 'room' OR kind = 'person' OR kind = 'quick_replies'),
  room_id INTEGER,
  object_id INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, feed_seq)
) STRICT, WITHOUT ROWID;

INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
SELECT account_id, feed_seq, kind, room_id, object_id, rev, created_at FROM feed_before;

DROP TABLE feed_before;
