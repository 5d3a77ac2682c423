//! Which stretches of ids are asked about one after the other, so that no single question grows with the history.

/// Windows asked about at one width before the next wider one.
const AT_A_WIDTH: u32 = 8;

/// A stretch of ids of a width of 2^`bits`, aligned to it, as far as it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Window {
    pub(in crate::store) bits: u32,
    /// How many such windows lie below it.
    pub(in crate::store) number: i64,
    pub(in crate::store) first: i64,
    pub(in crate::store) last: i64,
}

/// Windows from the newest id wanted down to the oldest. They become wider as they go: where a narrow one held little,
/// a wide one is unlikely to hold much.
#[derive(Clone, Debug)]
pub(in crate::store) struct Windows {
    last: i64,
    first: i64,
    all: &'static [u32],
    widths: &'static [u32],
    left: u32,
}

impl Windows {
    pub(in crate::store) const fn new(first: i64, last: i64, widths: &'static [u32]) -> Self {
        let first = if first < 0 { 0 } else { first };
        Windows { last, first, all: widths, widths, left: AT_A_WIDTH }
    }

    /// Nothing lies above this id: ids jump with every restore from a backup.
    pub(super) fn skip_to(&mut self, last: i64) {
        let width = self.widths.first().map_or(0, |bits| 1_i64 << bits);
        if last < self.last.saturating_sub(width) {
            self.narrow(); // What lies there is not known to be thin.
        }
        self.last = self.last.min(last);
    }

    /// There is much here: no wide window is to be asked about for a while.
    pub(super) const fn narrow(&mut self) {
        (self.widths, self.left) = (self.all, AT_A_WIDTH);
    }

    /// The newest id of the next one.
    pub(super) const fn newest(&self) -> i64 {
        self.last
    }

    /// Whether there is none any more.
    pub(super) const fn is_over(&self) -> bool {
        self.last < self.first
    }
}

impl Iterator for Windows {
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        let bits = *self.widths.first()?;
        if self.is_over() {
            return None;
        }
        let number = self.last >> bits;
        let window = Window { bits, number, first: (number << bits).max(self.first), last: self.last };
        self.last = (number << bits) - 1;
        self.left -= 1;
        if self.left == 0 {
            self.left = AT_A_WIDTH;
            self.widths = self.widths.get(1..).filter(|wider| !wider.is_empty()).unwrap_or(self.widths);
        }
        Some(window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_every_id_once_and_become_wider() {
        let windows: Vec<Window> = Windows::new(3, 20_000, &[4, 8, 10]).collect();
        assert_eq!((windows[0].first, windows[0].last), (20_000, 20_000));
        assert!(windows.windows(2).all(|pair| pair[1].last == pair[0].first - 1), "{windows:?}");
        assert!(windows.iter().all(|window| window.number == window.first >> window.bits));
        assert_eq!((windows.last().unwrap().first, windows.last().unwrap().bits), (3, 10));
        assert_eq!(Windows::new(5, 4, &[4]).count(), 0);
        assert_eq!(Windows::new(-1, 0, &[4]).count(), 1);
    }
}
