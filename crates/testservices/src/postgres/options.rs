//! What a test may choose about its cluster, and the settings that follow.

use anyhow::Result;

use crate::folder::Folder;

/// What a test may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether commits reach the disk.
    pub durability: Durability,
    /// A certificate: connections over TCP must then use TLS.
    pub tls: Option<Tls>,
}

/// Whether commits reach the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// They need not: quick, for tests of behaviour. What was committed is lost with a kill.
    #[default]
    Relaxed,
    /// Every commit is synced before it is answered, as in production: for tests of faults.
    Full,
}

/// A server's certificate and key, as PEM text.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The certificate, with those that vouch for it after it.
    pub certificate: String,
    /// Its private key.
    pub key: String,
}

impl Options {
    /// Commits synced as in production, TCP in plain text.
    #[must_use]
    pub fn durable() -> Self {
        Options { durability: Durability::Full, tls: None }
    }

    /// Writes the files that the settings name; the settings, each as `name=value`.
    pub(super) fn settings(&self, folder: &Folder) -> Result<Vec<String>> {
        let hba = folder.write("pg_hba.conf", &self.admitted())?;
        let mut settings = vec![
            "listen_addresses=127.0.0.1".to_owned(),
            format!("unix_socket_directories={}", folder.path().display()),
            format!("hba_file={}", hba.display()),
            "max_connections=300".to_owned(),
            // In files of the folder, not in the system's shared memory, where a killed cluster's would stay.
            "dynamic_shared_memory_type=mmap".to_owned(),
            "timezone=UTC".to_owned(),
            "log_timezone=UTC".to_owned(),
        ];
        settings.extend(self.durability.settings().iter().map(|setting| (*setting).to_owned()));
        if let Some(tls) = &self.tls {
            let certificate = folder.write("server.crt", &tls.certificate)?;
            let key = folder.write("server.key", &tls.key)?;
            settings.push("ssl=on".to_owned());
            settings.push(format!("ssl_cert_file={}", certificate.display()));
            settings.push(format!("ssl_key_file={}", key.display()));
        }
        Ok(settings)
    }

    /// Who may connect: everybody on this machine, without a password.
    fn admitted(&self) -> String {
        let over_tcp = if self.tls.is_some() { "hostssl" } else { "host" };
        format!("local all all trust\nlocal replication all trust\n{over_tcp} all all 127.0.0.1/32 trust\n")
    }
}

impl Durability {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Relaxed => &[
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
                "max_wal_senders=0",
                "wal_level=minimal",
            ],
            Self::Full => &["fsync=on", "synchronous_commit=on"],
        }
    }
}
