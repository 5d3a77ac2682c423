//! Messages with something to find: most as in `engine`, some in Chinese, a few that hold what is rare.

use bedside_protocol::wire::Message;

use crate::engine::words::{self, Order};

/// In one of some 100,000 messages.
pub(super) const RARE: &str = "fentanyl";
/// In one of some 50,000.
pub(super) const RARE_PAIR: &str = "qz";

const CHINESE: [&str; 4] = [
    "我头痛三天了，晚上睡不好。",
    "请明天早上八点空腹来抽血。",
    "谢谢医生，已经好多了。",
    "血压今天早上是一百三十八。",
];

/// The message of a number.
pub(super) fn message(n: i64, order: Order) -> Message {
    let bare = words::message(n, order);
    let content = text(n, &bare.content);
    Message { content, ..bare }
}

/// Numbers and names differ from message to message, as in real ones.
pub(super) fn text(n: i64, sentence: &str) -> String {
    let mixed = n.wrapping_mul(0x9E37_79B9).rem_euclid(0x7FFF_FFFF);
    match n {
        _ if n % 100_003 == 5 => format!("{sentence} {RARE} patch {mixed}"),
        _ if n % 50_021 == 7 => format!("{sentence} {RARE_PAIR}{}", mixed % 10),
        _ if n % 20 == 3 => {
            let at = usize::try_from(n / 20 % 4).unwrap_or(0);
            format!("{}{mixed}", CHINESE.get(at).copied().unwrap_or_default())
        }
        _ => format!("{sentence} {}", mixed % 9_973),
    }
}
