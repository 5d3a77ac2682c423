-- The embedded server database as the migrations make it, with what each thing is for. A test compares the two.
-- Moments (`_at`) are integer milliseconds UTC; foreign keys restrict; every table is STRICT.

-- The migrations applied to this database, each with the SHA-256 of its file.
CREATE TABLE migrations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum BLOB NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

-- Facts about this database: `epoch` (a new one after a restore from backup), `demo` (present in a demo database).
CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the clinic says of itself: one row, once it has said anything; defaults before that (protocol::wire::Clinic).
-- hours: a list of {weekday 1-7, from, to} as JSON, in the clinic's time. rev: another one with every change (clinic.rs).
-- practitioners_export: whether practitioners may write conversations out.
-- notification_content: the most that notifications on people's desktops may say.
CREATE TABLE clinic (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  name TEXT NOT NULL,
  phone TEXT,
  emergency_number TEXT NOT NULL,
  hours TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  warn_other_patient INTEGER NOT NULL CHECK (warn_other_patient IN (0, 1)),
  rev INTEGER NOT NULL,
  practitioners_export INTEGER NOT NULL DEFAULT 1 CHECK (practitioners_export IN (0, 1)),
  notification_content TEXT NOT NULL DEFAULT 'name_and_text' CHECK (notification_content IN ('nothing', 'name', 'name_and_text'))
) STRICT;

-- Everyone who can sign in. Never deleted: messages and audit rows point here; `disabled_at` shuts one out.
-- role_no: the platform's number of a person within its role, dense from 1 (`sender_id` on its pages).
-- username_key: the name folded (username.rs: NFKD, no marks, lower case, one sigma), so that case does not matter. It serves sign-in.
-- password_hash: argon2id, PHC format.
-- language: BCP 47. time_zone: an IANA name. record_number: a patient's; only practitioners and the patient see it.
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
  phone TEXT,
  language TEXT,
  time_zone TEXT,
  record_number TEXT,
  UNIQUE (role, role_no)
) STRICT;

-- Who may talk to whom. The room outlives the link: `ended_at` makes it readable only.
CREATE TABLE links (
  patient_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  practitioner_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (patient_id, practitioner_id)
) STRICT, WITHOUT ROWID;

-- Serves the list of a practitioner's patients (people.rs).
CREATE INDEX links_by_practitioner ON links (practitioner_id, patient_id);

-- One conversation per pair, for ever.
-- last_seq: the last place given, dense from 1. room_rev: the last revision given to anything in the room.
-- updated_at: when a message or the membership last changed (a read mark moves nothing in anybody's list).
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

-- Who may see a room. A former member sees places up to until_seq. The primary key serves "who is in this room".
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

-- Serves the chat list, in order of room id (rooms.rs).
CREATE INDEX room_members_by_account ON room_members (account_id, room_id);

-- Messages. room_seq is the only order shown; rev is drawn from the room at the last change.
-- AUTOINCREMENT: an id is never given twice. client_id: the author's id for it, sent back to the author only.
-- content: normalised text, empty once retracted. composed_at: by the author's clock.
-- sender_no: the how-manieth of its author in the room, from 1; unread counts follow from two of them (rooms.rs).
-- reply_to: the message of the same room that it replies to. What is quoted of it is read from there, never copied.
-- UNIQUE (room_id, room_seq) serves pages and unread counts.
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
  sender_no INTEGER NOT NULL DEFAULT 0,
  reply_to INTEGER REFERENCES messages (id) ON DELETE RESTRICT,
  UNIQUE (room_id, room_seq)
) STRICT;

-- Serves "what changed after this revision" (`?changed_after=`, messages.rs).
CREATE INDEX messages_by_rev ON messages (room_id, rev);

-- Serves finding the first urgent message that is unread (outreach.rs).
CREATE INDEX messages_urgent ON messages (room_id, room_seq) WHERE urgent = 1;

