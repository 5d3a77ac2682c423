-- What the clinic says of itself: one row, once it has said anything. hours: JSON, a list of {weekday 1-7, from, to}.
CREATE TABLE clinic (
  only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
  name TEXT NOT NULL,
  phone TEXT,
  emergency_number TEXT NOT NULL,
  hours TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  warn_other_patient BOOLEAN NOT NULL,
  rev BIGINT NOT NULL
);
