-- The message of the same room that a message replies to.
ALTER TABLE messages ADD COLUMN reply_to BIGINT REFERENCES messages (id) ON DELETE RESTRICT;
