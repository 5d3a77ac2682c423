//! In what portions a demo clinic is written, and who is in which room.

use std::ops::Range;

use crate::store::DemoPlan;

/// Rooms per transaction when they are empty; full ones count for more.
const ROOMS_AT_ONCE: u32 = 100;
const MESSAGES_AT_ONCE: u32 = 5_000;
/// What a room of the clinic's list has when the plan asks for no messages.
const CLINIC_MESSAGES: u32 = 12;

/// Rooms are numbered: first one per pair, then those of the clinic's list.
pub(in crate::store) fn chunks(plan: &DemoPlan) -> Vec<Range<u32>> {
    let size = (MESSAGES_AT_ONCE / plan.messages.max(1)).clamp(1, ROOMS_AT_ONCE);
    let end = plan.pairs.saturating_add(plan.clinic);
    (0..end).step_by(usize::try_from(size).unwrap_or(1)).map(|from| from..end.min(from + size)).collect()
}

/// The two people of a room, by their numbers, and how much they have written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct DemoPair {
    pub(in crate::store) patient_no: u32,
    pub(in crate::store) practitioner_no: u32,
    pub(in crate::store) messages: u32,
}

impl DemoPair {
    /// Of the room of this number.
    pub(in crate::store) fn of_room(plan: &DemoPlan, room: u32) -> Self {
        match room.checked_sub(plan.pairs) {
            None => DemoPair { patient_no: room, practitioner_no: room, messages: plan.messages },
            Some(further) => {
                let messages = clinic_messages(plan, further);
                DemoPair { patient_no: further + 1, practitioner_no: 0, messages }
            }
        }
    }
}

/// Conversations of a list differ in length.
fn clinic_messages(plan: &DemoPlan, further: u32) -> u32 {
    let most = if plan.messages == 0 { CLINIC_MESSAGES } else { plan.messages };
    1 + further.wrapping_mul(7) % most
}
