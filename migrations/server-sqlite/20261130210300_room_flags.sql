-- How each member has set the room up for itself: on top of its list, muted, out of the way. flags_rev counts the changes
-- of these and of marked_unread.
ALTER TABLE read_marks ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
ALTER TABLE read_marks ADD COLUMN muted_until_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE read_marks ADD COLUMN archived_up_to INTEGER NOT NULL DEFAULT -1;
ALTER TABLE read_marks ADD COLUMN flags_rev INTEGER NOT NULL DEFAULT 0;
