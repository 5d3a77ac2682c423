//! Reaching people who are not there: from the message to the carrier, outages on a paused clock, and back by link and SMS.

mod inbound;
mod letters;
mod outages;
mod post_office;
