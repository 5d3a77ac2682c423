//! Conversations on their way out, page by page: nothing but the page at hand is ever held.

mod pipe;
mod wish;
mod written;

pub(crate) use wish::{Packaging, Query, Wish};
pub(crate) use written::Written;
