//! What every store does in the same way, whatever database is below: words, rules, portions. No SQL but the
//! columns of a person, who knows whom, and the count of what is unread.

pub(super) mod audit;
pub(super) mod change;
pub(super) mod clinic;
pub(super) mod command;
pub(super) mod demo;
pub(super) mod dispatch;
pub(super) mod draft;
pub(super) mod epoch;
pub(in crate::store) mod export;
pub(super) mod feed;
pub(super) mod flags;
pub(super) mod mark;
pub(super) mod membership;
pub(super) mod migration;
pub(super) mod notification;
pub(super) mod outreach;
pub(super) mod pair;
pub(super) mod people;
pub(super) mod presence;
pub(super) mod provision;
pub(super) mod prune;
pub(super) mod quick_reply;
pub(super) mod quote;
pub(super) mod seal;
pub(super) mod search;
pub(super) mod session;
pub(super) mod throttle;
pub(super) mod unread;
