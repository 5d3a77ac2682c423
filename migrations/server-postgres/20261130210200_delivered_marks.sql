-- How far each member's devices have stored a room, and when each mark moved. Whatever was read had been delivered.
ALTER TABLE read_marks ADD COLUMN delivered_to BIGINT NOT NULL DEFAULT 0;
UPDATE read_marks SET delivered_to = up_to;
CREATE TABLE mark_history (
  room_id BIGINT NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('read', 'delivered')),
  up_to BIGINT NOT NULL,
  reached_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, account_id, kind, up_to)
);
