//! The one way out of the app: a link the person confirmed, handed to the system.

use url::Url;

/// Longest link handed on, in bytes.
const URL_BYTES: usize = 2_048;
/// How much of an address stands in a line.
const LINE_CHARS: usize = 64;

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

    /// Whether a browser shows it, and not another program.
    pub(crate) fn is_a_page(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The whole address as it will be opened, in lines that no window is too narrow for. It is ASCII: a host in other
    /// letters is spelled as the network spells it, so that none looks like another.
    pub(crate) fn shown(&self) -> String {
        let signs: Vec<char> = self.0.as_str().chars().collect();
        let lines = signs.chunks(LINE_CHARS).map(|line| line.iter().collect::<String>());
        // Isolated, so that an address reads from left to right among words that do not.
        lines.map(|line| format!("\u{2066}{line}\u{2069}")).collect::<Vec<_>>().join("\n")
    }

    /// Hands it to the system and does not wait for the program that shows it. Blocks for as long as it takes to see
    /// whether that program starts.
    pub(crate) fn open(&self) -> Result<(), OpenError> {
        self.open_with(|address| open::that_detached(address))
    }

    fn open_with(&self, launch: impl FnOnce(&str) -> std::io::Result<()>) -> Result<(), OpenError> {
        launch(self.0.as_str()).map_err(|error| {
            // Never the error itself: it names the command, and with it the address that somebody was sent.
            tracing::warn!(error.kind = ?error.kind(), "the system did not open a link");
            OpenError::System
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;
    use crate::logs::capture::Captured;

    #[test]
    fn a_launcher_that_fails_leaves_no_address_in_the_log() {
        let link = ExternalLink::parse("https://example.org/results?patient=ana").unwrap();
        let captured = Captured::default();
        let opened = captured.during(|| {
            link.open_with(|address| {
                Err(Error::new(ErrorKind::NotFound, format!("xdg-open {address} failed")))
            })
        });
        assert_eq!(opened, Err(OpenError::System));
        assert!(captured.text().contains("NotFound"), "{}", captured.text());
        assert!(!captured.text().contains("example.org"), "{}", captured.text());
    }

    #[test]
    fn the_whole_address_is_shown_in_the_networks_letters() {
        let link = ExternalLink::parse("https://clіnic.example/").unwrap();
        assert_eq!(link.shown(), "\u{2066}https://xn--clnic-o2e.example/\u{2069}");
        let long = format!("https://example.org/{}", "a".repeat(1_000));
        let shown = ExternalLink::parse(&long).unwrap().shown();
        assert!(shown.lines().all(|line| line.chars().count() <= LINE_CHARS + 2));
        let kept: String = shown.chars().filter(char::is_ascii_graphic).collect();
        assert_eq!(kept, long);
    }

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
