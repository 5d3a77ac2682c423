//! `/ws/…`

mod arrivals;
mod feed;
mod feed_life;
mod room;
mod typing;
