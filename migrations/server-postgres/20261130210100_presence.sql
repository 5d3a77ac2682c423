-- What an account wishes, and when it was last seen.
CREATE TABLE preferences (
  account_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  hide_presence BOOLEAN NOT NULL
);

CREATE TABLE last_seen (
  account_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
  seen_at BIGINT NOT NULL
) WITH (fillfactor = 70);
