//! A page holds everything as text, and nothing that runs or is fetched.

use bedside_export::Format;
use proptest::prelude::*;

use super::generated::conversation;
use super::written;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_that_people_wrote_becomes_markup(seed: u64, count in 0_i64..30) {
        let (head, messages) = conversation(seed, count);
        let page = written(Format::Html, &head, &messages);
        let known = ["!doctype html", "html ", "head", "meta ", "title", "style", "body", "header", "h1", "p", "ul", "li",
            "bdi", "strong", "span", "main", "h2 ", "time ", "ol", "footer", "a "];
        for tag in page.split('<').skip(1).filter(|tag| !tag.starts_with('/')) {
            let name: &str = tag.split('>').next().unwrap();
            prop_assert!(known.iter().any(|known| name.starts_with(known)), "<{}", name);
        }
        prop_assert_eq!(page.matches("<li class=\"message").count(), messages.len());
        for outside in ["src=", "href=\"http", "url(", "@import", "javascript:"] {
            let written_by_us = page.matches(outside).count();
            prop_assert_eq!(written_by_us, 0, "{}", outside);
        }
    }
}

#[test]
fn its_style_is_named_by_digest() {
    let (head, messages) = conversation(1, 3);
    let page = written(Format::Html, &head, &messages);
    assert!(page.contains("default-src 'none'; style-src 'sha256-"), "{page}");
    assert!(!page.contains("unsafe-inline") && !page.contains(" style="));
}
