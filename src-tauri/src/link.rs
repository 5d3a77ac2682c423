//! `bedside://room/<id>`: what an e-mail or another program opens the app with.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::Place;
use url::Url;

/// The scheme.
const SCHEME: &str = "bedside";

/// Where a link leads, if it is one of ours.
pub(crate) fn place(text: &str) -> Option<Place> {
    let url = Url::parse(text).ok().filter(|url| url.scheme() == SCHEME && url.host_str() == Some("room"))?;
    let id = url.path().trim_matches('/').parse::<i64>().ok().filter(|id| *id > 0)?;
    Some(Place { room_id: RoomId(id), message_id: None })
}

/// The first link among the words of a command line.
pub(crate) fn among(words: &[String]) -> Option<Place> {
    words.iter().skip(1).find_map(|word| place(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_conversation_is_opened() {
        let room = |text| place(text).map(|place| place.room_id);
        assert_eq!(room("bedside://room/7"), Some(RoomId(7)));
        assert_eq!(room("bedside://room/7/"), Some(RoomId(7)));
        for other in
            ["bedside://room/", "bedside://room/-1", "bedside://room/7/8", "https://room/7", "bedside:7", "x"]
        {
            assert_eq!(room(other), None, "{other}");
        }
        let words = ["bedside", "--profile", "a", "bedside://room/9"].map(str::to_owned);
        assert_eq!(among(&words).map(|place| place.room_id), Some(RoomId(9)));
    }
}
