//! The one way out of the app: a link the person confirmed, handed to the system.

use url::Url;

/// Longest link handed on, in bytes.
const URL_BYTES: usize = 2_048;

/// Why a link is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("not a link this app opens")]
    NotAllowed,
    #[error("the system could not open it")]
    System,
}

/// A link that may leave the app: `https` without credentials, `mailto` or `tel`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalLink(Url);

impl ExternalLink {
    /// Checks what the webview asks for.
    pub(crate) fn parse(text: &str) -> Result<Self, OpenError> {
        if text.len() > URL_BYTES || text.chars().any(char::is_control) {
            return Err(OpenError::NotAllowed);
        }
        let url = Url::parse(text).map_err(|_| OpenError::NotAllowed)?;
        let allowed = match url.scheme() {
            "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
            "mailto" | "tel" => !url.path().is_empty(),
            _ => false,
        };
        allowed.then_some(ExternalLink(url)).ok_or(OpenError::NotAllowed)
    }

    /// Hands it to the system and does not wait for the program that shows it.
    pub(crate) fn open(&self) -> Result<(), OpenError> {
        open::that_detached(self.0.as_str()).map_err(|error| {
            tracing::warn!(%error, "the system did not open a link");
            OpenError::System
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_mail_and_telephone_links_may_leave() {
        for link in ["https://example.org/a?b#c", "mailto:ana@example.org", "tel:+351123456"] {
            assert!(ExternalLink::parse(link).is_ok(), "{link}");
        }
    }

    #[test]
    fn nothing_else_may_leave() {
        let long = format!("https://example.org/{}", "a".repeat(URL_BYTES));
        let refused = [
            "http://example.org",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://host/share",
            "ms-msdt:/id",
            "https://user@example.org",
            "https://user:pw@example.org",
            "mailto:",
            "-h",
            "/bin/sh",
            "",
            "https://example.org\n--flag",
            &long,
        ];
        for link in refused {
            assert_eq!(ExternalLink::parse(link), Err(OpenError::NotAllowed), "{link}");
        }
    }
}
