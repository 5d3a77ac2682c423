-- Lets what is unread be derived from two rows instead of counted: a room has two people, so that of the first n
-- messages those by one are n less those by the other.

ALTER TABLE messages ADD COLUMN sender_no INTEGER NOT NULL DEFAULT 0;

UPDATE messages SET sender_no = numbered.n
FROM (
  SELECT id, row_number() OVER (PARTITION BY room_id, sender_id ORDER BY room_seq) AS n FROM messages
) AS numbered
WHERE numbered.id = messages.id;
