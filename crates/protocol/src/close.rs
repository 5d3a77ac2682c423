//! Why the server closed a socket: WebSocket close codes, the same on both sockets.
//!
//! 4xxx codes mirror the HTTP status of the error frame sent just before.

/// The server is stopping; come back after a moment.
pub const GOING_AWAY: u16 = 1001;
/// The first frame was no hello, or the account has no conversations: the same attempt will end the same way.
pub const REFUSED: u16 = 1008;
/// A frame was larger than [`crate::limits::FRAME_BYTES`].
pub const TOO_LARGE: u16 = 1009;
/// The session has ended: sign in again.
pub const UNAUTHENTICATED: u16 = 4401;
/// The first frame did not come in time, or the socket was silent for too long.
pub const TIMEOUT: u16 = 4408;
/// The server does not speak the client's protocol version.
pub const UPGRADE_REQUIRED: u16 = 4426;
/// Frames were not read fast enough, or the account has too many sockets: resume by cursor.
pub const TOO_SLOW: u16 = 4429;
/// The server could not read its store: try again.
pub const UNAVAILABLE: u16 = 4503;
