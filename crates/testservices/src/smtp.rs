//! An SMTP server of a test's own (Debian's python3-aiosmtpd): it keeps what it is given and answers as it is told.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tokio::net::TcpStream;

use crate::folder::Folder;
use crate::process::{self, Process};
use crate::{ports, programs};

/// Debian's own, which has Debian's packages; another may come first in the search path.
const PYTHON: &str = "/usr/bin/python3";
const SERVER: &str = include_str!("smtp/server.py");

/// How it is spoken to.
#[derive(Clone, Debug, Default)]
pub struct SmtpOptions {
    /// Whether there is TLS, and from when on.
    pub security: SmtpSecurity,
    /// Certificate chain and key, PEM; needed with TLS.
    pub certificate: Option<(String, String)>,
    /// Who must sign in, and with what.
    pub login: Option<(String, String)>,
}

/// Whether there is TLS, and from when on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// None.
    #[default]
    Plain,
    /// After STARTTLS, and nothing before it.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A message that it was given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Mail {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// It came through TLS.
    pub tls: bool,
    /// Who had signed in.
    pub user: Option<String>,
    /// Head and body as they came.
    pub data: String,
}

/// A running (or killed) server.
#[derive(Debug)]
pub struct Smtp {
    process: Option<Process>,
    folder: Folder,
    port: u16,
    options: SmtpOptions,
}

impl Smtp {
    /// Starts one.
    pub async fn start(options: &SmtpOptions) -> Result<Self> {
        ports::on_free_port(async |port| {
            let mut made = Smtp { process: None, folder: Folder::new()?, port, options: options.clone() };
            made.start_again().await?;
            Ok(made)
        })
        .await
    }

    /// The port it listens on, at 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Answers recipients with this instead of 250; `None`: with 250 again.
    pub fn answer_recipients(&self, answer: Option<&str>) -> Result<()> {
        self.tell("rcpt", answer)
    }

    /// Answers messages with this instead of 250, and does not keep them; `slow <seconds>` keeps them, and answers later.
    pub fn answer_messages(&self, answer: Option<&str>) -> Result<()> {
        self.tell("data", answer)
    }

    fn tell(&self, what: &str, answer: Option<&str>) -> Result<()> {
        match answer {
            Some(answer) => self.folder.write(what, answer).map(|_| ()),
            None => match fs::remove_file(self.folder.join(what)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            },
        }
    }

    /// Everything it has kept, oldest first.
    pub fn mails(&self) -> Result<Vec<Mail>> {
        let files = fs::read_dir(self.folder.path())?.filter_map(|entry| Some(entry.ok()?.path()));
        let mut files: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|ext| ext == "json")).collect();
        files.sort();
        files.iter().map(|path| mail(path)).collect()
    }

    /// Ends it where it stands.
    pub async fn kill(&mut self) -> Result<()> {
        self.process.take().context("this SMTP server is not running")?.kill().await?;
        self.folder.unwatch()
    }

    /// Starts it after [`Smtp::kill`], at the same port.
    pub async fn start_again(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "this SMTP server is running");
        let script = self.folder.write("server.py", SERVER)?;
        if let Some((certificate, key)) = &self.options.certificate {
            self.folder.write("cert.pem", certificate)?;
            self.folder.write("key.pem", key)?;
        }
        programs::find("aiosmtpd")?; // The package that it stands on.
        let mut command = self.folder.command(Path::new(PYTHON));
        let mode = match self.options.security {
            SmtpSecurity::Plain => "plain",
            SmtpSecurity::StartTls => "starttls",
            SmtpSecurity::Tls => "tls",
        };
        command.arg(script).arg(self.folder.path()).arg(self.port.to_string()).arg(mode);
        if let Some((user, password)) = &self.options.login {
            command.args([user, password]);
        }
        let mut process = Process::start("smtp", command, &mut self.folder, "TERM")?;
        let port = self.port;
        process
            .until("the SMTP server", async |_| {
                Ok(TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(()))
            })
            .await?;
        self.process = Some(process);
        Ok(())
    }

    /// What it has printed since it was made.
    #[must_use]
    pub fn log(&self) -> String {
        process::read(&self.folder.join("smtp.log"))
    }
}

fn mail(path: &Path) -> Result<Mail> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}