-- Earlier texts of edited messages: all are kept.
CREATE TABLE message_versions (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE RESTRICT,
  rev INTEGER NOT NULL,
  content TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, rev)
) STRICT, WITHOUT ROWID;

-- A set: (message, account, emoji). The primary key serves the reactions of a message.
CREATE TABLE reactions (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  emoji TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, account_id, emoji)
) STRICT, WITHOUT ROWID;

-- What has been done under which client id, for ever: a repeated command finds its first answer here (rule 1).
-- digest: SHA-256 of kind, room, urgency and content; another digest under the same id is refused.
CREATE TABLE commands (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  client_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  digest BLOB NOT NULL,
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE RESTRICT,
  PRIMARY KEY (account_id, client_id)
) STRICT, WITHOUT ROWID;

-- How far each member has read, and how far a device of theirs has stored it (delivered_to), each merged by max; and how
-- it has set the room up for itself: marked_unread, pinned, muted_until_at (0: not muted; 9223372036854775807: until it is
-- turned off), archived_up_to (-1: not; else the last place that was there, so that the next message brings the room back
-- without a write). flags_rev counts the changes of these.
CREATE TABLE read_marks (
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  up_to INTEGER NOT NULL,
  marked_unread INTEGER NOT NULL CHECK (marked_unread IN (0, 1)),
  rev INTEGER NOT NULL,
  delivered_to INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  muted_until_at INTEGER NOT NULL DEFAULT 0,
  archived_up_to INTEGER NOT NULL DEFAULT -1,
  flags_rev INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (room_id, account_id)
) STRICT, WITHOUT ROWID;

-- When each mark reached where it has been, one row per move, never changed: what "delivered" and "read" are told with. A
-- mark that was read had been delivered by then. A move over messages of its own account alone is left out: nobody can ask.
-- The primary key serves the first move that covered a place.
CREATE TABLE mark_history (
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind = 'read' OR kind = 'delivered'),
  up_to INTEGER NOT NULL,
  reached_at INTEGER NOT NULL,
  PRIMARY KEY (room_id, account_id, kind, up_to)
) STRICT, WITHOUT ROWID;

-- The last wish of each device of how a room is to be set up: what comes after a later one, or again, changes nothing.
CREATE TABLE flag_wishes (
  device_id INTEGER NOT NULL REFERENCES devices (id) ON DELETE RESTRICT,
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL,
  PRIMARY KEY (device_id, room_id)
) STRICT, WITHOUT ROWID;

-- The newest feed place of each account; absent before the first. Updated under the write lock, in account order.
CREATE TABLE feed_heads (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  head INTEGER NOT NULL
) STRICT;

-- One row per change and member: what changed, not its body, which is built at delivery (rule 9). Rows too far behind the
-- head to be replayed are removed (prune.rs).
-- object_id: the message, the account whose mark or draft it is, the room, or the person; 0 for quick replies. room_id is NULL for a
-- person and for quick replies.
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

-- Ready-made texts: a practitioner's own, or the clinic's (account_id NULL). A removed one keeps its row, without its words, so
-- that the addition that made it, sent again, does not bring it back. digest: SHA-256 of title and text as they were added.
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

-- Serve finding what a client id has added; NULLs are distinct, so the clinic's need an index of their own.
CREATE UNIQUE INDEX quick_replies_by_client_id ON quick_replies (account_id, client_id);
CREATE UNIQUE INDEX quick_replies_of_clinic ON quick_replies (client_id) WHERE account_id IS NULL;

-- Serves listing them (quick_replies.rs).
CREATE INDEX quick_replies_in_order ON quick_replies (account_id, place) WHERE removed_at IS NULL;

