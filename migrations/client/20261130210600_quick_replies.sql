-- Ready-made texts, as the server has them, to be used without a connection.
CREATE TABLE quick_replies (
    place INTEGER NOT NULL PRIMARY KEY,
    reply_id INTEGER NOT NULL,
    owner TEXT NOT NULL CHECK (owner IN ('own', 'clinic')),
    title TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
