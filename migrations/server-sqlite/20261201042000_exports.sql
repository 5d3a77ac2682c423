-- Whether practitioners may write conversations out.
ALTER TABLE clinic ADD COLUMN practitioners_export INTEGER NOT NULL DEFAULT 1 CHECK (practitioners_export IN (0, 1));
