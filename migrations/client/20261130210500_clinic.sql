-- What the clinic says of itself, so that it is known offline.
ALTER TABLE profile ADD COLUMN clinic TEXT;
