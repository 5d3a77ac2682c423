//! One file per endpoint; the tree mirrors the URLs.

pub(crate) mod accounts;
pub(crate) mod chat;
pub(crate) mod metrics;
pub(crate) mod outside;
pub(crate) mod socket;
