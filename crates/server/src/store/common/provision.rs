//! Who may make accounts and links, and end them.

use crate::access::{Action, Decision, Relation, can};
use crate::store::Actor;

/// Whether the actor may tell people something; the server itself always may.
pub(in crate::store) fn may_notify(by: Option<Actor>) -> bool {
    by.is_none_or(|actor| can(actor.role, Action::Notify, Relation::Stranger) == Decision::Allow)
}

/// Whether the actor may; the command line always may.
pub(in crate::store) fn may_provision(by: Option<Actor>) -> bool {
    by.is_none_or(|actor| can(actor.role, Action::Provision, Relation::Oneself) == Decision::Allow)
}
