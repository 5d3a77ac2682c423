//! Who is there, by one's own sockets and by what other servers say; who is to be told. Pure: a clock comes with each event.
//!
//! Somebody is there while they have a socket anywhere, and for a moment after the last was closed. What another server
//! says holds until it says something else, or has said nothing for too long.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use bedside_protocol::{AccountId, Timestamp, limits};
use serde::{Deserialize, Serialize};

use super::{Presence, State};
use crate::bus::NodeId;
use crate::store::Acquaintances;

/// How often a server says who is there.
pub(super) const BEAT_EVERY: Duration = Duration::from_secs(15);
/// A server that has not said so for this long is dead: two beats may be lost.
const BEAT_LASTS: Duration = Duration::from_secs(45);

/// This moment, by both clocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    /// By the one that never jumps.
    pub(super) passed: Duration,
    /// By the one that people read.
    pub(super) wall: Timestamp,
}

/// Everybody of whom something is known.
#[derive(Debug, Default)]
pub(super) struct Table {
    people: HashMap<AccountId, Person>,
    /// Whom each account with a socket here is told of.
    knows: HashMap<AccountId, BTreeSet<AccountId>>,
}

/// One of them.
#[derive(Debug, Default)]
struct Person {
    /// Those here.
    sockets: usize,
    hidden: bool,
    /// When the last socket here was closed, until that is believed.
    left: Option<Now>,
    /// Until when another server's word holds, and when it was given.
    elsewhere: BTreeMap<NodeId, Heard>,
    seen: Option<Timestamp>,
    /// Accounts with a socket here that are told.
    watchers: BTreeSet<AccountId>,
    /// What they were told last.
    told: State,
}

#[derive(Clone, Copy, Debug)]
struct Heard {
    until: Duration,
    at: Timestamp,
}

/// What is to be done after an event.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Whom to tell what, of those with a socket here.
    pub(super) tell: Vec<(AccountId, Presence)>,
    /// What to tell other servers.
    pub(super) news: News,
    /// What to keep.
    pub(super) seen: BTreeMap<AccountId, Timestamp>,
}

/// What servers tell each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct News {
    /// These have a socket at the server that says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) online: Vec<AccountId>,
    /// These have none there any more, since then; without a moment they hide it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) left: Vec<(AccountId, Option<Timestamp>)>,
}

impl Person {
    fn is_here(&self) -> bool {
        self.sockets > 0 || self.left.is_some()
    }

    fn state(&self) -> State {
        match self.seen {
            _ if self.hidden => State::Unknown,
            _ if self.is_here() || !self.elsewhere.is_empty() => State::Online,
            Some(at) => State::Left(at),
            None => State::Unknown,
        }
    }

    fn was_seen(&mut self, at: Timestamp) {
        self.seen = self.seen.max(Some(at));
    }

    fn is_forgettable(&self) -> bool {
        !self.is_here() && self.elsewhere.is_empty() && self.watchers.is_empty()
    }
}

impl Table {
    /// Somebody has opened a socket here; what they are to be told of others.
    pub(super) fn came(&mut self, account: AccountId, known: &Acquaintances) -> (Vec<Presence>, Outcome) {
        let mut outcome = Outcome::default();
        self.meet(account, known, &mut outcome);
        let person = self.people.entry(account).or_default();
        let was_here = person.is_here();
        person.sockets += 1;
        person.left = None;
        if !was_here && !person.hidden {
            outcome.news.online.push(account);
        }
        self.settle(account, &mut outcome);
        let told = self.view(account, known).filter(|presence| presence.state != State::Unknown);
        (told.collect(), outcome)
    }

    /// Something about somebody with a socket here may have changed: whom they know, or whether they hide. What they
    /// are to be told of others, that nothing is known of some included.
    pub(super) fn again(&mut self, account: AccountId, known: &Acquaintances) -> (Vec<Presence>, Outcome) {
        let mut outcome = Outcome::default();
        let was_hidden = self.people.get(&account).is_some_and(|person| person.hidden);
        self.meet(account, known, &mut outcome);
        match (was_hidden, known.hidden) {
            (false, true) => outcome.news.left.push((account, None)),
            (true, false) => outcome.news.online.push(account),
            (false, false) | (true, true) => {}
        }
        self.settle(account, &mut outcome);
        (self.view(account, known).collect(), outcome)
    }

    /// Whether somebody has a socket anywhere, or had one a moment ago.
    pub(super) fn is_there(&self, account: AccountId) -> bool {
        self.people.get(&account).is_some_and(|person| person.is_here() || !person.elsewhere.is_empty())
    }

    /// One of somebody's sockets here was closed.
    pub(super) fn went(&mut self, account: AccountId, now: Now) {
        let Some(person) = self.people.get_mut(&account) else { return };
        person.sockets = person.sockets.saturating_sub(1);
        if person.sockets == 0 {
            person.left = (!person.hidden).then_some(now);
            self.know(account, BTreeSet::new());
            self.forget(account);
        }
    }

