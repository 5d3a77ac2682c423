//! Names and jumps of a database's lives (sync rule 10).

use bedside_runtime::Runtime;

/// More numbers than a clinic gives between a backup and the loss of what came after it.
const STEP: i64 = 1_000_000;

/// How far numbers jump: another multiple of the step each time, so that the same backup put back twice does not give
/// the same numbers twice. Even the 50,000th restore leaves them below 2^53, which pages' scripts can hold.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Jump(pub(in crate::store) i64);

impl Jump {
    /// By chance.
    pub(in crate::store) fn draw(runtime: &Runtime) -> Self {
        Jump(STEP * (1 + i64::from(u16::from_le_bytes(runtime.random_bytes()))))
    }
}

/// A name no life of a database has had.
pub(in crate::store) fn fresh_epoch(runtime: &Runtime) -> String {
    runtime.uuid().simple().to_string()
}
