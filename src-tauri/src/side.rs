//! Two windows beside each other, for `cargo xtask demo`: placed by the screen that is really there.
//!
//! Only at first: where the person has put the window afterwards is remembered.

use tauri::{PhysicalPosition, PhysicalRect, PhysicalSize, WebviewWindow};

/// A side of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Side {
    /// The larger part.
    Left,
    /// What that leaves.
    Right,
}

/// Between windows, and to the screen's edges; in logical pixels as all below.
const GAP: f64 = 16.0;
/// What a window's frame adds to its height.
const TITLE: f64 = 40.0;
const LEFT_SHARE: f64 = 0.6;
const LEFT_WIDTH: f64 = 1_120.0;
const RIGHT_WIDTH: f64 = 700.0;
const HEIGHT: f64 = 840.0;

/// Places a window at a side of its screen. One that knows no screen stays where it is.
pub(crate) fn place(window: &WebviewWindow, side: Side) -> tauri::Result<()> {
    let screen = window.current_monitor()?.or(window.primary_monitor()?);
    if let Some(screen) = screen {
        let placed = part(*screen.work_area(), screen.scale_factor(), side);
        window.set_size(placed.size)?;
        window.set_position(placed.position)?;
    }
    Ok(())
}

/// A side's part of what a screen has free, in physical pixels.
fn part(free: PhysicalRect<i32, u32>, scale: f64, side: Side) -> PhysicalRect<i32, u32> {
    let (width, height) = (f64::from(free.size.width) / scale, f64::from(free.size.height) / scale);
    let shared = width - 3.0 * GAP;
    let left = (shared * LEFT_SHARE).min(LEFT_WIDTH);
    let (x, width) = match side {
        Side::Left => (GAP, left),
        Side::Right => (GAP + left + GAP, (shared - left).min(RIGHT_WIDTH)),
    };
    let height = (height - 2.0 * GAP - TITLE).min(HEIGHT);
    let moved = PhysicalPosition::new(x * scale, GAP * scale).cast::<i32>();
    PhysicalRect {
        position: PhysicalPosition::new(free.position.x + moved.x, free.position.y + moved.y),
        size: PhysicalSize::new(width * scale, height * scale).cast(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(x: i32, y: i32, width: u32, height: u32) -> PhysicalRect<i32, u32> {
        PhysicalRect { position: PhysicalPosition::new(x, y), size: PhysicalSize::new(width, height) }
    }

    fn right_edge(rect: &PhysicalRect<i32, u32>) -> i32 {
        rect.position.x + rect.size.cast::<i32>().width
    }

    #[test]
    fn both_windows_lie_on_the_screen_beside_each_other() {
        for (free, scale) in [
            (screen(0, 0, 1_366, 728), 1.0),
            (screen(0, 27, 1_920, 1_053), 1.0),
            (screen(1_920, -200, 3_840, 2_100), 2.0),
            (screen(0, 0, 800, 600), 1.0),
        ] {
            let [left, right] = [Side::Left, Side::Right].map(|side| part(free, scale, side));
            assert!(left.position.x >= free.position.x && right_edge(&left) < right.position.x, "{free:?}");
            assert!(right_edge(&right) <= right_edge(&free), "{free:?}");
            for window in [left, right] {
                let bottom = window.position.y + window.size.cast::<i32>().height;
                assert!(window.position.y >= free.position.y, "{free:?}");
                assert!(bottom < free.position.y + free.size.cast::<i32>().height, "{free:?}");
            }
        }
    }

    #[test]
    fn a_large_screen_is_not_filled() {
        let free = screen(0, 0, 3_840, 2_100);
        assert_eq!(part(free, 1.0, Side::Left).size, PhysicalSize::new(1_120, 840));
        assert_eq!(part(free, 1.0, Side::Right).size, PhysicalSize::new(700, 840));
        assert_eq!(part(free, 1.0, Side::Right).position, PhysicalPosition::new(1_152, 16));
    }
}
