//! The pages the server renders itself: sign-in, chat list, room, errors. Plain, and working without scripts.

pub(crate) mod administrator;
pub(crate) mod chat_list;
pub(crate) mod error;
pub(crate) mod layout;
pub(crate) mod room;
pub(crate) mod sign_in;
pub(crate) mod stop;
