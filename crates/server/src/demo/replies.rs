//! The quick replies of the demo clinic, with their placeholders.

use bedside_protocol::ClientId;
use uuid::Uuid;

use crate::store::QuickReplyChange;

const REPLIES: [(&str, &str); 6] = [
    (
        "Blood test",
        "Dear {patient first name}, please come fasting: nothing to eat for twelve hours before, water is fine.",
    ),
    (
        "Results are back",
        "Dear {patient first name}, your results are back. I will call you about them today.",
    ),
    (
        "Prescription",
        "Your prescription is ready at {clinic name}. You can collect it from {next opening} on.",
    ),
    (
        "Please call us",
        "Dear {patient first name}, please call us at {clinic phone}; this is easier to talk about.",
    ),
    ("Closed", "We are closed at the moment and open again {next opening}."),
    ("Regards", "Kind regards\n{my name}\n{clinic name}"),
];

/// They, as additions to the clinic's. The same again adds nothing.
pub fn demo_quick_replies() -> impl Iterator<Item = QuickReplyChange> {
    (1_u128..).zip(REPLIES).map(|(number, (title, text))| QuickReplyChange::Add {
        client_id: ClientId(Uuid::from_u128(number)),
        title: title.to_owned(),
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use bedside_protocol::text::normalize_quick_reply;

    use super::*;

    #[test]
    fn each_is_one_that_an_administrator_might_add() {
        for (title, text) in REPLIES {
            assert_eq!(normalize_quick_reply(title, text).unwrap(), (title.to_owned(), text.to_owned()));
        }
    }
}
