//! SMS that come in: whether the gateway sent them, and whether they ask to stop.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use subtle::ConstantTimeEq as _;

/// What an SMS asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// No more of these.
    Stop,
    /// These again.
    Start,
}

/// The words that carriers know, and those of our languages.
const STOP: [&str; 12] = [
    "stop",
    "stopall",
    "unsubscribe",
    "cancel",
    "end",
    "quit",
    "optout",
    "revoke",
    "stopp",
    "abbestellen",
    "إيقاف",
    "توقف",
];
const START: [&str; 4] = ["start", "unstop", "yes", "ابدأ"];

/// What a text asks for; most ask for nothing.
#[must_use]
pub fn wish(text: &str) -> Option<Wish> {
    let word = text.trim().trim_end_matches(['.', '!']).to_lowercase();
    if STOP.contains(&word.as_str()) {
        Some(Wish::Stop)
    } else if START.contains(&word.as_str()) {
        Some(Wish::Start)
    } else {
        None
    }
}

/// `X-Twilio-Signature`: HMAC-SHA1 with the account's token over the address as it was asked for and every field, in order of
/// their names, in base64.
#[must_use]
pub fn signature(token: &str, url: &str, fields: &[(String, String)]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort();
    let mut signing = hmac::Context::with_key(&key);
    signing.update(url.as_bytes());
    for (name, value) in sorted {
        signing.update(name.as_bytes());
        signing.update(value.as_bytes());
    }
    STANDARD.encode(signing.sign())
}

/// Whether a signature is the gateway's.
#[must_use]
pub fn is_from_gateway(token: &str, url: &str, fields: &[(String, String)], said: &str) -> bool {
    signature(token, url, fields).as_bytes().ct_eq(said.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_alone_stops_and_a_sentence_does_not() {
        for word in ["STOP", " stop. ", "Stopp", "UNSUBSCRIBE", "إيقاف"] {
            assert_eq!(wish(word), Some(Wish::Stop), "{word}");
        }
        assert_eq!(wish("start"), Some(Wish::Start));
        for text in ["Please do not stop", "", "stop it"] {
            assert_eq!(wish(text), None, "{text}");
        }
    }

    /// The example of Twilio's documentation of webhook security.
    #[test]
    fn a_signature_is_what_twilio_says_it_is() {
        let fields = [
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("From", "+14158675310"),
            ("Caller", "+14158675310"),
            ("CallSid", "CA1234567890ABCDE"),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let url = "https://example.com/myapp.php?foo=1&bar=2";
        assert_eq!(signature("12345", url, &fields), "L/OH5YylLD5NRKLltdqwSvS0BnU=");
        assert!(is_from_gateway("12345", url, &fields, "L/OH5YylLD5NRKLltdqwSvS0BnU="));
        assert!(!is_from_gateway("12346", url, &fields, "L/OH5YylLD5NRKLltdqwSvS0BnU="));
        assert!(!is_from_gateway("12345", url, &fields[..4], "L/OH5YylLD5NRKLltdqwSvS0BnU="));
    }
}
