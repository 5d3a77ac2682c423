-- Notifications: what somebody is told in the app's list of alerts, and what is sent to them outside it.

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

-- Serves finding the first urgent message that is unread (outreach.rs).
CREATE INDEX messages_urgent ON messages (room_id, room_seq) WHERE urgent = 1;