-- What somebody was not there for (a message), or what the main platform tells them. Never any text of a message.
-- read_at: set by hand, and of a message also when its conversation is read that far.
-- title, content, url: the platform's; a message's follow from its room. digest: SHA-256 of what was asked for.
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind = 'message' OR kind = 'platform'),
  room_id INTEGER REFERENCES rooms (id) ON DELETE RESTRICT,
  room_seq INTEGER,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  url TEXT NOT NULL,
  creator_id INTEGER REFERENCES accounts (id) ON DELETE RESTRICT,
  client_id BLOB,
  digest BLOB,
  created_at INTEGER NOT NULL,
  read_at INTEGER
) STRICT;

-- Serves the list of alerts, newest first (notifications.rs).
CREATE INDEX notifications_by_account ON notifications (account_id, id);

-- Serves counting what is unread, and clearing it when its conversation is read (mark.rs).
CREATE INDEX notifications_unread ON notifications (account_id, room_id, room_seq) WHERE read_at IS NULL;

-- Serves finding what a client id has created.
CREATE UNIQUE INDEX notifications_by_client_id ON notifications (creator_id, client_id) WHERE client_id IS NOT NULL;

-- When it is next decided whether somebody is to be reached outside the app: about a conversation (room_id, and
-- notification_id 0) or about a notification of the platform (the other way round). One row however many messages wait:
-- what is unread is looked up when its time comes. A row is taken away when nothing is left to be decided.
CREATE TABLE outreach_checks (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  room_id INTEGER NOT NULL,
  notification_id INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, room_id, notification_id)
) STRICT, WITHOUT ROWID;

-- Serves finding what is due (outreach.rs).
CREATE INDEX outreach_checks_due ON outreach_checks (due_at);

-- One e-mail or SMS that was decided on, and what became of it: the outbox of the workers and the log of the administrator.
-- key: its name outside (Message-ID, idempotency key), the same however often it is tried. up_to: the last place of the room
-- that it speaks for; it is withdrawn if that is read before it is sent. due_at: when it is tried next; a worker that takes it
-- moves that ahead (lease: its mark), so that another takes it over should the first die. problem: a word, never an address.
CREATE TABLE dispatches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  room_id INTEGER NOT NULL,
  notification_id INTEGER NOT NULL,
  up_to INTEGER NOT NULL,
  channel TEXT NOT NULL CHECK (channel = 'email' OR channel = 'sms'),
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  key BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state = 'waiting' OR state = 'sent' OR state = 'failed' OR state = 'withdrawn'),
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  lease INTEGER NOT NULL,
  problem TEXT,
  gateway_id TEXT,
  finished_at INTEGER
) STRICT;

-- Serve the workers, the daily caps, "one per conversation until read" and the list of what failed (dispatches.rs).
CREATE INDEX dispatches_due ON dispatches (channel, urgent DESC, due_at) WHERE state = 'waiting';
CREATE INDEX dispatches_by_channel ON dispatches (account_id, channel, created_at);
CREATE INDEX dispatches_by_subject ON dispatches (account_id, room_id, notification_id, up_to);
CREATE INDEX dispatches_failed ON dispatches (id) WHERE state = 'failed';

-- Where somebody is reached: an address counts once its owner has typed the code that was sent to it. address is NULL before;
-- pending_address waits for its code (code_hash: SHA-256 with the account and the address). codes_sent since codes_since_at
-- throttle. stopped_at: stopped by link or by SMS. stop_token: what the link carries; it can stop, and nothing else.
CREATE TABLE contacts (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  channel TEXT NOT NULL CHECK (channel = 'email' OR channel = 'sms'),
  address TEXT,
  stopped_at INTEGER,
  stop_token TEXT NOT NULL,
  pending_address TEXT,
  code_hash BLOB,
  code_expires_at INTEGER NOT NULL,
  code_tries INTEGER NOT NULL,
  codes_sent INTEGER NOT NULL,
  codes_since_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, channel)
) STRICT, WITHOUT ROWID;

-- Serve stopping by link and by SMS.
CREATE UNIQUE INDEX contacts_by_stop_token ON contacts (stop_token);
CREATE INDEX contacts_by_address ON contacts (address) WHERE address IS NOT NULL;

