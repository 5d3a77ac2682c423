//! Puts a channel's messages in order: the webview may hand them over in any.

use std::collections::BTreeMap;

/// Holds what came too early.
#[derive(Debug, Default)]
pub(crate) struct Sequence<T> {
    next: u64,
    early: BTreeMap<u64, T>,
}

/// More early messages than this mean that one was lost.
const EARLY_MAX: usize = 64;

impl<T> Sequence<T> {
    /// Takes a message and gives out what is now in order.
    pub(crate) fn accept(&mut self, index: u64, message: T) -> Vec<T> {
        if index >= self.next {
            self.early.insert(index, message);
        }
        let mut ready = Vec::new();
        while let Some(message) = self.early.remove(&self.next) {
            self.next += 1;
            ready.push(message);
        }
        ready
    }

    /// Whether a message was surely lost.
    pub(crate) fn is_broken(&self) -> bool {
        self.early.len() > EARLY_MAX
    }

    /// Whether a message is missing for now.
    pub(crate) fn has_hole(&self) -> bool {
        !self.early.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_out_in_order_and_once() {
        let mut sequence = Sequence::default();
        assert_eq!(sequence.accept(1, 'b'), []);
        assert!(sequence.has_hole());
        assert_eq!(sequence.accept(0, 'a'), ['a', 'b']);
        assert_eq!(sequence.accept(1, 'b'), []);
        assert_eq!(sequence.accept(2, 'c'), ['c']);
        assert!(!sequence.has_hole());
    }

    #[test]
    fn a_lost_message_is_noticed() {
        let mut sequence = Sequence::default();
        for index in 1..=65 {
            assert!(!sequence.is_broken());
            sequence.accept(index, ());
        }
        assert!(sequence.is_broken());
    }
}
