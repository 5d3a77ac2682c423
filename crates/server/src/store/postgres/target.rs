//! Where the database is and how it is spoken to: never in the clear beyond this machine, and never to a server whose
//! certificate does not prove that it is the one that was named.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Why an address of a database is not used.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// Not an address of a PostgreSQL database.
    #[error("the database's address is not like postgres://user:password@host:5432/name")]
    Address(#[source] tokio_postgres::Error),
    /// A way to use TLS that does not exist.
    #[error("sslmode={0} is not known: use verify-full, or disable for a database on this machine")]
    SslMode(String),
    /// Messages would travel unencrypted.
    #[error("the database on {0} would be spoken to in the clear; remove sslmode=disable")]
    InTheClear(String),
    /// The file of root certificates cannot be used.
    #[error("the root certificates {file} cannot be read")]
    Roots {
        /// Which.
        file: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The system's own root certificates cannot be used.
    #[error("the system's root certificates cannot be used; name a file with sslrootcert=")]
    Tls(#[from] rustls::Error),
}

/// A database's address, understood.
pub(super) struct Target {
    pub(super) config: Config,
    pub(super) tls: Option<MakeRustlsConnect>,
}

/// What an address says of TLS.
#[derive(Default)]
struct Wished {
    mode: Option<String>,
    roots: Option<String>,
}

impl Target {
    pub(super) fn parse(address: &str) -> Result<Self, TargetError> {
        let (rest, wished) = split(address);
        let mut config: Config = rest.parse().map_err(TargetError::Address)?;
        // Of several hosts the one that writes: after a failover it is another.
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        let distant = config.get_hosts().iter().find_map(distant);
        let tls = match (wished.mode.as_deref(), distant) {
            (Some("disable"), Some(host)) => return Err(TargetError::InTheClear(host)),
            (Some("disable" | "allow" | "prefer") | None, None) => None,
            (Some("allow" | "prefer" | "require" | "verify-ca" | "verify-full") | None, _) => {
                Some(connector(wished.roots.as_deref())?)
            }
            (Some(other), _) => return Err(TargetError::SslMode(other.to_owned())),
        };
        config.ssl_mode(if tls.is_some() { SslMode::Require } else { SslMode::Disable });
        Ok(Target { config, tls })
    }
}

/// The address without what the library does not know, and that.
fn split(address: &str) -> (String, Wished) {
    let Some((base, query)) = address.split_once('?') else { return (address.to_owned(), Wished::default()) };
    let mut wished = Wished::default();
    let mut kept = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslmode", mode)) => wished.mode = Some(mode.to_owned()),
            Some(("sslrootcert", file)) => wished.roots = Some(decoded(file)),
            _ => kept.push(pair),
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{base}{query}"), wished)
}

fn decoded(text: &str) -> String {
    let pair = format!("x={text}");
    let value = url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned());
    value.unwrap_or_default()
}

/// The name of a host that is not this machine.
fn distant(host: &Host) -> Option<String> {
    let Host::Tcp(name) = host else { return None };
    let loopback = name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    (name != "localhost" && !loopback).then(|| name.clone())
}

/// Chain and name are verified, whatever the mode: one that does not is no protection.
fn connector(roots: Option<&str>) -> Result<MakeRustlsConnect, TargetError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let config = match roots {
        Some(file) => builder.with_root_certificates(read(Path::new(file))?),
        None => builder.with_platform_verifier()?,
    };
    Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
}

fn read(file: &Path) -> Result<RootCertStore, TargetError> {
    let broken = |source: Box<dyn std::error::Error + Send + Sync>| TargetError::Roots {
        file: file.display().to_string(),
        source,
    };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| broken(error.into()))? {
        let certificate = certificate.map_err(|error| broken(error.into()))?;
        roots.add(certificate).map_err(|error| broken(error.into()))?;
    }
    if roots.is_empty() { Err(broken("it holds no certificate".into())) } else { Ok(roots) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encrypted(address: &str) -> Result<bool, String> {
        Target::parse(address).map(|target| target.tls.is_some()).map_err(|error| error.to_string())
    }

    #[test]
    fn beyond_this_machine_nothing_travels_in_the_clear() {
        for here in [
            "postgres://u@localhost/b",
            "postgres://u@127.0.0.1:5433/b?sslmode=disable",
            "postgres://u@[::1]/b",
        ] {
            assert_eq!(encrypted(here), Ok(false), "{here}");
        }
        for mode in ["", "?sslmode=prefer", "?sslmode=require", "?sslmode=verify-full"] {
            assert_eq!(encrypted(&format!("postgres://u@db.example.org/b{mode}")), Ok(true), "{mode}");
        }
        assert!(
            encrypted("postgres://u@db.example.org/b?sslmode=disable").unwrap_err().contains("in the clear")
        );
        assert!(
            encrypted("postgres://u@a.example.org:5432,localhost:5433/b").unwrap(),
            "one of them is elsewhere"
        );
    }

    #[test]
    fn what_is_asked_for_on_this_machine_is_given() {
        assert_eq!(encrypted("postgres://u@localhost/b?sslmode=verify-full"), Ok(true));
        assert!(encrypted("postgres://u@localhost/b?sslmode=yes").unwrap_err().contains("verify-full"));
    }

    #[test]
    fn an_address_that_is_none_or_roots_that_are_none_are_named() {
        assert!(encrypted("mysql//nowhere").unwrap_err().contains("postgres://"));
        let file = tempfile::NamedTempFile::new().unwrap();
        let address = format!("postgres://u@db.example.org/b?sslrootcert={}", file.path().display());
        assert!(encrypted(&address).unwrap_err().contains("cannot be read"));
    }
}
