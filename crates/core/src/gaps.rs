//! Stretches of a room that are not held, as disjoint ascending intervals (both ends inclusive).

use bedside_protocol::RoomSeq;

/// What is missing of one room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    stretches: Vec<(i64, i64)>,
}

impl Gaps {
    /// From stretches in any order; empty ones are dropped, overlapping ones joined.
    #[must_use]
    pub fn new(stretches: &[(RoomSeq, RoomSeq)]) -> Self {
        let mut gaps = Gaps::default();
        for (from, to) in stretches {
            gaps.add(*from, *to);
        }
        gaps
    }

    /// Adds a stretch that is not held.
    pub fn add(&mut self, from: RoomSeq, to: RoomSeq) {
        let (mut from, mut to) = (from.0.max(1), to.0);
        if from > to {
            return;
        }
        self.stretches.retain(|(a, b)| {
            let touches = *a <= to.saturating_add(1) && from <= b.saturating_add(1);
            if touches {
                from = from.min(*a);
                to = to.max(*b);
            }
            !touches
        });
        let place = self.stretches.partition_point(|(a, _)| *a < from);
        self.stretches.insert(place, (from, to));
    }

    /// Removes what has been applied between two places.
    pub fn cover(&mut self, from: RoomSeq, to: RoomSeq) {
        if from > to || !self.stretches.iter().any(|(a, b)| *a <= to.0 && from.0 <= *b) {
            return;
        }
        let mut kept = Vec::with_capacity(self.stretches.len() + 1);
        for (a, b) in &self.stretches {
            if *b < from.0 || *a > to.0 {
                kept.push((*a, *b));
                continue;
            }
            if *a < from.0 {
                kept.push((*a, from.0.saturating_sub(1)));
            }
            if *b > to.0 {
                kept.push((to.0.saturating_add(1), *b));
            }
        }
        self.stretches = kept;
    }

    /// Whether a place is missing.
    #[must_use]
    pub fn contains(&self, seq: RoomSeq) -> bool {
        self.stretches.iter().any(|(a, b)| (*a..=*b).contains(&seq.0))
    }

    /// The newest stretch.
    #[must_use]
    pub fn newest(&self) -> Option<(RoomSeq, RoomSeq)> {
        self.stretches.last().map(|(a, b)| (RoomSeq(*a), RoomSeq(*b)))
    }

    /// The stretches, ascending.
    pub fn stretches(&self) -> impl Iterator<Item = (RoomSeq, RoomSeq)> + '_ {
        self.stretches.iter().map(|(a, b)| (RoomSeq(*a), RoomSeq(*b)))
    }

    /// How many places between two (inclusive) are missing.
    #[must_use]
    pub fn count(&self, from: RoomSeq, to: RoomSeq) -> i64 {
        let within = self.stretches.iter().map(|(a, b)| ((*a).max(from.0), (*b).min(to.0)));
        within.filter(|(a, b)| a <= b).map(|(a, b)| b.saturating_sub(a).saturating_add(1)).sum()
    }

    /// Whether nothing is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_at_the_end_of_all_numbers_do_not_overflow() {
        let mut gaps = Gaps::default();
        gaps.add(RoomSeq(5), RoomSeq(i64::MAX));
        gaps.add(RoomSeq(i64::MAX), RoomSeq(i64::MAX));
        assert_eq!(gaps.newest(), Some((RoomSeq(5), RoomSeq(i64::MAX))));
        gaps.cover(RoomSeq(i64::MIN), RoomSeq(i64::MAX));
        assert!(gaps.is_empty());
    }

    proptest! {
        #[test]
        fn gaps_behave_like_a_set_of_places(steps in proptest::collection::vec((any::<bool>(), 1i64..30, 0i64..8), 0..40)) {
            let (mut gaps, mut model) = (Gaps::default(), BTreeSet::new());
            for (adds, from, length) in steps {
                let places = from..from + length;
                let (from, to) = (RoomSeq(from), RoomSeq(from + length - 1));
                if adds {
                    gaps.add(from, to);
                    model.extend(places);
                } else {
                    gaps.cover(from, to);
                    model.retain(|place| !places.contains(place));
                }
                prop_assert!((1..40).all(|place| gaps.contains(RoomSeq(place)) == model.contains(&place)));
                prop_assert!(gaps.stretches.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0));
                let between = model.iter().filter(|place| (5..=20).contains(*place)).count();
                prop_assert_eq!(gaps.count(RoomSeq(5), RoomSeq(20)), i64::try_from(between).unwrap());
                prop_assert_eq!(gaps.newest().map(|(_, to)| to.0), model.last().copied());
                prop_assert_eq!(gaps.is_empty(), model.is_empty());
            }
        }
    }
}
