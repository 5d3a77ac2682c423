//! Sizes and rates both sides know, so that the client can refuse before the server must.

use std::time::Duration;

/// Longest message, counted in Unicode scalar values after normalisation.
pub const MESSAGE_CHARS: usize = 8_000;
/// Longest message in UTF-8 bytes after normalisation.
pub const MESSAGE_BYTES: usize = 32_000;
/// Longest excerpt of a message that another one quotes, in characters.
pub const QUOTE_CHARS: usize = 160;
/// Most different emoji that one person sets on one message.
pub const REACTIONS_EACH: usize = 20;
/// Most quick replies of one person, and of the clinic.
pub const QUICK_REPLIES_EACH: usize = 200;
/// Longest title of a quick reply, in characters.
pub const QUICK_REPLY_TITLE_CHARS: usize = 80;
/// Longest text of a quick reply, in characters.
pub const QUICK_REPLY_CHARS: usize = 2_000;
/// Drafts of rooms on one page.
pub const DRAFTS_PAGE: u32 = 100;
/// A draft that no device has put again for this long is not kept on the server any more.
pub const DRAFT_KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Characters of a search that count.
pub const SEARCH_CHARS: usize = 200;
/// Parts of a search that count.
pub const SEARCH_TERMS: usize = 12;
/// Most emoji remembered as used last.
pub const RECENT_EMOJI: usize = 32;
/// Who types says so at most this often, and goes on saying so while it lasts.
pub const TYPING_EVERY: Duration = Duration::from_secs(3);
/// Somebody of whom nothing more is heard has stopped typing after this long.
pub const TYPING_LASTS: Duration = Duration::from_secs(7);
/// Somebody who comes back within this long was never away.
pub const PRESENCE_GRACE: Duration = Duration::from_secs(10);
/// What was known of others is believed so long without a socket, and so long after the next one has opened.
pub const PRESENCE_KEPT: Duration = Duration::from_secs(15);
/// Longest user name, in characters.
pub const USERNAME_CHARS: usize = 150;
/// Longest password accepted, in bytes; longer ones are refused before hashing.
pub const PASSWORD_BYTES: usize = 1_024;
/// Shortest password the server lets a person be created with, in characters.
pub const PASSWORD_MIN_CHARS: usize = 8;
/// Longest device name, in characters.
pub const DEVICE_NAME_CHARS: usize = 100;
/// Largest JSON or form body the server reads, in bytes.
pub const BODY_BYTES: usize = 128 * 1024;
/// Largest WebSocket frame and message the server reads, in bytes.
pub const FRAME_BYTES: usize = 64 * 1024;
/// Messages on one page when the client does not say.
pub const PAGE_DEFAULT: u32 = 50;
/// Most messages, rooms or people on one page.
pub const PAGE_MAX: u32 = 500;
/// Most events in one feed answer.
pub const FEED_PAGE_MAX: u32 = 500;
/// A client further behind than this is told to resync instead of replaying.
pub const FEED_REPLAY_MAX: i64 = 20_000;
/// Longest a long poll is held open.
pub const LONG_POLL_MAX: Duration = Duration::from_secs(50);
/// The server pings a silent socket after this long.
pub const PING_EVERY: Duration = Duration::from_secs(25);
/// A socket with no frame for this long is dead (either side).
pub const SOCKET_DEADLINE: Duration = Duration::from_secs(60);
/// Longest a stopping server may ask a client to wait before it comes back; a client waits no longer.
pub const COME_BACK_MAX: Duration = Duration::from_secs(60);
/// A message waiting longer than this needs its author's confirmation (the clinic may change it).
pub const STALE_AFTER: Duration = Duration::from_secs(4 * 60 * 60);
/// What a patient has not read for so many days is shown to its author as unread, unless the author wishes otherwise.
pub const UNSEEN_DAYS: u8 = 3;
/// The most days an author may wish for; the least is one.
pub const UNSEEN_DAYS_MAX: u8 = 30;
/// Acknowledged outbox rows are kept this long, to be offered again to a restored server.
pub const ACKED_KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Characters of a code that opens a locked app, at least.
pub const LOCK_CODE_CHARS: usize = 4;
/// And at most.
pub const LOCK_CODE_CHARS_MAX: usize = 128;
