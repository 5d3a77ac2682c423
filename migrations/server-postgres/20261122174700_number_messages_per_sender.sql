-- The how-manieth message of its author in the room each is: unread counts follow from two of them.
ALTER TABLE messages ADD COLUMN sender_no BIGINT NOT NULL DEFAULT 0;
UPDATE messages SET sender_no = numbered.no
  FROM (SELECT id, row_number() OVER (PARTITION BY room_id, sender_id ORDER BY room_seq) AS no FROM messages) AS numbered
  WHERE numbered.id = messages.id;
ALTER TABLE messages ALTER COLUMN sender_no DROP DEFAULT;
