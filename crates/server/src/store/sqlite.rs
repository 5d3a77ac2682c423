//! The embedded store: rusqlite, one writer with group commit, read-only readers.
