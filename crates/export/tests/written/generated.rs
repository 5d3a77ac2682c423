//! Conversations drawn from a seed: every kind of message, every kind of text.
#![allow(dead_code, missing_docs, unreachable_pub)] // Shared by path with tests of other crates and the benchmarks.

use bedside_export::model::{Head, Message, Person, Reaction, Receipt, ReplyTo, Source, Stretch, Version};
use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp};

/// A small generator of our own (SplitMix64), so that a seed means the same everywhere.
pub struct Draw(pub u64);

impl Draw {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

pub const TEXTS: &[&str] = &[
    "Good morning, how is the knee today?",
    "Much better, thank you.",
    "صباح الخير، كيف حال الركبة اليوم؟",
    "الجرعة 20 mg مرتين يوميًا (Ibuprofen) من فضلك",
    "Guten Tag! Die Rechtsschutzversicherungsgesellschaften haben geantwortet.",
    "👍",
    "👩🏽‍⚕️ says hello 🎉🇩🇪 👨‍👩‍👧‍👦",
    "Line one\nLine two\n\n    indented",
    "=HYPERLINK(\"https://example.org\";\"click\")",
    "+49 30 1234567",
    "-5 °C outside, \"quoted\", semicolon; comma, done",
    "@SUM(A1:A9)",
    "<script>alert('no')</script> & <b>bold</b>",
    "]]> --> \u{202e}txt.exe\u{202c} \\ / \u{0} \u{7f} end",
    "今天感觉好多了。谢谢！",
    "Привет! Как дела?",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "https://example.org/a/very/long/address/that/does/not/end?with=parameters&and=more#and-a-fragment-besides",
    "שלום, מה שלומך?",
    "e\u{301}te\u{301} ﷽ \u{1f9d1}\u{200d}\u{1f4bb}",
];

const EMOJI: &[&str] = &["👍", "❤️", "😂", "🙏", "👩🏽‍⚕️"];
const ZONES: &[&str] = &["Europe/Berlin", "UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"];

pub const ANA: AccountId = AccountId(101);
pub const DREW: AccountId = AccountId(201);

pub fn head(draw: &mut Draw) -> Head {
    let patient = Person {
        account_id: ANA,
        role: Role::Patient,
        role_id: 1,
        name: "Ana Ribeiro".to_owned(),
        profession: None,
        birth_date: draw.one_in(2).then(|| "1984-02-29".to_owned()),
        record_number: draw.one_in(2).then(|| "R-77 <1>".to_owned()),
    };
    let practitioner = Person {
        account_id: DREW,
        role: Role::Practitioner,
        role_id: 1,
        name: "Drew Hart".to_owned(),
        profession: draw.one_in(2).then(|| "Physiotherapist".to_owned()),
        birth_date: None,
        record_number: None,
    };
    Head {
        room_id: RoomId(7),
        clinic: if draw.one_in(2) { "Harbour Physiotherapy".to_owned() } else { String::new() },
        server: "https://chat.example.org".to_owned(),
        people: vec![patient, practitioner],
        made_for: if draw.one_in(2) { ANA } else { DREW },
        made_at: Timestamp(1_796_000_000_000),
        source: if draw.one_in(2) { Source::Server } else { Source::Device },
        time_zone: draw.of(ZONES).to_owned(),
        from: draw.one_in(3).then_some(Timestamp(1_790_000_000_000)),
        until: draw.one_in(3).then_some(Timestamp(1_799_000_000_000)),
        missing: if draw.one_in(4) {
            vec![Stretch { from_seq: RoomSeq(1), to_seq: RoomSeq(12) }]
        } else {
            Vec::new()
        },
    }
}

pub fn message(draw: &mut Draw, seq: i64) -> Message {
    let (sender, other) = if draw.one_in(2) { (ANA, DREW) } else { (DREW, ANA) };
    let sent_at = Timestamp(1_790_000_000_000 + seq * 61_000 + i64::try_from(draw.below(60_000)).unwrap());
    let later = |draw: &mut Draw| Timestamp(sent_at.0 + i64::try_from(draw.below(9_000_000)).unwrap());
    let retracted_at = draw.one_in(12).then(|| later(draw));
    let edited = retracted_at.is_none() && draw.one_in(8);
    let (delivered, read) = (draw.one_in(2), draw.one_in(2));
    let receipt = Receipt {
        account_id: other,
        delivered: delivered || read,
        delivered_at: (delivered && !draw.one_in(5)).then(|| later(draw)),
        read,
        read_at: (read && !draw.one_in(5)).then(|| later(draw)),
    };
    Message {
        message_id: MessageId(9_000 + seq),
        room_seq: RoomSeq(seq),
        sender,
        sent_at,
        composed_at: draw
            .one_in(4)
            .then(|| Timestamp(sent_at.0 - i64::try_from(draw.below(900_000)).unwrap())),
        edited_at: edited.then(|| later(draw)),
        retracted_at,
        urgent: draw.one_in(10),
        text: if retracted_at.is_some() { String::new() } else { text(draw) },
        earlier: (0..if edited { 1 + draw.below(3) } else { 0 })
            .map(|_| Version { written_at: later(draw), text: text(draw) })
            .collect(),
        reply_to: (seq > 1 && draw.one_in(5)).then(|| reply(draw, seq)),
        reactions: (0..if retracted_at.is_some() { 0 } else { draw.below(3) })
            .map(|_| Reaction {
                account_id: if draw.one_in(2) { ANA } else { DREW },
                emoji: draw.of(EMOJI).to_owned(),
                set_at: draw.one_in(2).then(|| later(draw)),
            })
            .collect(),
        receipts: if draw.one_in(6) { Vec::new() } else { vec![receipt] },
    }
}

fn reply(draw: &mut Draw, seq: i64) -> ReplyTo {
    let to = 1 + i64::try_from(draw.below(u64::try_from(seq - 1).unwrap())).unwrap();
    ReplyTo {
        message_id: MessageId(9_000 + to),
        room_seq: RoomSeq(to),
        sender: if draw.one_in(2) { ANA } else { DREW },
        excerpt: if draw.one_in(4) { String::new() } else { "Good morning, how …".to_owned() },
    }
}

/// Mostly the texts above, now and then characters from anywhere.
fn text(draw: &mut Draw) -> String {
    if !draw.one_in(6) {
        return draw.of(TEXTS).replace(['\u{0}', '\u{7f}'], "");
    }
    let wild: String = (0..1 + draw.below(40))
        .filter_map(|_| char::from_u32(u32::try_from(draw.below(0x1_1000)).unwrap()))
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    if wild.trim().is_empty() { "…".to_owned() } else { wild }
}

/// A conversation of so many messages.
pub fn conversation(seed: u64, count: i64) -> (Head, Vec<Message>) {
    let mut draw = Draw(seed);
    let head = head(&mut draw);
    let messages = (1..=count).map(|seq| message(&mut draw, seq)).collect();
    (head, messages)
}
