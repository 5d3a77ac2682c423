//! A list somebody has their hands on: no row moves away under them, and what is new in a row is shown at once.

use std::collections::{HashMap, HashSet};

use bedside_protocol::ipc::RoomRow;

/// The rows as shown: those at hand where they are, also if the list has them no longer; what came since below them.
pub(super) fn steady(at_hand: &[RoomRow], rows: &[RoomRow]) -> Vec<RoomRow> {
    let now: HashMap<&str, &RoomRow> = rows.iter().map(|row| (row.key.as_str(), row)).collect();
    let known: HashSet<&str> = at_hand.iter().map(|row| row.key.as_str()).collect();
    let kept = at_hand.iter().map(|row| now.get(row.key.as_str()).copied().unwrap_or(row));
    let new = rows.iter().filter(|row| !known.contains(row.key.as_str()));
    kept.chain(new).cloned().collect()
}
