//! Who is there and who is told, event by event.

use uuid::Uuid;

use super::*;
use crate::store::Acquaintance;

const ANA: AccountId = AccountId(1);
const BEN: AccountId = AccountId(2);
const DREW: AccountId = AccountId(3);
const THERE: NodeId = Uuid::from_u128(1);
const ELSEWHERE: NodeId = Uuid::from_u128(2);

/// So many seconds after the beginning.
fn at(seconds: u64) -> Now {
    let millis = i64::try_from(seconds).unwrap() * 1_000;
    Now { passed: Duration::from_secs(seconds), wall: Timestamp(millis) }
}

fn left(seconds: i64) -> State {
    State::Left(Timestamp(seconds * 1_000))
}

/// Somebody who hides nothing knows these, of whom nothing was noted.
fn knows(others: &[AccountId]) -> Acquaintances {
    let people = others.iter().map(|account_id| acquaintance(*account_id));
    Acquaintances { hidden: false, people: people.collect() }
}

fn acquaintance(account_id: AccountId) -> Acquaintance {
    Acquaintance { account_id, hidden: false, seen_at: None }
}

fn hidden(others: &[AccountId]) -> Acquaintances {
    Acquaintances { hidden: true, ..knows(others) }
}

fn online(accounts: &[AccountId]) -> News {
    News { online: accounts.to_vec(), left: vec![] }
}

/// What is told, by whom it is told to and of whom.
fn told(outcome: &Outcome) -> Vec<(AccountId, AccountId, State)> {
    outcome.tell.iter().map(|(to, presence)| (*to, presence.account, presence.state)).collect()
}

/// Drew is connected here and knows Ana and Ben.
fn with_drew() -> Table {
    let mut table = Table::default();
    table.came(DREW, &knows(&[ANA, BEN]));
    table
}

#[test]
fn who_comes_is_told_to_those_they_know_and_is_told_of_them() {
    let mut table = with_drew();
    let (view, outcome) = table.came(ANA, &knows(&[DREW]));
    assert_eq!(view, [Presence { account: DREW, state: State::Online }]);
    assert_eq!(told(&outcome), [(DREW, ANA, State::Online)]);
    assert_eq!(outcome.news, online(&[ANA]));
    let (_, second) = table.came(ANA, &knows(&[DREW]));
    assert_eq!(second, Outcome::default(), "another socket is no news");
}

#[test]
fn who_goes_is_away_after_a_while_and_then_since_they_went() {
    let mut table = with_drew();
    table.came(ANA, &knows(&[DREW]));
    table.came(ANA, &knows(&[DREW]));
    table.went(ANA, at(10));
    assert!(!table.is_restless(), "one socket is left");
    table.went(ANA, at(20));
    assert!(table.is_restless());
    assert_eq!(table.tick(at(29)), Outcome::default());
    let outcome = table.tick(at(30));
    assert_eq!(told(&outcome), [(DREW, ANA, left(20))]);
    assert_eq!(outcome.news.left, [(ANA, Some(at(20).wall))]);
    assert_eq!(outcome.seen, BTreeMap::from([(ANA, at(20).wall)]));
    assert!(!table.is_restless());
}

#[test]
fn who_comes_back_at_once_was_never_away() {
    let mut table = with_drew();
    table.came(ANA, &knows(&[DREW]));
    table.went(ANA, at(20));
    let (_, outcome) = table.came(ANA, &knows(&[DREW]));
    assert_eq!(outcome, Outcome::default());
    assert_eq!(table.tick(at(60)), Outcome::default());
}

#[test]
fn a_stranger_is_neither_told_nor_told_of() {
    let mut table = with_drew();
    let (view, outcome) = table.came(AccountId(9), &knows(&[]));
    assert_eq!((view, told(&outcome)), (vec![], vec![]));
}

#[test]
fn who_hides_is_neither_told_of_nor_told() {
    let mut table = with_drew();
    let (view, outcome) = table.came(ANA, &hidden(&[DREW]));
    assert_eq!((view, outcome), (vec![], Outcome::default()));
    assert_eq!(table.beat(), online(&[DREW]));
    table.went(DREW, at(5));
    assert_eq!(told(&table.tick(at(15))), []);
    table.went(ANA, at(20));
    assert_eq!(table.tick(at(60)), Outcome::default(), "nor when they go");
}

