//! TLS to the database: chain and name are verified, and nothing travels in the clear beyond this machine.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use bedside_runtime::Runtime;
use bedside_server::store::postgres::{PgOpenError, PgStore, TargetError};
use bedside_server::store::{Store as _, StoreError};
use bedside_testservices::{Options, Postgres, Tls, shared};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

use crate::support::options;

/// Somebody who vouches for certificates.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    fn new(folder: &tempfile::TempDir, name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, certificate.pem()).unwrap();
        Self { issuer: Issuer::new(params, key), file }
    }

    /// A cluster that speaks TLS only, with a certificate for a name.
    async fn cluster(&self, name: &str) -> Postgres {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().pem();
        let tls = Some(Tls { certificate, key: key.serialize_pem() });
        Postgres::start(Options { tls, ..Options::default() }).await.unwrap()
    }
}

async fn open(url: &str) -> Result<PgStore, PgOpenError> {
    PgStore::open(Runtime::system(), &options(url)).await
}

/// Why the connection was not made.
async fn refusal(url: &str) -> String {
    match open(url).await {
        Err(PgOpenError::Database(StoreError::Database(error) | StoreError::Unreachable(error))) => {
            format!("{error:?}")
        }
        other => panic!("{:?}", other.err()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_spoken_to_if_its_certificate_proves_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, foreign) = (Authority::new(&folder, "ours.pem"), Authority::new(&folder, "foreign.pem"));
    let cluster = ours.cluster("127.0.0.1").await;
    let with_root = |root: &Authority| {
        format!("{}?sslmode=verify-full&sslrootcert={}", cluster.url(), root.file.display())
    };
    open(&with_root(&ours)).await.unwrap().ping().await.unwrap();
    assert!(refusal(&with_root(&foreign)).await.contains("UnknownIssuer"));
    let system = format!("{}?sslmode=require", cluster.url());
    refusal(&system).await; // No root of the system vouches for it either.
    assert!(refusal(&cluster.url()).await.contains("no encryption"), "and it takes nothing in the clear");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_another_name_proves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Authority::new(&folder, "ours.pem");
    let cluster = ours.cluster("db.example.org").await;
    for mode in ["require", "verify-ca", "verify-full"] {
        let url = format!("{}?sslmode={mode}&sslrootcert={}", cluster.url(), ours.file.display());
        assert!(refusal(&url).await.contains("NotValidForName"), "{mode}");
    }
}

/// An address that leads here, and is none of those that are known to.
fn distant(port: u16) -> String {
    format!("postgres://postgres@0.0.0.0:{port}/postgres")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_distant_database_in_the_clear_is_refused_without_being_dialled() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = distant(listener.local_addr().unwrap().port());
    let url = format!("{url}?sslmode=disable");
    // Who dials it waits for an answer that never comes.
    let refused =
        Runtime::system().timeout(Duration::from_secs(10), open(&url)).await.expect("an answer").err();
    assert!(matches!(refused, Some(PgOpenError::Target(TargetError::InTheClear(_)))), "{refused:?}");
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "nobody has called");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_distant_database_that_offers_no_tls_is_told_nothing() {
    let url = distant(shared().await.unwrap().port());
    for mode in ["", "?sslmode=prefer", "?sslmode=allow"] {
        assert!(refusal(&format!("{url}{mode}")).await.contains("does not support TLS"), "{mode}");
    }
}
