-- Exports made from this device's own copy that the server has not heard of yet, for its audit trail.
CREATE TABLE export_notes (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_id INTEGER NOT NULL REFERENCES rooms (room_id) ON DELETE RESTRICT,
    made_at INTEGER NOT NULL
) STRICT;
