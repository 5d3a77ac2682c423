//! What is still to be told: merged as it comes, bounded, never waiting.

use std::collections::{BTreeMap, BTreeSet};

use bedside_protocol::{AccountId, FeedSeq, RoomId, Timestamp};

use super::signal::Signal;
use crate::hub::Typing;
use crate::presence::News;
use crate::rate::Rate;

/// Accounts or sessions that may wait, a busy second of a large clinic; beyond it, one "look" says it all.
const WAITING_MAX: usize = 10_000;
/// People of whom it waits to be told that they type; of more, nothing is told.
const TYPING_MAX: usize = 500;

/// Signals that wait to be told.
#[derive(Default)]
pub(super) struct Unsent {
    wakes: BTreeMap<AccountId, FeedSeq>,
    /// When the first of the wakes was committed.
    committed_at: Option<Timestamp>,
    revoked: BTreeSet<(AccountId, i64)>,
    spent: BTreeMap<Rate, u32>,
    typing: BTreeMap<(AccountId, RoomId, AccountId), bool>,
    changed: BTreeSet<AccountId>,
    /// The last word on who has come or left.
    presence: BTreeMap<AccountId, Word>,
    /// Stands for everything.
    look: bool,
}

/// Whether somebody is there.
#[derive(Clone, Copy)]
enum Word {
    Here,
    /// Since then; without a moment they hide it.
    Gone(Option<Timestamp>),
}

impl Unsent {
    /// Adds a signal to what waits.
    pub(super) fn add(&mut self, signal: Signal) {
        if self.look {
            return;
        }
        match signal {
            Signal::Wake { accounts, committed_at } => {
                self.committed_at = self.committed_at.into_iter().chain(committed_at).min();
                for (account, up_to) in accounts {
                    let place = self.wakes.entry(account).or_default();
                    *place = up_to.max(*place);
                }
            }
            Signal::Revoked { account, session_id } => {
                self.revoked.insert((account, session_id));
            }
            Signal::Spent { rates } => {
                for (rate, tokens) in rates {
                    let taken = self.spent.entry(rate).or_default();
                    *taken = taken.saturating_add(tokens);
                }
            }
            Signal::Typing { to, typing } => {
                let key = (to, typing.room, typing.account);
                if self.typing.len() < TYPING_MAX || self.typing.contains_key(&key) {
                    self.typing.insert(key, typing.typing);
                }
            }
            Signal::Changed { accounts } => self.changed.extend(accounts),
            Signal::Presence(News { online, left }) => {
                self.presence.extend(online.into_iter().map(|account| (account, Word::Here)));
                self.presence.extend(left.into_iter().map(|(account, at)| (account, Word::Gone(at))));
            }
            Signal::Look => self.give_up_details(),
            Signal::NoRedis | Signal::Unknown => {} // No server says these here.
        }
        if self.spent.len() > WAITING_MAX {
            self.spent.clear(); // Then limits hold for each server by itself.
        }
        if self.presence.len() > WAITING_MAX {
            self.presence.clear(); // Made good by the next beat, and by silence.
        }
        if self.wakes.len().max(self.revoked.len()).max(self.changed.len()) > WAITING_MAX {
            self.give_up_details();
        }
    }

    fn give_up_details(&mut self) {
        *self = Unsent { look: true, ..Unsent::default() };
    }

    /// Takes everything out.
    pub(super) fn take(&mut self) -> Vec<Signal> {
        let Unsent { wakes, committed_at, revoked, spent, typing, changed, presence, look } =
            std::mem::take(self);
        if look {
            return vec![Signal::Look];
        }
        let mut signals: Vec<Signal> = revoked
            .into_iter()
            .map(|(account, session_id)| Signal::Revoked { account, session_id })
            .collect();
        if !wakes.is_empty() {
            signals.push(Signal::Wake { accounts: wakes.into_iter().collect(), committed_at });
        }
        if !changed.is_empty() {
            signals.push(Signal::Changed { accounts: changed.into_iter().collect() });
        }
        if !spent.is_empty() {
            signals.push(Signal::Spent { rates: spent.into_iter().collect() });
        }
        signals.extend(typing.into_iter().map(|((to, room, account), typing)| Signal::Typing {
            to,
            typing: Typing { room, account, typing },
        }));
        if !presence.is_empty() {
            signals.push(Signal::Presence(news(presence)));
        }
        signals
    }
}

fn news(words: BTreeMap<AccountId, Word>) -> News {
    let mut news = News::default();
    for (account, word) in words {
        match word {
            Word::Here => news.online.push(account),
            Word::Gone(at) => news.left.push((account, at)),
        }
    }
    news
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wake(account: i64, up_to: i64) -> Signal {
        let committed_at = Some(Timestamp(up_to));
        Signal::Wake { accounts: vec![(AccountId(account), FeedSeq(up_to))], committed_at }
    }

    #[test]
    fn wakes_of_one_account_are_one() {
        let mut unsent = Unsent::default();
        for (account, up_to) in [(1, 5), (2, 1), (1, 7), (1, 6)] {
            unsent.add(wake(account, up_to));
        }
        unsent.add(Signal::Revoked { account: AccountId(3), session_id: 9 });
        let accounts = vec![(AccountId(1), FeedSeq(7)), (AccountId(2), FeedSeq(1))];
        let wake = Signal::Wake { accounts, committed_at: Some(Timestamp(1)) };
        let expected = [Signal::Revoked { account: AccountId(3), session_id: 9 }, wake];
        assert_eq!(unsent.take(), expected);
        assert_eq!(unsent.take(), []);
    }

    #[test]
    fn the_last_word_on_typing_is_told_and_too_many_are_not() {
        let mut unsent = Unsent::default();
        let typing = |account: i64, typing| {
            let typing = Typing { room: RoomId(account), account: AccountId(account), typing };
            Signal::Typing { to: AccountId(0), typing }
        };
        for on in [true, false] {
            unsent.add(typing(1, on));
        }
        assert_eq!(unsent.take(), [typing(1, false)]);
        (0..=1_000).for_each(|account| unsent.add(typing(account, true)));
        assert_eq!(unsent.take().len(), TYPING_MAX);
    }

    #[test]
    fn of_who_comes_and_goes_the_last_word_is_told() {
        let mut unsent = Unsent::default();
        let (ana, ben) = (AccountId(1), AccountId(2));
        unsent.add(Signal::Presence(News { online: vec![ana, ben], left: vec![] }));
        let left = News { online: vec![], left: vec![(ben, Some(Timestamp(5)))] };
        unsent.add(Signal::Presence(left.clone()));
        assert_eq!(unsent.take(), [Signal::Presence(News { online: vec![ana], ..left })]);
    }

    #[test]
    fn more_than_may_wait_becomes_one_look() {
        let mut unsent = Unsent::default();
        for account in 0..=10_000 {
            unsent.add(wake(account, 1));
        }
        unsent.add(wake(1, 2));
        assert_eq!(unsent.take(), [Signal::Look]);
        unsent.add(wake(1, 3));
        assert_eq!(unsent.take(), [wake(1, 3)]);
    }
}
