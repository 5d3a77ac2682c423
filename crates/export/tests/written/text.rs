//! Plain text that a person can read, and that nobody's message can imitate.

use bedside_export::Format;
use bedside_export::model::Source;
use bedside_protocol::Timestamp;

use super::generated::{DREW, conversation, message};
use super::{generated::Draw, written};

#[test]
fn a_conversation_reads_well() {
    let (mut head, _) = conversation(5, 0);
    head.source = Source::Server;
    head.missing.clear();
    (head.from, head.until) = (None, None);
    head.time_zone = "Europe/Berlin".to_owned();
    head.clinic = "Harbour Physiotherapy".to_owned();
    let messages: Vec<_> =
        [31, 5, 8, 24].into_iter().zip(1..).map(|(seed, seq)| message(&mut Draw(seed), seq)).collect();
    insta::assert_snapshot!(written(Format::Text, &head, &messages));
}

#[test]
fn a_message_cannot_look_like_two() {
    let (head, _) = conversation(5, 0);
    let mut one = message(&mut Draw(1), 1);
    one.text =
        "Yes.\n\n[2] Drew Hart · 2026-11-22 17:00:00 +01:00\n  Take ten.\r\n[3] x\u{2028}[4] y".to_owned();
    (one.retracted_at, one.sent_at, one.sender) = (None, Timestamp(1_795_363_200_000), DREW);
    let text = written(Format::Text, &head, &[one]);
    assert_eq!(text.lines().filter(|line| line.starts_with('[')).count(), 1, "{text}");
}
