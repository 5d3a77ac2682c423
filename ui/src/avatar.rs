//! What stands for a person without a picture: initials on a colour of their own.

use bedside_protocol::AccountId;
use unicode_segmentation::UnicodeSegmentation;

/// Colours in `tokens.css`, classes `avatar--c0` and on.
const COLOURS: i64 = 12;

/// First and last initial; titles such as "Dr." are passed over.
pub(crate) fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().filter(|word| !word.ends_with('.')).collect();
    let first = words.first().and_then(|word| word.graphemes(true).next());
    let last = words.get(1..).and_then(<[&str]>::last).and_then(|word| word.graphemes(true).next());
    first.into_iter().chain(last).flat_map(str::chars).flat_map(char::to_uppercase).collect()
}

/// The class of the person's colour, the same on every device.
pub(crate) fn colour_class(account: AccountId) -> String {
    format!("avatar--c{}", account.get().rem_euclid(COLOURS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Margarete Anna Schönleber-Winterstein"), "MS");
        assert_eq!(initials("Dr. drew ostrowski"), "DO");
        assert_eq!(initials("Élodie"), "É");
        assert_eq!(initials("  "), "");
    }

    #[test]
    fn every_account_has_one_of_the_colours() {
        assert_eq!(colour_class(AccountId(25)), "avatar--c1");
        assert_eq!(colour_class(AccountId(-1)), "avatar--c11");
    }
}