#[test]
fn hiding_and_showing_oneself_is_told_at_once() {
    let mut table = with_drew();
    table.came(ANA, &knows(&[DREW]));
    let (view, outcome) = table.again(ANA, &hidden(&[DREW]));
    assert_eq!(view, [Presence { account: DREW, state: State::Unknown }], "forgotten");
    assert_eq!(told(&outcome), [(DREW, ANA, State::Unknown)]);
    assert_eq!(outcome.news.left, [(ANA, None)]);
    let (view, outcome) = table.again(ANA, &knows(&[DREW]));
    assert_eq!(view, [Presence { account: DREW, state: State::Online }]);
    assert_eq!(told(&outcome), [(DREW, ANA, State::Online)]);
    assert_eq!(outcome.news, online(&[ANA]));
}

#[test]
fn once_a_link_has_ended_nothing_is_told() {
    let mut table = with_drew();
    table.came(ANA, &knows(&[DREW]));
    table.again(DREW, &knows(&[BEN]));
    table.again(ANA, &knows(&[]));
    table.went(ANA, at(5));
    assert_eq!(told(&table.tick(at(60))), []);
    table.went(DREW, at(60));
    assert_eq!(told(&table.tick(at(90))), []);
}

#[test]
fn what_was_noted_is_told_of_who_is_away_unless_they_hide_it() {
    let seen = |hidden| Acquaintance { hidden, seen_at: Some(Timestamp(7_000)), ..acquaintance(ANA) };
    let table = |ana| Acquaintances { hidden: false, people: vec![ana, acquaintance(BEN)] };
    let (view, _) = Table::default().came(DREW, &table(seen(false)));
    assert_eq!(view, [Presence { account: ANA, state: left(7) }]);
    let (view, _) = Table::default().came(DREW, &table(seen(true)));
    assert_eq!(view, []);
}

#[test]
fn another_servers_people_are_there_until_it_says_otherwise() {
    let mut table = with_drew();
    let outcome = table.heard(THERE, &online(&[ANA]), at(0));
    assert_eq!(told(&outcome), [(DREW, ANA, State::Online)]);
    assert_eq!(outcome.news, News::default(), "it is not passed on");
    let gone = News { online: vec![], left: vec![(ANA, Some(at(9).wall))] };
    table.heard(ELSEWHERE, &online(&[ANA]), at(5));
    assert_eq!(told(&table.heard(THERE, &gone, at(20))), [], "still at the other server");
    assert_eq!(told(&table.heard(ELSEWHERE, &gone, at(20))), [(DREW, ANA, left(9))]);
}

#[test]
fn a_server_that_has_died_takes_its_people_with_it_after_a_bounded_time() {
    let mut table = with_drew();
    table.heard(THERE, &online(&[ANA, BEN]), at(0));
    table.heard(ELSEWHERE, &online(&[BEN]), at(0));
    for beat in [15, 30, 45, 60] {
        table.heard(ELSEWHERE, &online(&[BEN]), at(beat));
    }
    assert_eq!(table.tick(at(44)), Outcome::default());
    let outcome = table.tick(at(45));
    assert_eq!(told(&outcome), [(DREW, ANA, left(0))], "seen when last heard of");
    assert_eq!(outcome.seen, BTreeMap::from([(ANA, at(0).wall)]));
}

#[test]
fn somebody_who_hides_at_another_server_is_not_known_here() {
    let mut table = with_drew();
    table.heard(THERE, &online(&[ANA]), at(0));
    let hides = News { online: vec![], left: vec![(ANA, None)] };
    assert_eq!(told(&table.heard(THERE, &hides, at(1))), [(DREW, ANA, State::Unknown)]);
    assert_eq!(told(&table.heard(THERE, &online(&[ANA]), at(2))), [(DREW, ANA, State::Online)]);
}

#[test]
fn a_closing_server_keeps_who_was_there() {
    let mut table = with_drew();
    table.came(ANA, &knows(&[DREW]));
    table.came(BEN, &hidden(&[DREW]));
    table.went(ANA, at(3));
    assert_eq!(table.closing(at(5)), BTreeMap::from([(ANA, at(3).wall), (DREW, at(5).wall)]));
}

#[test]
fn nobody_is_kept_in_mind_for_nothing() {
    let mut table = with_drew();
    table.came(ANA, &knows(&[DREW]));
    table.heard(THERE, &online(&[BEN]), at(0));
    for account in [ANA, DREW] {
        table.went(account, at(1));
    }
    table.tick(at(100));
    assert!(table.people.is_empty() && table.knows.is_empty());
}
