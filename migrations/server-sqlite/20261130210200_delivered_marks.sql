-- How far each member's devices have stored a room, and when each mark moved. Whatever was read had been delivered.
ALTER TABLE read_marks ADD COLUMN delivered_to INTEGER NOT NULL DEFAULT 0;
UPDATE read_marks SET delivered_to = up_to;
CREATE TABLE mark_history (
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind = 'read' OR kind = 'delivered'),
  up_to INTEGER NOT NULL,
  reached_at INTEGER NOT NULL,
  PRIMARY KEY (room_id, account_id, kind, up_to)
) STRICT, WITHOUT ROWID;
