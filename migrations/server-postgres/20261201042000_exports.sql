-- Whether practitioners may write conversations out.
ALTER TABLE clinic ADD COLUMN practitioners_export BOOLEAN NOT NULL DEFAULT TRUE;
