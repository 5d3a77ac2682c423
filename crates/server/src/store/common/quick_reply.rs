//! Whose quick replies somebody changes, and what their order becomes.

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, FeedSeq, QuickReplyId};
use sha2::{Digest, Sha256};

use crate::access::{Action, Decision, Relation, can};
use crate::store::{Actor, Delivery};

/// Whose quick replies they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Owner {
    Account(AccountId),
    Clinic,
}

impl Owner {
    /// Whose quick replies an actor changes; the command line's are the clinic's. Nobody's where it may not.
    pub(in crate::store) fn of(by: Option<Actor>) -> Option<Self> {
        match by {
            None => Some(Self::Clinic),
            Some(actor) if !uses_any(actor) => None,
            Some(Actor { role: Role::Admin, .. }) => Some(Self::Clinic),
            Some(actor) => Some(Self::Account(actor.account_id)),
        }
    }

    /// As the column has it: nothing for the clinic.
    pub(in crate::store) fn column(self) -> Option<i64> {
        match self {
            Self::Account(account) => Some(account.get()),
            Self::Clinic => None,
        }
    }
}

/// Whether somebody has quick replies at all.
pub(in crate::store) fn uses_any(actor: Actor) -> bool {
    can(actor.role, Action::UseQuickReplies, Relation::Oneself) == Decision::Allow
}

/// What makes two additions under one id the same.
pub(in crate::store) fn digest(title: &str, text: &str) -> [u8; 32] {
    Sha256::new().chain_update(title).chain_update([0]).chain_update(text).finalize().into()
}

/// The order that is asked for: those named that there are, then the others as they stand.
pub(in crate::store) fn ordered(now: &[QuickReplyId], asked: &[QuickReplyId]) -> Vec<QuickReplyId> {
    let mut order: Vec<QuickReplyId> = Vec::with_capacity(now.len());
    for id in asked.iter().chain(now) {
        if now.contains(id) && !order.contains(id) {
            order.push(*id);
        }
    }
    order
}

/// That what an account may use has changed.
pub(in crate::store) fn delivery(account_id: AccountId, feed_seq: FeedSeq) -> Delivery {
    Delivery { account_id, event: FeedEvent { feed_seq, change: Change::QuickReplies } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_loses_nothing_and_takes_nothing_in() {
        let ids = |numbers: &[i64]| numbers.iter().copied().map(QuickReplyId).collect::<Vec<_>>();
        assert_eq!(ordered(&ids(&[1, 2, 3, 4]), &ids(&[3, 9, 1, 3])), ids(&[3, 1, 2, 4]));
        assert_eq!(ordered(&ids(&[1, 2]), &[]), ids(&[1, 2]));
    }
}
