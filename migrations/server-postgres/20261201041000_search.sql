-- What finds messages by parts of their words, filled behind (protocol::search has the terms).
CREATE TABLE searchable (
  message_id BIGINT PRIMARY KEY,
  terms INTEGER[] NOT NULL
);

CREATE INDEX searchable_terms ON searchable USING gin (terms) WITH (fastupdate = on, gin_pending_list_limit = 512);

CREATE TABLE search_rooms (
  room_id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  seq_from BIGINT NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE search_days (
  day BIGINT PRIMARY KEY,
  first_id BIGINT NOT NULL,
  last_id BIGINT NOT NULL
);

CREATE TABLE search_form (
  only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
  form BIGINT NOT NULL
);

INSERT INTO search_form (only_row, form) VALUES (1, 0);
