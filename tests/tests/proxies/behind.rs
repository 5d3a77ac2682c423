//! The proxy's certificate, and a person on the other side of it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use bedside_tests::Peer;
use reqwest::Client;
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;

use crate::PASSWORD;

/// The name in the documented configurations.
pub(crate) const HOST: &str = "chat.example.org";

/// A certificate with its key, in files as the documentation has them.
pub(crate) struct Certificate {
    folder: TempDir,
    made: rcgen::Certificate,
}

impl Certificate {
    pub(crate) fn make() -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default(); // Another test may have been first.
        let made = rcgen::generate_simple_self_signed(vec![HOST.to_owned()])?;
        let folder = tempfile::tempdir()?;
        // Proxies run as another user.
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;
        let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
        std::fs::write(folder.path().join("fullchain.pem"), &certificate)?;
        std::fs::write(folder.path().join("privkey.pem"), &key)?;
        std::fs::write(folder.path().join("chat.example.org.pem"), certificate + &key)?;
        Ok(Certificate { folder, made: made.cert })
    }

    /// The folder that a configuration's files are in.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// TLS that believes this certificate and no other.
    pub(crate) fn trust(&self) -> Result<Arc<ClientConfig>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.made.der().clone())?;
        Ok(Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()))
    }

    /// HTTP over it, to a proxy on this machine.
    pub(crate) fn http(&self, port: u16) -> Result<Client> {
        let root = reqwest::Certificate::from_der(self.made.der())?;
        let client = Client::builder().no_proxy().tls_certs_only([root]);
        Ok(client.resolve(HOST, ([127, 0, 0, 1], port).into()).build()?)
    }
}

/// Where a proxy is found.
pub(crate) fn origin(port: u16) -> String {
    format!("https://{HOST}:{port}")
}

/// Somebody signed in through a proxy.
pub(crate) async fn signed_in(certificate: &Certificate, port: u16, who: &str) -> Result<Peer> {
    Peer::sign_in_by(certificate.http(port)?, &origin(port), who, PASSWORD).await
}

/// The servers know that people come by TLS.
pub(crate) async fn is_told_of_tls(certificate: &Certificate, port: u16) -> Result<()> {
    let answer = certificate.http(port)?.get(format!("{}/healthz", origin(port))).send().await?;
    ensure!(answer.status().is_success(), "/healthz: {}", answer.status());
    answer.headers().get("strict-transport-security").context("the servers do not know of TLS").map(drop)
}
