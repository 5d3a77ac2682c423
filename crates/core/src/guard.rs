//! What is looked at before a message goes: whether it speaks of somebody else, or of an emergency.
//!
//! Pure and on this device: a text and what is held in, findings out. It warns and never decides; it never blocks, changes or
//! keeps a text, and nothing of it leaves the machine.

mod fold;
pub mod patients;
pub mod red_flags;