    /// Another server tells.
    pub(super) fn heard(&mut self, node: NodeId, news: &News, now: Now) -> Outcome {
        let mut outcome = Outcome::default();
        for account in &news.online {
            let person = self.people.entry(*account).or_default();
            person.hidden &= person.sockets > 0;
            person.elsewhere.insert(node, Heard { until: now.passed + BEAT_LASTS, at: now.wall });
            self.settle(*account, &mut outcome);
        }
        for (account, seen) in &news.left {
            let Some(person) = self.people.get_mut(account) else { continue };
            person.elsewhere.remove(&node);
            match seen {
                Some(at) => person.was_seen(*at),
                None if person.sockets == 0 => person.hidden = true,
                None => {}
            }
            self.settle(*account, &mut outcome);
            self.forget(*account);
        }
        outcome
    }

    /// Time has passed.
    pub(super) fn tick(&mut self, now: Now) -> Outcome {
        let mut outcome = Outcome::default();
        let due: Vec<AccountId> = self.people.keys().copied().collect();
        for account in due {
            if self.pass(account, now, &mut outcome) {
                self.settle(account, &mut outcome);
                self.forget(account);
            }
        }
        outcome
    }

    /// Whether time changed anything about somebody.
    fn pass(&mut self, account: AccountId, now: Now, outcome: &mut Outcome) -> bool {
        let Some(person) = self.people.get_mut(&account) else { return false };
        let gone =
            person.left.filter(|left| now.passed.saturating_sub(left.passed) >= limits::PRESENCE_GRACE);
        if let Some(left) = gone {
            person.left = None;
            person.was_seen(left.wall);
            outcome.news.left.push((account, person.seen.filter(|_| !person.hidden)));
        }
        let dead: Vec<Heard> =
            person.elsewhere.values().filter(|word| word.until <= now.passed).copied().collect();
        person.elsewhere.retain(|_, word| word.until > now.passed);
        dead.iter().for_each(|word| person.was_seen(word.at));
        let changed = gone.is_some() || !dead.is_empty();
        if let (true, State::Left(at)) = (changed, person.state()) {
            outcome.seen.insert(account, at);
        }
        changed
    }

    /// Who is here, for those who may have missed it.
    pub(super) fn beat(&self) -> News {
        let here = self.people.iter().filter(|(_, person)| person.is_here() && !person.hidden);
        News { online: here.map(|(account, _)| *account).collect(), left: Vec::new() }
    }

    /// Whether time will change anything.
    pub(super) fn is_restless(&self) -> bool {
        self.people.values().any(|person| person.left.is_some() || !person.elsewhere.is_empty())
    }

    /// Whether there is anybody to say a beat of.
    pub(super) fn has_anybody(&self) -> bool {
        self.people.values().any(Person::is_here)
    }

    /// The server closes: those who had a socket here were seen until now, or until they left.
    pub(super) fn closing(&self, now: Now) -> BTreeMap<AccountId, Timestamp> {
        let here = self.people.iter().filter(|(_, person)| person.is_here() && !person.hidden);
        here.map(|(account, person)| (*account, person.left.map_or(now.wall, |left| left.wall))).collect()
    }

    /// Takes in what the store says of somebody and of those they know. Of who has a socket here, only their own
    /// reading counts: it is the later one.
    fn meet(&mut self, account: AccountId, known: &Acquaintances, outcome: &mut Outcome) {
        self.people.entry(account).or_default().hidden = known.hidden;
        for other in &known.people {
            let person = self.people.entry(other.account_id).or_default();
            if person.sockets == 0 && person.elsewhere.is_empty() {
                person.hidden = other.hidden;
            }
            person.seen = person.seen.max(other.seen_at);
            self.settle(other.account_id, outcome);
        }
        let told = known.people.iter().map(|other| other.account_id).filter(|_| !known.hidden);
        self.know(account, told.collect());
        known.people.iter().for_each(|other| self.forget(other.account_id));
    }

    /// From now on an account is told of these, and of nobody else.
    fn know(&mut self, account: AccountId, others: BTreeSet<AccountId>) {
        let before = self.knows.remove(&account).unwrap_or_default();
        for other in before.difference(&others) {
            if let Some(person) = self.people.get_mut(other) {
                person.watchers.remove(&account);
            }
            self.forget(*other);
        }
        for other in &others {
            self.people.entry(*other).or_default().watchers.insert(account);
        }
        if !others.is_empty() {
            self.knows.insert(account, others);
        }
    }

    /// What is known of those whom somebody knows; of who hides, nothing, and they are told nothing.
    fn view<'a>(
        &'a self,
        account: AccountId,
        known: &'a Acquaintances,
    ) -> impl Iterator<Item = Presence> + 'a {
        let told = self.knows.get(&account);
        known.people.iter().map(move |other| {
            let person = self.people.get(&other.account_id);
            let told = person.filter(|_| told.is_some_and(|told| told.contains(&other.account_id)));
            Presence { account: other.account_id, state: told.map(Person::state).unwrap_or_default() }
        })
    }

    /// Tells those who watch somebody what is so now, if it is something else.
    fn settle(&mut self, account: AccountId, outcome: &mut Outcome) {
        let Some(person) = self.people.get_mut(&account) else { return };
        let state = person.state();
        if std::mem::replace(&mut person.told, state) != state {
            let told = person.watchers.iter().map(|watcher| (*watcher, Presence { account, state }));
            outcome.tell.extend(told);
        }
    }

    fn forget(&mut self, account: AccountId) {
        if self.people.get(&account).is_some_and(Person::is_forgettable) {
            self.people.remove(&account);
        }
    }
}
