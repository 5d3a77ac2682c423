//! Walking a grid of emoji with the arrows.

/// A way to go in the grid, along the line of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrow {
    Back,
    On,
    Up,
    Down,
    Start,
    End,
}

/// Where an arrow leads in rows of a width; `None` is out at the top.
pub(crate) fn step(from: usize, count: usize, width: usize, arrow: Arrow) -> Option<usize> {
    let last = count.saturating_sub(1);
    match arrow {
        Arrow::Back => Some(from.saturating_sub(1)),
        Arrow::On => Some((from + 1).min(last)),
        Arrow::Up => from.checked_sub(width),
        Arrow::Down if from + width <= last => Some(from + width),
        // The last row may be shorter than the one above it.
        Arrow::Down if from / width < last / width => Some(last),
        Arrow::Down => Some(from),
        Arrow::Start => Some(0),
        Arrow::End => Some(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_walk_the_grid_and_leave_it_only_at_the_top() {
        let walk = |from, arrow| step(from, 19, 8, arrow);
        assert_eq!(
            (walk(0, Arrow::Back), walk(7, Arrow::On), walk(18, Arrow::On)),
            (Some(0), Some(8), Some(18))
        );
        assert_eq!((walk(3, Arrow::Up), walk(9, Arrow::Up)), (None, Some(1)));
        assert_eq!(
            (walk(1, Arrow::Down), walk(15, Arrow::Down), walk(17, Arrow::Down)),
            (Some(9), Some(18), Some(17))
        );
        assert_eq!((walk(9, Arrow::Start), walk(9, Arrow::End)), (Some(0), Some(18)));
    }
}