-- How somebody wishes to be reached outside the app; no row: the defaults (core::outreach). Minutes; quiet hours in minutes
-- since midnight by the person's clock, NULL for none. sms_for: 'urgent' or 'all'. reminder_minutes: 0 for none.
CREATE TABLE outreach_wishes (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  email_after INTEGER NOT NULL,
  sms_after INTEGER NOT NULL,
  sms_for TEXT NOT NULL CHECK (sms_for = 'urgent' OR sms_for = 'all'),
  quiet_from INTEGER,
  quiet_to INTEGER,
  reminder_minutes INTEGER NOT NULL
) STRICT;

-- A signed-in installation of a client. Never deleted: audit rows point here; revoked_at shuts it out.
CREATE TABLE devices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  name TEXT NOT NULL,
  platform TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

-- token_hash: SHA-256 of the token, which is never stored. Expiry slides by lifetime_ms. Ended rows stay for a while
-- (prune.rs).
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

-- Serves ending all of an account's sessions (account_life.rs).
CREATE INDEX sessions_by_account ON sessions (account_id) WHERE ended_at IS NULL;

-- What an account wishes wherever it is used; no row while it wishes nothing.
-- hide_presence: nobody is told when it is online or was seen, nor it of others.
CREATE TABLE preferences (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  hide_presence INTEGER NOT NULL CHECK (hide_presence IN (0, 1))
) STRICT;

-- When an account's last socket was closed, written at most once a minute (presence.rs); no row for one that hides it.
CREATE TABLE last_seen (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  seen_at INTEGER NOT NULL
) STRICT;

-- Failed sign-ins by `account:<name>`, `address:<ip>` and `pair:<ip> <name>`; forgotten after half an hour at most.
CREATE TABLE login_throttle (
  key TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,
  wait_until_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Serves forgetting (throttle.rs).
CREATE INDEX login_throttle_by_age ON login_throttle (failed_at);

-- Who did what, where, to which object; never any content. Append-only.
-- actor_id is NULL for the command line and for a sign-in that failed (object_id is then the account, if there is one).
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

-- A chain of hashes over the audit rows: each covers the rows after the last seal, and that seal's hash (seal.rs).
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

-- What a person writes in a room and shares among their devices: a register, ordered by version. A row that was emptied stays,
-- without its words, so that a device that was away learns it. device_id: who put it last. other_*: what another device had at
-- the same time, empty if nothing. withdrawn: empty because the server keeps it no longer. forget_at: when that will be, NULL
-- for one without words. reply_to may name what is gone: only the person's own devices read it.
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

-- Serves forgetting those that nobody has put again for long (prune.rs).
CREATE INDEX drafts_to_forget ON drafts (forget_at) WHERE forget_at IS NOT NULL;

-- What finds messages by parts of their words: the terms of each, as `protocol::search` makes them and facts beside them
-- (search_index.rs). Keeps neither texts nor places. Its rowid is the message's. Behind what is stored by some seconds.
CREATE VIRTUAL TABLE message_grams USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');

-- Which messages are in it, and as of which revision: what one said then finds its terms again when it is to go.
CREATE TABLE searchable (
  message_id INTEGER NOT NULL PRIMARY KEY,
  rev INTEGER NOT NULL
) STRICT;

-- How far each room is indexed: every change up to rev is in, and what was there before from seq_from on (1: all of it).
CREATE TABLE search_rooms (
  room_id INTEGER NOT NULL PRIMARY KEY,
  rev INTEGER NOT NULL,
  seq_from INTEGER NOT NULL
) STRICT;

-- Between which ids the indexed messages of a day (since 1970, UTC) lie.
CREATE TABLE search_days (
  day INTEGER NOT NULL PRIMARY KEY,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL
) STRICT;

-- Of which form the terms are; an index of an older form is made anew.
CREATE TABLE search_form (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  form INTEGER NOT NULL
) STRICT;
