//! The two cookies of the described platform: `sessionid` and `csrftoken`.

use http::{HeaderMap, HeaderValue, header};

use crate::peer::Scheme;

/// The session's cookie.
pub(crate) const SESSION: &str = "sessionid";
/// The cookie a form's hidden field must equal.
pub(crate) const CSRF: &str = "csrftoken";

/// The value of a cookie, if it was sent.
pub(crate) fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

/// `sessionid`: no script reads it, no other site's POST carries it; gone when the browser closes.
pub(crate) fn set_session(token: &str, scheme: Scheme) -> Option<HeaderValue> {
    cookie(format!("{SESSION}={token}; Path=/; HttpOnly; SameSite=Lax{}", secure(scheme)))
}

/// `csrftoken`: scripts of our own pages send it back as `X-CSRFToken`.
pub(crate) fn set_csrf(token: &str, scheme: Scheme) -> Option<HeaderValue> {
    cookie(format!("{CSRF}={token}; Path=/; SameSite=Lax{}", secure(scheme)))
}

/// Takes `sessionid` away.
pub(crate) fn clear_session(scheme: Scheme) -> Option<HeaderValue> {
    cookie(format!("{SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}", secure(scheme)))
}

const fn secure(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Https => "; Secure",
        Scheme::Http => "",
    }
}

/// Tokens are base64url, so this never fails for ours.
fn cookie(text: String) -> Option<HeaderValue> {
    HeaderValue::try_from(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("theme=dark; csrftoken=abc; sessionid=x=y"));
        assert_eq!(get(&headers, CSRF), Some("abc"));
        assert_eq!(get(&headers, SESSION), Some("x=y"));
        assert_eq!(get(&headers, "token"), None);
    }

    #[test]
    fn the_session_cookie_is_secure_over_tls() {
        let cookie = set_session("t", Scheme::Https).unwrap();
        assert_eq!(cookie, "sessionid=t; Path=/; HttpOnly; SameSite=Lax; Secure");
    }
}
