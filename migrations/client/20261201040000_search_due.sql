-- What many messages at once bring is indexed behind them: a list of what is still to be, in place of one mark.
CREATE TABLE search_due (
    from_arrival INTEGER NOT NULL PRIMARY KEY,
    to_arrival INTEGER NOT NULL CHECK (to_arrival > from_arrival)
) STRICT;
INSERT INTO search_due (from_arrival, to_arrival) SELECT 0, below FROM search_fill WHERE below > 0;
ALTER TABLE search_fill DROP COLUMN below;
ALTER TABLE search_fill DROP COLUMN top;
