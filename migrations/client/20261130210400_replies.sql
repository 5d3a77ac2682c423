-- What a message replies to, and the server's word on it for as long as the original is not held.
ALTER TABLE messages ADD COLUMN reply_to INTEGER;
ALTER TABLE messages ADD COLUMN reply_seq INTEGER;
ALTER TABLE messages ADD COLUMN reply_sender INTEGER;
ALTER TABLE messages ADD COLUMN reply_text TEXT;
CREATE INDEX messages_replies ON messages (room_id, reply_to) WHERE reply_to IS NOT NULL;
ALTER TABLE outbox ADD COLUMN reply_to INTEGER;
ALTER TABLE drafts ADD COLUMN reply_to INTEGER;
