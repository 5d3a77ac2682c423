-- What an account wishes, and when it was last seen.
CREATE TABLE preferences (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  hide_presence INTEGER NOT NULL CHECK (hide_presence IN (0, 1))
) STRICT;

CREATE TABLE last_seen (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  seen_at INTEGER NOT NULL
) STRICT;
