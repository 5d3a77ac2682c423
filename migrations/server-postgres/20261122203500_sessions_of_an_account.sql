-- Serves ending all of an account's sessions.
CREATE INDEX sessions_by_account ON sessions (account_id) WHERE ended_at IS NULL;
