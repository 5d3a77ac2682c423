//! `bedside-server serve`: listens until told to stop, and stops without losing anything.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use bedside_runtime::Runtime;
use bedside_server::bus::Wires;
use bedside_server::bus::postgres::Postgres;
use bedside_server::bus::redis::{Redis, RedisUrl};
use bedside_server::serve::metrics::MetricsDoor;
use bedside_server::serve::{self, exposure, tls};
use bedside_server::store::sqlite::Company;
use bedside_server::store::{SharedStore, postgres};
use bedside_server::{App, Config, GetMarksRead, Limits, Transport};
use clap::{Args, ValueEnum};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpListener;
use url::Url;

use super::outreach::OutreachArgs;
use super::place::Place;
use super::say;

/// How long requests may take to finish once the server was told to stop.
const SHUTDOWN_DEADLINE: Duration = Duration::from_secs(10);

/// The embedded database belongs to one server, which has nobody to wake.
const REDIS_ALONE: &str = "--redis (or BEDSIDE_REDIS) is for several servers on one PostgreSQL; a server with the \
    embedded database is the only one on it: leave it out";

/// Serves a clinic.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    place: Place,
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
    /// How long a message may wait on a device before its author must confirm it, for example 4h or 90m.
    #[arg(long, value_name = "DURATION", default_value = "4h", value_parser = duration)]
    stale_after: Duration,
    /// Redis, for several servers on one PostgreSQL to wake each other: redis:// or rediss://, with its password if any.
    #[arg(long, env = "BEDSIDE_REDIS", hide_env_values = true, value_name = "URL")]
    redis: Option<SecretString>,
    /// Where metrics are served for Prometheus, for example 127.0.0.1:9464; nowhere unless it is given.
    #[arg(long, env = "BEDSIDE_METRICS", value_name = "ADDR")]
    metrics: Option<SocketAddr>,
    /// A machine that may read the metrics over the network; may be repeated.
    #[arg(long, value_name = "ADDR", num_args = 1.., requires = "metrics")]
    metrics_reader: Vec<IpAddr>,
    #[command(flatten)]
    outreach: OutreachArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl Serve {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        let (database, redis) = (self.place.database()?, self.redis_url()?);
        ensure!(redis.is_none() || database.is_some(), REDIS_ALONE);
        let config = Config { outreach: self.outreach.outreach(self.public_url.as_ref())?, ..self.config() };
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(tls::acceptor(certificate, key)?),
            _ => None,
        };
        let metrics = match self.metrics {
            Some(address) => Some(MetricsDoor::open(address, self.metrics_reader.clone()).await?),
            None => None,
        };
        let store = self.place.open(&runtime, Company::Alone).await?;
        if let Err(refusal) = exposure::check(self.listen, &config, store.facts()) {
            store.close().await;
            return Err(refusal.into());
        }
        announce_state(&config, &store).await?;
        let listener = TcpListener::bind(self.listen).await.context("cannot listen")?;
        let address = listener.local_addr()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let wires = self.wires(database.as_ref(), &store)?;
        let app = App::beside_others(runtime.clone(), store, config, wires);
        let acceptor = app.clone();
        runtime.spawn_vital("server.accept", async move { serve::serve(&acceptor, listener, tls).await });
        if let Some(metrics) = metrics {
            serve_metrics(&app, metrics)?;
        }
        let stopped = until_stopped(); // Before anybody is told that there is something to stop.
        say(&format!("listening on {scheme}://{address}"))?;
        let broken = runtime.broken();
        tokio::select! {
            () = stopped => tracing::info!("closing"),
            () = broken.cancelled() => tracing::error!("closing: a part that all need has panicked"),
            () = self.place.moved(&runtime) => tracing::warn!("closing: this clinic has moved to PostgreSQL"),
        }
        runtime.spawn("server.second_signal", abort_on_second_signal());
        app.shutdown(SHUTDOWN_DEADLINE).await;
        tracing::info!("closed");
        ensure!(!broken.is_cancelled(), "a part that all need has panicked; to be started anew");
        Ok(())
    }

    /// How other servers on the same database are woken.
    fn wires(&self, database: Option<&SecretString>, store: &SharedStore) -> anyhow::Result<Wires> {
        let Some(address) = database else { return Ok(Wires::default()) };
        let postgres = Postgres::new(postgres::connector(address)?);
        let redis = self.redis_url()?.map(|url| Redis::new(&url, &store.facts().epoch)).transpose()?;
        Ok(Wires { redis: redis.map(|redis| Arc::new(redis) as _), postgres: Some(Arc::new(postgres)) })
    }

    /// Checked here and not by the parser, which would quote it with its password.
    fn redis_url(&self) -> anyhow::Result<Option<RedisUrl>> {
        let parse = |url: &SecretString| RedisUrl::parse(url.expose_secret());
        self.redis.as_ref().map(parse).transpose().context("--redis (or BEDSIDE_REDIS)")
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
            stale_after: self.stale_after,
            ..Config::default()
        }
    }
}

fn serve_metrics(app: &App, door: MetricsDoor) -> anyhow::Result<()> {
    say(&format!("metrics on http://{}/metrics", door.address()?))?;
    let app = app.clone();
    let runtime = app.runtime().clone();
    runtime.spawn_vital("server.metrics.accept", async move { door.serve(&app).await });
    Ok(())
}

async fn announce_state(config: &Config, store: &SharedStore) -> anyhow::Result<()> {
    if config.limits == Limits::Off {
        tracing::warn!("RATE LIMITS ARE OFF: for load tests only");
    }
    if store.facts().demo {
        tracing::warn!("this is a demo clinic");
    }
    if !store.has_accounts().await? {
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

fn duration(text: &str) -> Result<Duration, String> {
    let parsed: jiff::SignedDuration =
        text.parse().map_err(|_| "a time like 4h or 90m is needed".to_owned())?;
    let positive = Duration::try_from(parsed).ok().filter(|duration| !duration.is_zero());
    positive.ok_or_else(|| "more than no time is needed".to_owned())
}

async fn abort_on_second_signal() {
    until_stopped().await;
    tracing::warn!("aborted");
    std::process::exit(1);
}

/// Ends with the first signal from now on to stop.
#[cfg(unix)]
fn until_stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let listening = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        let [Ok(mut interrupt), Ok(mut terminate)] = listening else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Ends with the first signal from now on to stop.
#[cfg(not(unix))]
async fn until_stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
