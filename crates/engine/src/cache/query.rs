//! Reads: what the sync machine starts from, and what the live views show.

pub(crate) mod by_id;
pub(crate) mod guard;
pub(crate) mod home;
pub(crate) mod looked;
pub(crate) mod people;
pub(crate) mod rooms;
pub(crate) mod search;
pub(crate) mod shown;
pub(crate) mod sync;
pub(crate) mod timeline;

pub(crate) use super::edit_drafts::of_room as edit_draft;
pub(crate) use super::profile::{clinic, draft, person, profile};
