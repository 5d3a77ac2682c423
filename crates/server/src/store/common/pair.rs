//! A patient and a practitioner: who may be linked, and whose room it is.

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, Rev};

use crate::store::Actor;

/// A room begins with this revision, its members' marks too.
pub(in crate::store) const FIRST_REV: Rev = Rev(1);

/// A patient and a practitioner, in this order.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Pair {
    pub(in crate::store) patient: AccountId,
    pub(in crate::store) practitioner: AccountId,
}

impl Pair {
    /// The pair that an actor and another account are, or would be.
    pub(in crate::store) fn of(actor: Actor, other: AccountId) -> Self {
        match actor.role {
            Role::Patient => Pair { patient: actor.account_id, practitioner: other },
            Role::Practitioner | Role::Admin => Pair { patient: other, practitioner: actor.account_id },
        }
    }

    /// Feeds are written in account order, as everywhere.
    pub(in crate::store) fn in_order(self) -> [(AccountId, AccountId); 2] {
        let (first, second) = (self.patient.min(self.practitioner), self.patient.max(self.practitioner));
        [(first, second), (second, first)]
    }
}
