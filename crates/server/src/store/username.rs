//! When two user names are the same.

use bedside_protocol::text;

/// The form in which two user names are the same: accents and case do not matter, nor where in a word a sigma stands.
///
/// Whatever looks an account up or counts for it uses this one.
pub(crate) fn username_key(username: &str) -> String {
    text::fold_for_search(username.trim()).replace('ς', "σ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_itself_however_it_is_written() {
        for (a, b) in [("ana", " Ána "), ("ΝΙΚΟΣ", "νίκος"), ("STRASSE", "straSSe"), ("İpek", "ipek")]
        {
            assert_eq!(username_key(a), username_key(b));
            assert_eq!(username_key(&username_key(a)), username_key(a), "folding twice folds no further");
        }
    }
}
