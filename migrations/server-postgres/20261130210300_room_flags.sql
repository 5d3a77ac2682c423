-- How each member has set the room up for itself: on top of its list, muted, out of the way. flags_rev counts the changes
-- of these and of marked_unread. The defaults are for servers of the version before.
ALTER TABLE read_marks ADD COLUMN pinned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE read_marks ADD COLUMN muted_until_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE read_marks ADD COLUMN archived_up_to BIGINT NOT NULL DEFAULT -1;
ALTER TABLE read_marks ADD COLUMN flags_rev BIGINT NOT NULL DEFAULT 0;
