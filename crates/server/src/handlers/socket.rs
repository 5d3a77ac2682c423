//! `WS /ws/feed/` and `WS /ws/chat/<room_id>/`: who may open a socket, before anything is upgraded.
//!
//! An `Origin` must be on the allow-list exactly; without one, cookies are ignored (only browsers send both).

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection};
use axum::response::Response;
use bedside_protocol::wire::Room;
use bedside_protocol::{ErrorCode, FeedSeq, RoomId};
use http::HeaderMap;
use serde::Deserialize;
use tokio::sync::oneshot;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::csrf::{self, Origin};
use crate::auth::signed::{Presented, Signed, Use};
use crate::doors;
use crate::failure::Failure;
use crate::live::driver::{Driver, Holder, Replay};
use crate::live::hello;
use crate::live::link::{self, Link};
use crate::live::room_socket::{Events, RoomDialect};
use crate::metrics::{Closed, SocketKind};
use crate::params::{Params, RoomPath};
use crate::peer::Client;
use crate::store::{Actor, SessionKind};

/// Connections and sockets at once; an idle socket costs some 10 KB.
const SOCKETS_MAX: usize = 20_000;

type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

/// `WS /ws/feed/`.
pub(crate) async fn feed(
    State(state): State<Arc<AppState>>,
    client: Client,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, Failure> {
    let presented = presented(&state, &client, &headers)?;
    let signed = match presented {
        Some(presented) => {
            let _reading = state.arrivals.reading().await; // Many may come at once.
            Some(Signed::find(&state, Some(presented), Use::ByItself).await?)
        }
        None => None,
    };
    let running = Arc::clone(&state);
    accept(&state, upgrade, SocketKind::Feed, move |socket| async move {
        let link = Link::new(socket, running.runtime.clone());
        hello::open(running, link, signed).await
    })
}

/// What else than messages to tell.
#[derive(Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    events: String,
}

/// `WS /ws/chat/<room_id>/`.
pub(crate) async fn room(
    State(state): State<Arc<AppState>>,
    client: Client,
    headers: HeaderMap,
    RoomPath(room_id): RoomPath,
    Params(query): Params<Query>,
    upgrade: Upgrade,
) -> Result<Response, Failure> {
    let presented = presented(&state, &client, &headers)?;
    let signed = Signed::find(&state, presented, Use::ByItself).await?;
    let actor = signed.actor(Action::ReadRoom)?;
    let subscription = doors::join(&state, &signed).await?; // Before the handshake is answered.
    let (room, head) = room_and_head(&state, actor, room_id).await?;
    let events = if query.events == "all" { Events::All } else { Events::MessagesOnly };
    let running = Arc::clone(&state);
    accept(&state, upgrade, SocketKind::Room, move |socket| async move {
        let link = Link::new(socket, running.runtime.clone());
        let dialect = RoomDialect::new(&room, room.other.account_id, events);
        let holder = Holder { session: signed.session, token: signed.token };
        let driver = Driver::new(running, link, dialect, holder, subscription, head);
        driver.run(Replay::Store).await
    })
}

/// The room and the feed place it was read at, in one read: a message between two reads would be neither new nor old.
async fn room_and_head(state: &AppState, actor: Actor, room_id: RoomId) -> Result<(Room, FeedSeq), Failure> {
    let before = RoomId(room_id.0.saturating_sub(1));
    let page = state.store.chat_list(actor, Some(before), 1).await?;
    let room = page.rooms.into_iter().find(|room| room.room_id == room_id);
    Ok((room.ok_or_else(doors::no_such_room)?, page.cursor.feed_seq))
}

fn presented(state: &AppState, client: &Client, headers: &HeaderMap) -> Result<Option<Presented>, Failure> {
    let presented = Presented::of(headers);
    match csrf::origin(&state.config, client, headers) {
        Origin::Foreign => Err(ErrorCode::OriginNotAllowed.into()),
        Origin::Absent => Ok(presented.filter(|presented| presented.kind == SessionKind::Bearer)),
        Origin::Allowed => Ok(presented),
    }
}

/// Answers the handshake and runs the socket in a task of our own runtime, counted as a connection.
fn accept<R, F>(state: &AppState, upgrade: Upgrade, kind: SocketKind, run: R) -> Result<Response, Failure>
where
    R: FnOnce(WebSocket) -> F + Send + 'static,
    F: Future<Output = Closed> + Send + 'static,
{
    if state.connections.len() >= SOCKETS_MAX {
        return Err(Failure::wait(ErrorCode::Unavailable, 10_000));
    }
    let upgrade = upgrade.map_err(|_| Failure::because(ErrorCode::BadRequest, "This is a WebSocket."))?;
    let (upgraded, socket) = oneshot::channel();
    let (counted, metrics) = (state.connections.token(), Arc::clone(&state.metrics));
    state.runtime.spawn(kind.task(), async move {
        let _counted = counted;
        if let Ok(socket) = socket.await {
            let open = metrics.sockets.opened(kind);
            open.closed(run(socket).await);
        }
    });
    Ok(link::limited(upgrade).on_upgrade(move |socket| async move {
        let _ = upgraded.send(socket); // The task is gone when the runtime is.
    }))
}
