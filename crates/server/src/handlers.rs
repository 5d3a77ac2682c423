//! One file per endpoint; the tree mirrors the URLs.

pub(crate) mod accounts;
pub(crate) mod chat;
pub(crate) mod metrics;
pub(crate) mod outreach;
pub(crate) mod outside;
pub(crate) mod platform;
pub(crate) mod socket;
