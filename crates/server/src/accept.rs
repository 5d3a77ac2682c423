//! What a client wants back: pages for browsers, JSON for everybody else.

use bedside_i18n::{Language, Localizer};
use bedside_protocol::ErrorCode;
use http::{HeaderMap, header};
use std::sync::LazyLock;

use crate::failure::Failure;

/// A representation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Html,
    Json,
}

/// HTML only for those who name it and do not prefer JSON; JSON for those who take it or do not say.
pub(crate) fn wanted(headers: &HeaderMap) -> Result<Wanted, Failure> {
    let Some(accept) = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else {
        return Ok(Wanted::Json);
    };
    let html = quality(accept, &["text/html"]);
    let json = quality(accept, &["application/json"]);
    let any = quality(accept, &["application/*", "*/*"]);
    if html > 0.0 && html >= json {
        return Ok(Wanted::Html);
    }
    if json > 0.0 || any > 0.0 { Ok(Wanted::Json) } else { Err(ErrorCode::NotAcceptable.into()) }
}

/// Whether this is a browser asking for a page.
pub(crate) fn wants_html(headers: &HeaderMap) -> bool {
    matches!(wanted(headers), Ok(Wanted::Html))
}

/// The highest `q` among the ranges of these names; 0 when none is there.
fn quality(accept: &str, names: &[&str]) -> f32 {
    accept
        .split(',')
        .filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next()?;
            names.iter().any(|known| known.eq_ignore_ascii_case(name)).then(|| q_of(parts))
        })
        .fold(0.0, f32::max)
}

fn q_of<'a>(mut parameters: impl Iterator<Item = &'a str>) -> f32 {
    parameters.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0))
}

/// The strings in the first language of `Accept-Language` that we speak.
pub(crate) fn localizer(headers: &HeaderMap) -> &'static Localizer {
    static ALL: LazyLock<Vec<Localizer>> =
        LazyLock::new(|| Language::ALL.into_iter().map(Localizer::for_language).collect());
    static ENGLISH: LazyLock<Localizer> = LazyLock::new(|| Localizer::for_language(Language::English));
    let wishes = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let tags = wishes.split(',').filter_map(|wish| wish.split(';').next()).map(str::trim);
    let language = Language::negotiate(tags.filter(|tag| !tag.is_empty()));
    ALL.iter().find(|localizer| localizer.language() == language).unwrap_or(&ENGLISH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: &str) -> Option<Wanted> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        wanted(&headers).ok()
    }

    #[test]
    fn a_browser_gets_a_page_and_a_program_json() {
        let chromium = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
        assert_eq!(asked(chromium), Some(Wanted::Html));
        assert_eq!(asked("application/json"), Some(Wanted::Json));
        assert_eq!(asked("*/*"), Some(Wanted::Json));
        assert_eq!(asked("text/html;q=0.5, application/json"), Some(Wanted::Json));
        assert_eq!(asked("image/png"), None);
    }
}
