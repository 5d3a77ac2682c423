//! Everything that crosses a boundary: ids, wire types, IPC types, error codes, limits, text rules.
//!
//! Owns the shapes and their serialised form; holds no I/O, no clock and no randomness, and builds for
//! WebAssembly. The server, the engine and the UI all depend on it, so a change here is a change of contract:
//! every serialised type has a snapshot and a decode test.

pub mod close;
pub mod feed;
pub mod ids;
pub mod ipc;
pub mod limits;
pub mod problem;
pub mod room_socket;
pub mod search;
pub mod text;
pub mod time;
pub mod wire;

pub use ids::{
    AccountId, ClientId, Cursor, DeviceId, Epoch, FeedSeq, MessageId, NotificationId, QuickReplyId, Rev,
    RoomId, RoomSeq, WishNumber,
};
pub use problem::{ErrorCode, Problem};
pub use time::Timestamp;

/// The protocol version this build speaks; a server also speaks the one before it.
pub const PROTO: u32 = 1;
