-- What people write and share among their devices: a register a room and person, and its kind in the feed.
CREATE TABLE drafts (
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  room_id BIGINT NOT NULL REFERENCES rooms (id) ON DELETE RESTRICT,
  version BIGINT NOT NULL,
  device_id BIGINT NOT NULL REFERENCES devices (id) ON DELETE RESTRICT,
  content TEXT NOT NULL,
  reply_to BIGINT,
  other_content TEXT NOT NULL,
  other_reply_to BIGINT,
  withdrawn BOOLEAN NOT NULL,
  written_at BIGINT NOT NULL,
  forget_at BIGINT,
  PRIMARY KEY (account_id, room_id)
);

CREATE INDEX drafts_to_forget ON drafts (forget_at) WHERE forget_at IS NOT NULL;

ALTER TABLE feed DROP CONSTRAINT feed_kind_check;
ALTER TABLE feed ADD CONSTRAINT feed_kind_check
  CHECK (kind IN ('message', 'read_mark', 'room', 'person', 'quick_replies', 'draft'));
