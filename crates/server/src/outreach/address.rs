//! Addresses as people type them, in the form that they are kept in.

use bedside_protocol::wire::Channel;

/// Longest e-mail address (RFC 5321).
const EMAIL_CHARS: usize = 254;

/// An address in its usual form; `None` if it is none.
#[must_use]
pub fn checked(channel: Channel, typed: &str) -> Option<String> {
    match channel {
        Channel::Email => email(typed.trim()),
        Channel::Sms => telephone(typed),
    }
}

fn email(typed: &str) -> Option<String> {
    let (user, domain) = typed.rsplit_once('@')?;
    let fits = typed.len() <= EMAIL_CHARS && typed.is_ascii() && domain.contains('.');
    let address = format!("{user}@{}", domain.to_ascii_lowercase());
    (fits && address.parse::<lettre::Address>().is_ok()).then_some(address)
}

/// E.164: a plus, the country, at most fifteen digits.
fn telephone(typed: &str) -> Option<String> {
    let marks = [' ', '-', '(', ')', '/', '.', '\u{a0}', '\u{202a}', '\u{202c}'];
    let plain: String = typed.trim().chars().filter(|c| !marks.contains(c)).collect();
    let international = plain.strip_prefix("00").map(|rest| format!("+{rest}"));
    let number = international.unwrap_or(plain);
    let digits = number.strip_prefix('+')?;
    let fits = (7..=15).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    (fits && !digits.starts_with('0')).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_address_is_kept_as_typed_but_for_its_domain() {
        let of = |typed| checked(Channel::Email, typed);
        assert_eq!(of(" Ana.R+chat@Example.ORG ").as_deref(), Some("Ana.R+chat@example.org"));
        for wrong in
            ["ana", "ana@", "@example.org", "ana@host", "a b@example.org", "ana@example.org\r\nBcc: x@y.z"]
        {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_telephone_number_needs_its_country() {
        let of = |typed| checked(Channel::Sms, typed);
        assert_eq!(of("+49 (151) 123-456 78").as_deref(), Some("+4915112345678"));
        assert_eq!(of("0049 151 12345678").as_deref(), Some("+4915112345678"));
        for wrong in ["0151 12345678", "+0151", "+49", "+49151x2345678", "", "+1234567890123456"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
