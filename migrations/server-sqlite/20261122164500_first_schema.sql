-- The first schema of the embedded server database. What each table and index is for: migrations/schema/server-sqlite.sql.

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  role TEXT NOT NULL CHECK (role IN ('patient', 'practitioner', 'admin')),
  role_no INTEGER NOT NULL,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  profession TEXT,
  birth_date TEXT,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  disabled_at INTEGER,
  UNIQUE (role, role_no)
) STRICT;

CREATE TABLE links (
  patient_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  practitioner_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (patient_id, practitioner_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_practitioner ON links (practitioner_id, patient_id);

CREATE TABLE rooms (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  patient_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  practitioner_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  last_seq INTEGER NOT NULL,
  room_rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (patient_id, practitioner_id)
) STRICT;

CREATE TABLE room_members (
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  role TEXT NOT NULL CHECK (role IN ('patient', 'practitioner')),
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  until_seq INTEGER,
  PRIMARY KEY (room_id, account_id),
  CHECK ((until_at IS NULL) = (until_seq IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX room_members_by_account ON room_members (account_id, room_id);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  room_seq INTEGER NOT NULL,
  sender_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  rev INTEGER NOT NULL,
  client_id BLOB,
  content TEXT NOT NULL,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  composed_at INTEGER,
  created_at INTEGER NOT NULL,
  edited_at INTEGER,
  retracted_at INTEGER,
  UNIQUE (room_id, room_seq)
) STRICT;

CREATE INDEX messages_by_rev ON messages (room_id, rev);

CREATE TABLE message_versions (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE RESTRICT,
  rev INTEGER NOT NULL,
  content TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, rev)
) STRICT, WITHOUT ROWID;

CREATE TABLE reactions (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  emoji TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, account_id, emoji)
) STRICT, WITHOUT ROWID;

CREATE TABLE commands (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  client_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  digest BLOB NOT NULL,
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE RESTRICT,
  PRIMARY KEY (account_id, client_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE read_marks (
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  up_to INTEGER NOT NULL,
  marked_unread INTEGER NOT NULL CHECK (marked_unread IN (0, 1)),
  rev INTEGER NOT NULL,
  PRIMARY KEY (room_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_heads (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  head INTEGER NOT NULL
) STRICT;

CREATE TABLE feed (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  feed_seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('message', 'read_mark', 'room', 'person')),
  room_id INTEGER,
  object_id INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, feed_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  name TEXT NOT NULL,
  platform TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  device_id INTEGER NOT NULL REFERENCES devices (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('bearer', 'cookie')),
  token_hash BLOB NOT NULL UNIQUE,
  lifetime_ms INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE login_throttle (
  key TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,
  wait_until_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX login_throttle_by_age ON login_throttle (failed_at);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  happened_at INTEGER NOT NULL,
  event TEXT NOT NULL,
  actor_id INTEGER REFERENCES accounts (id) ON DELETE RESTRICT,
  device_id INTEGER REFERENCES devices (id) ON DELETE RESTRICT,
  room_id INTEGER REFERENCES rooms (id) ON DELETE RESTRICT,
  object_id INTEGER
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit rows are append-only');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit rows are append-only');
END;

CREATE TABLE audit_seals (
  last_audit_id INTEGER PRIMARY KEY REFERENCES audit (id) ON DELETE RESTRICT,
  hash BLOB NOT NULL,
  sealed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER audit_seals_are_never_changed BEFORE UPDATE ON audit_seals
BEGIN
  SELECT RAISE(ABORT, 'audit seals are append-only');
END;

CREATE TRIGGER audit_seals_are_never_deleted BEFORE DELETE ON audit_seals
BEGIN
  SELECT RAISE(ABORT, 'audit seals are append-only');
END;
