//! Drafts of several devices of one person, brought together: by example, and whatever is written where and when.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::collections::BTreeSet;

use bedside_core::drafts::{beside, merged, offered};
use bedside_protocol::MessageId;
use bedside_protocol::wire::{DraftContent, DraftText};
use proptest::prelude::*;

fn text(text: &str) -> DraftText {
    DraftText { text: text.into(), reply_to: None }
}

fn only(draft: &str) -> DraftContent {
    DraftContent { draft: text(draft), other: None }
}

fn with(draft: &str, other: &str) -> DraftContent {
    DraftContent { draft: text(draft), other: Some(text(other)) }
}

#[test]
fn what_only_one_device_has_changed_is_as_that_one_has_it() {
    let base = only("Dear Ana");
    assert_eq!(merged(&base, &base, &only("Dear Ana, hello")), only("Dear Ana, hello"));
    assert_eq!(merged(&base, &base, &only("")), only(""), "it was sent there");
    assert_eq!(merged(&only("Dear"), &base, &base), only("Dear"));
}

#[test]
fn of_two_texts_that_have_both_changed_one_stays_and_the_other_is_offered() {
    let base = only("a");
    assert_eq!(merged(&only("a b"), &base, &only("c a")), with("a b", "c a"));
    assert_eq!(merged(&only(""), &base, &only("a c")), with("", "a c"), "it was sent here");
    assert_eq!(merged(&only("a b"), &base, &only("")), only("a b"), "there is nothing to offer");
}

#[test]
fn a_text_that_goes_on_where_the_other_ends_loses_nothing_of_it() {
    let base = only("");
    assert_eq!(merged(&only("Dear Ana"), &base, &only("Dear")), only("Dear Ana"));
    assert_eq!(merged(&only("Dear"), &base, &only("Dear Ana")), only("Dear Ana"));
}

#[test]
fn what_is_offered_already_is_offered_once_and_a_third_text_beside_it() {
    let base = with("a", "x");
    assert_eq!(merged(&with("a b", "x"), &base, &with("c", "x")), with("a b", "x\n\nc"));
    assert_eq!(offered(with("a", "x c y"), Some(text("c"))), with("a", "x c y"));
    assert_eq!(merged(&only("a"), &base, &base), only("a"), "what was decided here is decided");
    assert_eq!(merged(&base, &base, &only("a")), only("a"), "and there");
}

#[test]
fn of_another_life_nothing_comes_into_the_box() {
    assert_eq!(beside(&only(""), &only("sent since")), with("", "sent since"));
    assert_eq!(beside(&only("Dear Ana"), &only("Dear")), only("Dear Ana"));
    assert_eq!(beside(&only("Dear"), &with("Dear", "x")), with("Dear", "x"));
}

#[test]
fn what_is_replied_to_stays_with_a_text_that_goes_on() {
    let reply = |draft: &str, id| DraftText { text: draft.into(), reply_to: Some(MessageId(id)) };
    let local = DraftContent { draft: text("Yes, at"), other: None };
    let remote = DraftContent { draft: reply("Yes", 3), other: None };
    assert_eq!(merged(&local, &only(""), &remote).draft, reply("Yes, at", 3));
}

/// A device as the cache keeps it: what is written, and what the server had when last heard.
#[derive(Clone, Default)]
struct Device {
    local: DraftContent,
    version: u64,
    base: DraftContent,
}

#[derive(Default)]
struct Clinic {
    version: u64,
    content: DraftContent,
    devices: Vec<Device>,
    /// Words, each written once.
    written: BTreeSet<String>,
    actions: u64,
    /// Words that somebody has taken out.
    removed: BTreeSet<String>,
}

fn words(content: &DraftContent) -> BTreeSet<String> {
    let texts = [Some(&content.draft), content.other.as_ref()];
    texts.into_iter().flatten().flat_map(|one| one.text.split_whitespace()).map(str::to_owned).collect()
}

impl Clinic {
    fn with(devices: usize) -> Self {
        Clinic { devices: vec![Device::default(); devices], ..Clinic::default() }
    }

    fn hear(&mut self, at: usize) {
        let device = &mut self.devices[at];
        if self.version > device.version {
            device.local = merged(&device.local, &device.base, &self.content);
            (device.version, device.base) = (self.version, self.content.clone());
        }
    }

    /// Puts what is written, unless another device was first: then what it has put is heard.
    fn put(&mut self, at: usize) {
        let device = &mut self.devices[at];
        if device.local == device.base {
            return;
        }
        if device.version != self.version {
            return self.hear(at);
        }
        self.version += 1;
        self.content = device.local.clone();
        (device.version, device.base) = (self.version, self.content.clone());
    }

    fn change(&mut self, at: usize, how: impl FnOnce(DraftContent) -> DraftContent) {
        let before = self.devices[at].local.clone();
        let after = how(before.clone());
        self.removed.extend(words(&before).difference(&words(&after)).cloned());
        self.written.extend(words(&after));
        self.devices[at].local = after;
    }

    fn act(&mut self, action: u8, at: usize) {
        let at = at % self.devices.len();
        self.actions += 1;
        let word = format!("<{}>", self.actions);
        match action % 12 {
            0..=2 => self.change(at, |held| {
                let draft = text(format!("{} {word}", held.draft.text).trim());
                DraftContent { draft, ..held }
            }),
            3..=4 => self.change(at, |held| {
                let draft = text(format!("{word} {}", held.draft.text).trim());
                DraftContent { draft, ..held }
            }),
            5 => self.change(at, |held| DraftContent { draft: text(""), ..held }),
            6 => self.change(at, |held| DraftContent { other: None, ..held }),
            7 => self.change(at, |held| match held.other {
                Some(other) => offered(DraftContent { draft: other, other: None }, Some(held.draft)),
                None => held,
            }),
            8..=9 => self.put(at),
            _ => self.hear(at),
        }
    }

    fn settle(&mut self) {
        for _ in 0..4 * self.devices.len() {
            for at in 0..self.devices.len() {
                self.put(at);
                self.hear(at);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_device_ends_with_the_same_and_no_word_is_lost(
        devices in 2_usize..4,
        actions in proptest::collection::vec(any::<(u8, usize)>(), 0..60),
    ) {
        let mut clinic = Clinic::with(devices);
        actions.into_iter().for_each(|(action, at)| clinic.act(action, at));
        clinic.settle();
        let ends = words(&clinic.content);
        for device in &clinic.devices {
            prop_assert_eq!(&device.local, &clinic.content);
        }
        let kept = ends.union(&clinic.removed).cloned().collect();
        let lost: Vec<&String> = clinic.written.difference(&kept).collect();
        prop_assert!(lost.is_empty(), "{:?} is lost, there is {:?}", lost, ends);
    }
}
