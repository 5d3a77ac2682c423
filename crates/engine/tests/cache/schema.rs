//! The commented schema says what a migrated cache is.
