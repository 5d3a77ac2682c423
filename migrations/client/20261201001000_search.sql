-- What finds messages by parts of their words, filled in the background for those that are there already.
CREATE VIRTUAL TABLE message_grams USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
INSERT INTO message_grams (message_grams, rank) VALUES ('secure-delete', 1);
CREATE TABLE searchable (
    message_id INTEGER NOT NULL PRIMARY KEY,
    arrival INTEGER NOT NULL
) STRICT;
CREATE TABLE search_days (
    day INTEGER NOT NULL PRIMARY KEY,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL
) STRICT;
CREATE TABLE search_fill (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    form INTEGER NOT NULL,
    below INTEGER NOT NULL,
    top INTEGER NOT NULL
) STRICT;
INSERT INTO search_fill (only_row, form, below, top)
    SELECT 1, 1, coalesce(max(arrival) + 1, 0), coalesce(max(arrival) + 1, 0) FROM messages;
CREATE TABLE recent_searches (
    content TEXT NOT NULL PRIMARY KEY,
    kept_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
