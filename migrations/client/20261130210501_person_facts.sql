-- What a clinic has noted of a person.
ALTER TABLE people ADD COLUMN phone TEXT;
ALTER TABLE people ADD COLUMN language TEXT;
ALTER TABLE people ADD COLUMN time_zone TEXT;
ALTER TABLE people ADD COLUMN record_number TEXT;
