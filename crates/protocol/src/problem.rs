//! Errors as they cross the wire: RFC 9457 problem documents with a stable `code`.

use serde::{Deserialize, Serialize};

/// What went wrong, as a word that never changes its meaning. Unknown words are kept as [`ErrorCode::Unknown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: the request cannot be read (syntax, missing field, wrong type).
    BadRequest,
    /// 401: no session, or it has ended.
    Unauthenticated,
    /// 401: user name or password is wrong; the same for unknown users.
    WrongCredentials,
    /// 403: signed in, but this role may not do this.
    Forbidden,
    /// 403: a POST by cookie with neither our `Origin` nor a valid CSRF token.
    CsrfFailed,
    /// 403: the `Origin` header is not on the allow-list.
    OriginNotAllowed,
    /// 404: no such object, or not one of yours.
    NotFound,
    /// 405: the path exists, the method does not.
    MethodNotAllowed,
    /// 406: nothing the client accepts can be produced.
    NotAcceptable,
    /// 408: the request did not arrive in time.
    RequestTimeout,
    /// 409: the same `client_id` came with other content; nothing was changed.
    ClientIdReused,
    /// 409: the object's state does not allow this (for example an account name already taken).
    Conflict,
    /// 413: the body, frame or message is too large.
    TooLarge,
    /// 422: the message is empty.
    EmptyMessage,
    /// 422: a field's value is not allowed.
    InvalidValue,
    /// 422: the message replied to is not one of this room that the sender may see; nothing was stored.
    CannotReply,
    /// 426: the server does not speak this protocol version.
    UpgradeRequired,
    /// 429: too many requests; `retry_after_ms` says when to come back.
    RateLimited,
    /// 503: shutting down or overloaded; try again.
    Unavailable,
    /// 500: our fault; the log knows more.
    Internal,
    /// A code this build does not know.
    #[serde(other)]
    Unknown,
}

impl ErrorCode {
    /// The HTTP status that goes with the code.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthenticated | Self::WrongCredentials => 401,
            Self::Forbidden | Self::CsrfFailed | Self::OriginNotAllowed => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::NotAcceptable => 406,
            Self::RequestTimeout => 408,
            Self::ClientIdReused | Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::EmptyMessage | Self::InvalidValue | Self::CannotReply => 422,
            Self::UpgradeRequired => 426,
            Self::RateLimited => 429,
            Self::Unavailable => 503,
            Self::Internal | Self::Unknown => 500,
        }
    }

    /// One plain sentence for the document's `title`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request could not be read.",
            Self::Unauthenticated => "Sign in first.",
            Self::WrongCredentials => "User name or password is wrong.",
            Self::Forbidden => "You may not do this.",
            Self::CsrfFailed => "The form's security token is missing or wrong.",
            Self::OriginNotAllowed => "Requests from this page are not allowed.",
            Self::NotFound => "There is no such thing here.",
            Self::MethodNotAllowed => "This address does not answer that method.",
            Self::NotAcceptable => "That representation is not available.",
            Self::RequestTimeout => "The request took too long to arrive.",
            Self::ClientIdReused => "This client_id was used for another message.",
            Self::Conflict => "That is not possible in the present state.",
            Self::TooLarge => "That is too large.",
            Self::EmptyMessage => "The message is empty.",
            Self::InvalidValue => "A value is not allowed.",
            Self::CannotReply => "The message replied to is not in this conversation.",
            Self::UpgradeRequired => "This version is no longer supported; update the app.",
            Self::RateLimited => "Too many requests; try again later.",
            Self::Unavailable => "The server is not available right now; try again.",
            Self::Internal | Self::Unknown => "Something went wrong on the server.",
        }
    }
}

/// An RFC 9457 problem document (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Always `about:blank`: the code says which problem it is.
    #[serde(rename = "type", default = "about_blank")]
    pub kind: String,
    /// A plain sentence, the same for every occurrence of the code.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable word.
    pub code: ErrorCode,
    /// What is particular to this occurrence; safe to show, never internals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// For 429 and 503: milliseconds to wait before trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
}

fn about_blank() -> String {
    "about:blank".to_owned()
}

impl Problem {
    /// The document for a code, without detail.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Problem {
            kind: about_blank(),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            retry_after_ms: None,
        }
    }

    /// The same with what is particular to this occurrence.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same with a time to wait, in milliseconds.
    #[must_use]
    pub fn retry_after(mut self, millis: u64) -> Self {
        self.retry_after_ms = Some(millis);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_document_looks_like_rfc_9457() {
        let problem = Problem::new(ErrorCode::NotFound).with_detail("No such room.");
        insta::assert_json_snapshot!(problem, @r#"
        {
          "type": "about:blank",
          "title": "There is no such thing here.",
          "status": 404,
          "code": "not_found",
          "detail": "No such room."
        }
        "#);
    }

    #[test]
    fn a_code_from_a_newer_server_is_read_as_unknown() {
        let read: ErrorCode = serde_json::from_str(r#""invented_later""#).unwrap();
        assert_eq!(read, ErrorCode::Unknown);
    }
}
