-- Which wish of how a room is to be set up was the last of a device: one that comes late changes nothing.
CREATE TABLE flag_wishes (
  device_id INTEGER NOT NULL REFERENCES devices (id) ON DELETE RESTRICT,
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL,
  PRIMARY KEY (device_id, room_id)
) STRICT, WITHOUT ROWID;
