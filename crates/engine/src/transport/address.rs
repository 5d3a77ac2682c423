//! A server's address as a person types it, and as it may be used.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// `https://host[:port]`, or `http://` on this machine only. Without a scheme, `https` is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(Url);

/// Not an address a Bedside server can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a server address")]
pub struct InvalidAddress;

impl ServerAddress {
    /// A path below the address.
    #[must_use]
    pub fn http(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_str().trim_end_matches('/'))
    }

    /// The same with the WebSocket scheme.
    #[must_use]
    pub fn ws(&self, path: &str) -> String {
        let http = self.http(path);
        http.strip_prefix("http").map_or(http.clone(), |rest| format!("ws{rest}"))
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl FromStr for ServerAddress {
    type Err = InvalidAddress;

    fn from_str(typed: &str) -> Result<Self, InvalidAddress> {
        let typed = typed.trim();
        let full = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let mut url = Url::parse(&full).map_err(|_| InvalidAddress)?;
        let bare = url.username().is_empty() && url.password().is_none();
        let allowed = match url.scheme() {
            "https" => url.host().is_some(),
            "http" => url.host().is_some_and(|host| is_this_machine(&host)),
            _ => false,
        };
        if !bare || !allowed {
            return Err(InvalidAddress);
        }
        url.set_query(None);
        url.set_fragment(None);
        url.set_path("");
        Ok(ServerAddress(url))
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Option<String> {
        typed.parse::<ServerAddress>().ok().map(|address| address.to_string())
    }

    #[test]
    fn https_is_meant_when_nothing_is_said() {
        assert_eq!(read(" chat.clinic.example "), Some("https://chat.clinic.example".to_owned()));
        assert_eq!(read("clinic.example:8443/chat/?x=1"), Some("https://clinic.example:8443".to_owned()));
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        assert_eq!(read("http://127.0.0.1:8080/"), Some("http://127.0.0.1:8080".to_owned()));
        assert_eq!(read("http://[::1]:1"), Some("http://[::1]:1".to_owned()));
        assert_eq!(read("http://clinic.example"), None);
        assert_eq!(read("http://127.0.0.1.example"), None);
    }

    #[test]
    fn what_is_no_server_is_refused() {
        for typed in ["", "ftp://clinic.example", "https://ana:secret@clinic.example", "https://", "a b"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_socket_has_the_matching_scheme() {
        let address: ServerAddress = "https://clinic.example".parse().unwrap();
        assert_eq!(address.ws("/ws/feed/"), "wss://clinic.example/ws/feed/");
    }
}
