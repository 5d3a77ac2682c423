//! `/ws/…`

mod arrivals;
mod feed;
mod feed_life;
mod presence;
mod room;
mod typing;
