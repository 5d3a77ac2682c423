//! PostgreSQL's LISTEN/NOTIFY as a wire, on a connection of its own.
//!
//! Reads and writes no table. The connection has to reach PostgreSQL itself: a pooler that gives a connection to
//! another client after each transaction forgets the LISTEN.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, StreamExt as _, future};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{AsyncMessage, Client, Config, Error, Socket};

use super::wire::{Open, Voice, Wire, WireError};

/// The channel; PostgreSQL keeps those of different databases apart by itself.
const CHANNEL: &str = "bedside_signals";

/// A connection: what asks, and what PostgreSQL says unasked.
pub struct Session {
    client: Client,
    messages: BoxStream<'static, Result<AsyncMessage, Error>>,
}

/// Opens a session, again and again. Where TLS is needed, whoever makes it brings the connector.
pub type Connector = Arc<dyn Fn() -> BoxFuture<'static, Result<Session, Error>> + Send + Sync>;

/// A connector to one database over this kind of TLS.
pub fn connector<T>(config: Config, tls: T) -> Connector
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
    T::Stream: Send,
    T::TlsConnect: Send,
    <T::TlsConnect as tokio_postgres::tls::TlsConnect<Socket>>::Future: Send,
{
    Arc::new(move || connect(config.clone(), tls.clone()).boxed())
}

async fn connect<T>(config: Config, tls: T) -> Result<Session, Error>
where
    T: MakeTlsConnect<Socket>,
    T::Stream: Send + 'static,
{
    let (client, mut connection) = config.connect(tls).await?;
    let messages = stream::poll_fn(move |context| connection.poll_message(context));
    Ok(Session { client, messages: messages.boxed() })
}

/// PostgreSQL as a wire.
pub struct Postgres {
    connect: Connector,
}

impl Postgres {
    /// The wire; nothing is connected yet.
    #[must_use]
    pub fn new(connect: Connector) -> Self {
        Postgres { connect }
    }
}

#[async_trait]
impl Wire for Postgres {
    async fn open(&self) -> Result<Open, WireError> {
        let Session { client, messages } = (self.connect)().await?;
        let ear = messages.take_while(|message| future::ready(message.is_ok())).filter_map(payload);
        let mut ear = ear.boxed();
        let early = listen(&client, &mut ear).await?;
        Ok(Open { voice: Arc::new(Notifier(client)), ear: stream::iter(early).chain(ear).boxed() })
    }
}

/// Listens from now on; what was heard before that was known is given back.
async fn listen(client: &Client, ear: &mut BoxStream<'static, String>) -> Result<Vec<String>, WireError> {
    let statement = format!("LISTEN {CHANNEL}");
    let mut listening = std::pin::pin!(client.batch_execute(&statement));
    let mut early = Vec::new();
    loop {
        tokio::select! {
            listens = &mut listening => {
                listens?;
                return Ok(early);
            }
            heard = ear.next() => early.push(heard.ok_or(CLOSED)?),
        }
    }
}

const CLOSED: WireError = WireError::Other("PostgreSQL closed the connection");

async fn payload(message: Result<AsyncMessage, Error>) -> Option<String> {
    match message {
        Ok(AsyncMessage::Notification(notification)) => Some(notification.payload().to_owned()),
        _ => None,
    }
}

struct Notifier(Client);

#[async_trait]
impl Voice for Notifier {
    async fn tell(&self, payload: &str) -> Result<(), WireError> {
        let literal = payload.replace('\'', "''"); // NOTIFY takes no parameters.
        Ok(self.0.batch_execute(&format!("NOTIFY {CHANNEL}, '{literal}'")).await?)
    }

    async fn ping(&self) -> Result<(), WireError> {
        Ok(self.0.batch_execute("").await?)
    }
}
