-- What finds messages by parts of their words, filled behind (protocol::search has the terms).
CREATE VIRTUAL TABLE message_grams USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');

CREATE TABLE searchable (
  message_id INTEGER NOT NULL PRIMARY KEY,
  rev INTEGER NOT NULL
) STRICT;

CREATE TABLE search_rooms (
  room_id INTEGER NOT NULL PRIMARY KEY,
  rev INTEGER NOT NULL,
  seq_from INTEGER NOT NULL
) STRICT;

CREATE TABLE search_days (
  day INTEGER NOT NULL PRIMARY KEY,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL
) STRICT;

CREATE TABLE search_form (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  form INTEGER NOT NULL
) STRICT;

INSERT INTO search_form (only_row, form) VALUES (1, 0);
