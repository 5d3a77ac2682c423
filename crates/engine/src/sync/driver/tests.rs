use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use async_trait::async_trait;
use bedside_protocol::ipc::view::ConnectionView;
use bytes::Bytes;
use futures_util::{Stream, sink};

use super::*;
use crate::keys::DataKey;
use crate::transport::{Incoming, ServerAddress, SocketError, Transport, TransportError};

const START: Timestamp = Timestamp(1_795_363_200_000);

/// A network that opens every socket and loses it at once; nothing answers over HTTP.
#[derive(Clone, Default)]
struct Flaky {
    opened: Arc<AtomicUsize>,
    held: Arc<AtomicUsize>,
}

/// Either half of a socket: what it costs the system is counted until it is dropped.
struct Half(Arc<AtomicUsize>);

impl Half {
    fn new(flaky: &Flaky) -> Self {
        flaky.held.fetch_add(1, Ordering::SeqCst);
        Half(Arc::clone(&flaky.held))
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Stream for Half {
    type Item = Incoming;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Incoming>> {
        Poll::Ready(None)
    }
}

#[async_trait]
impl Transport for Flaky {
    async fn request(
        &self,
        _: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        Err(TransportError::Silent)
    }

    async fn socket(&self, _: http::Request<()>) -> Result<Socket, TransportError> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        let held = Half::new(self);
        let sink = sink::unfold(held, async |held, _: String| Ok::<_, SocketError>(held));
        Ok(Socket { sink: Box::pin(sink), stream: Box::pin(Half::new(self)) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_socket_that_ended_by_itself_is_let_go_of() {
    let runtime = Runtime::simulated(1, START);
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(&runtime, folder.path(), DataKey::random(&runtime)).await.unwrap();
    let network = Flaky::default();
    let server = "https://bedside.example".parse::<ServerAddress>().unwrap();
    let (session_ended, _listening) = mpsc::channel(1);
    let connection = ConnectionView {
        mode: ConnectionMode::Connecting,
        waiting: 0,
        parked: 0,
        retry_at: None,
        last_heard_at: None,
        backfilling: false,
    };
    let telling = Telling {
        runtime: runtime.clone(),
        cache: cache.clone(),
        wishes: tokio::sync::broadcast::channel(1).0,
        time_zone: Arc::new(|| "UTC".to_owned()),
        locked: watch::channel(false).1,
    };
    let setup = Setup {
        runtime: runtime.clone(),
        cache,
        me: AccountId(1),
        api: Api::new(Arc::new(network.clone()), server),
        connection: watch::channel(connection).0,
        people_loading: watch::channel(false).0,
        others: watch::channel(Others::default()).0,
        telling,
        session_ended,
    };
    let (_handle, _driving) = start(setup);
    while network.opened.load(Ordering::SeqCst) < 3 {
        runtime.sleep(Duration::from_secs(1)).await;
    }
    runtime.sleep(Duration::from_millis(1)).await;
    assert_eq!(network.held.load(Ordering::SeqCst), 0);
}
