//! Whether a request that carries a cookie was meant by the person: its `Origin`, else its CSRF token.

use bedside_protocol::ErrorCode;
use bedside_runtime::Runtime;
use http::{HeaderMap, header};
use subtle::ConstantTimeEq;

use crate::auth::cookies;
use crate::auth::token::Token;
use crate::config::Config;
use crate::failure::Failure;
use crate::peer::Client;

/// What a request's `Origin` header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// None was sent: not a page, or an old browser.
    Absent,
    /// Exactly ours, or on the allow-list.
    Allowed,
    /// Anybody else's, including `null`.
    Foreign,
}

/// Judges the `Origin` header; nothing but exact equality counts.
pub(crate) fn origin(config: &Config, client: &Client, headers: &HeaderMap) -> Origin {
    let Some(presented) = headers.get(header::ORIGIN) else {
        return Origin::Absent;
    };
    let own = client.own_origin.iter().map(String::as_bytes);
    if own.into_iter().any(|own| own == presented.as_bytes()) {
        return Origin::Allowed;
    }
    let listed = config.allow_origins.iter().map(|url| url.origin().ascii_serialization());
    if listed.into_iter().any(|listed| listed.as_bytes() == presented.as_bytes()) {
        return Origin::Allowed;
    }
    Origin::Foreign
}

/// Passes a POST by cookie if its origin is allowed or its token (header, or the form's field) equals the cookie.
pub(crate) fn check(
    config: &Config,
    client: &Client,
    headers: &HeaderMap,
    field: Option<&str>,
) -> Result<(), Failure> {
    if origin(config, client, headers) == Origin::Allowed {
        return Ok(());
    }
    let header = headers.get("x-csrftoken").and_then(|value| value.to_str().ok());
    let expected = cookies::get(headers, cookies::CSRF);
    let presented = header.or(field);
    match (expected, presented) {
        (Some(expected), Some(presented)) if same(expected, presented) => Ok(()),
        _ => Err(ErrorCode::CsrfFailed.into()),
    }
}

/// The browser's token, or a fresh one to be set as its cookie.
pub(crate) enum PageToken {
    Kept(String),
    Fresh(String),
}

impl PageToken {
    pub(crate) fn of(runtime: &Runtime, headers: &HeaderMap) -> Self {
        match cookies::get(headers, cookies::CSRF) {
            Some(token) if is_ours(token) => Self::Kept(token.to_owned()),
            _ => Self::Fresh(Token::mint(runtime).into_text()),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Kept(token) | Self::Fresh(token) => token,
        }
    }
}

fn is_ours(token: &str) -> bool {
    token.len() == 43 && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}
