//! `bedside-server serve`: listens until told to stop, and stops without losing anything.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use bedside_protocol::wire::Role;
use bedside_runtime::Runtime;
use bedside_server::serve::{self, exposure, tls};
use bedside_server::store::sqlite::Company;
use bedside_server::store::{SharedStore, Store as _};
use bedside_server::{App, Config, GetMarksRead, Limits, Transport};
use clap::{Args, ValueEnum};
use tokio::net::TcpListener;
use url::Url;

use super::{DataFolder, open, say};

/// How long requests may take to finish once the server was told to stop.
const SHUTDOWN_DEADLINE: Duration = Duration::from_secs(10);

/// Serves the clinic in a data folder.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    folder: DataFolder,
    /// Where to listen; port 0 lets the system choose.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The certificate chain, PEM.
    #[arg(long, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, PEM.
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// The address people use, for example https://chat.example.org; decides allowed origins and Secure cookies.
    #[arg(long, value_parser = origin)]
    public_url: Option<Url>,
    /// A proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be repeated.
    #[arg(long, value_name = "ADDR", num_args = 1..)]
    trusted_proxy: Vec<IpAddr>,
    /// A further origin whose pages may use the session cookie; may be repeated.
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    allow_origin: Vec<Url>,
    /// Rate limits; `off` is for load tests on loopback.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    limits: Switch,
    /// GET /chat/messages/<id>/ marks as read for cookie sessions, as old pages of the platform expect.
    #[arg(long)]
    compat_get_marks_read: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl Serve {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        let config = self.config();
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(tls::acceptor(certificate, key)?),
            _ => None,
        };
        let store = open(&runtime, &self.folder.data, Company::Alone).await?;
        if let Err(refusal) = exposure::check(self.listen, &config, store.facts()) {
            store.close().await;
            return Err(refusal.into());
        }
        let store: SharedStore = Arc::new(store);
        announce_state(&config, &store).await?;
        let listener = TcpListener::bind(self.listen).await.context("cannot listen")?;
        let address = listener.local_addr()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let app = App::new(runtime.clone(), store, config);
        let acceptor = app.clone();
        runtime.spawn("server.accept", async move { serve::serve(&acceptor, listener, tls).await });
        say(&format!("listening on {scheme}://{address}"))?;
        until_stopped().await;
        tracing::info!("closing");
        runtime.spawn("server.second_signal", abort_on_second_signal());
        app.shutdown(SHUTDOWN_DEADLINE).await;
        tracing::info!("closed");
        Ok(())
    }

    fn config(&self) -> Config {
        Config {
            public_url: self.public_url.clone(),
            allow_origins: self.allow_origin.clone(),
            trusted_proxies: self.trusted_proxy.iter().map(IpAddr::to_canonical).collect(),
            limits: match self.limits {
                Switch::On => Limits::On,
                Switch::Off => Limits::Off,
            },
            get_marks_read: if self.compat_get_marks_read {
                GetMarksRead::CookieSessions
            } else {
                GetMarksRead::Never
            },
            transport: if self.tls_cert.is_some() { Transport::Tls } else { Transport::Plain },
            ..Config::default()
        }
    }
}

async fn announce_state(config: &Config, store: &SharedStore) -> anyhow::Result<()> {
    if config.limits == Limits::Off {
        tracing::warn!("RATE LIMITS ARE OFF: for load tests only");
    }
    if store.facts().demo {
        tracing::warn!("this is a demo clinic");
    }
    let people =
        store.count_accounts(Role::Patient).await? + store.count_accounts(Role::Practitioner).await?;
    if people == 0 {
        tracing::warn!("there are no accounts yet: bedside-server admin create-practitioner --help");
    }
    Ok(())
}

fn origin(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    let known = matches!(url.scheme(), "http" | "https") && url.has_host();
    if !known || url.path() != "/" || url.query().is_some() {
        return Err("an address like https://chat.example.org is needed".to_owned());
    }
    Ok(url)
}

async fn abort_on_second_signal() {
    until_stopped().await;
    tracing::warn!("aborted");
    std::process::exit(1);
}

#[cfg(unix)]
async fn until_stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn until_stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
