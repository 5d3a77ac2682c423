//! The opening of a feed socket: hello within ten seconds, then, in its turn, welcome.

use std::sync::Arc;
use std::time::Duration;

use bedside_protocol::feed::{ClientFrame, Hello, ServerFrame};
use bedside_protocol::{ErrorCode, FeedSeq, PROTO, close};

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::{Presented, Signed, Use};
use crate::auth::token;
use crate::doors;
use crate::failure::Failure;
use crate::hub::Subscription;
use crate::live::arrivals::Later;
use crate::live::driver::{Driver, Holder, Replay};
use crate::live::feed_socket::FeedDialect;
use crate::live::link::{Arrived, Link};
use crate::live::{Dialect, frame};
use crate::metrics::Closed;
use crate::store::SessionKind;

/// A socket that has not said hello by then is closed.
const HELLO_WITHIN: Duration = Duration::from_secs(10);

/// Greets and runs a feed socket, and says why it ended; `signed` if its request carried a session already.
pub(crate) async fn open(state: Arc<AppState>, mut link: Link, signed: Option<Signed>) -> Closed {
    let greeted = tokio::select! {
        greeted = greet(&state, &mut link, signed) => greeted,
        () = state.closing.cancelled() => Err(Unwelcome::Later(state.retry_in_ms())),
    };
    let welcome = match greeted {
        Ok(welcome) => welcome,
        Err(unwelcome) => return unwelcome.end(link).await,
    };
    if link.put(frame(&welcome.frame)).await.is_err() {
        return Closed::Gone;
    }
    let (holder, subscription) = (welcome.holder, welcome.subscription);
    let driver = Driver::new(state, link, FeedDialect, holder, subscription, welcome.from);
    driver.run(welcome.replay).await
}

struct Welcome {
    frame: ServerFrame,
    holder: Holder,
    subscription: Subscription,
    from: FeedSeq,
    replay: Replay,
}

/// Why a socket ends before it is greeted.
enum Unwelcome {
    Refused(Failure),
    /// It said nothing.
    Silent,
    /// It is to come again, after so many milliseconds.
    Later(u64),
}

impl From<Failure> for Unwelcome {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure)
    }
}

impl Unwelcome {
    async fn end(self, link: Link) -> Closed {
        let (code, failure) = match self {
            Self::Later(retry_in_ms) => {
                link.close(close::GOING_AWAY, FeedDialect.going_away(retry_in_ms)).await;
                return Closed::with(close::GOING_AWAY, None);
            }
            Self::Silent => (close::TIMEOUT, ErrorCode::RequestTimeout.into()),
            Self::Refused(failure) => (close_code(failure.0.code), failure),
        };
        let closed = Closed::with(code, Some(failure.0.code));
        link.close(code, Some(refusal(failure))).await;
        closed
    }
}

async fn greet(state: &Arc<AppState>, link: &mut Link, signed: Option<Signed>) -> Result<Welcome, Unwelcome> {
    let hello = state.runtime.timeout(HELLO_WITHIN, hello(link)).await.ok_or(Unwelcome::Silent)??;
    if hello.proto != PROTO && Some(hello.proto) != PROTO.checked_sub(1).filter(|proto| *proto > 0) {
        return Err(Unwelcome::Refused(ErrorCode::UpgradeRequired.into()));
    }
    let signed = match signed {
        Some(signed) => signed,
        None => Signed::find(state, hello.token.as_deref().map(bearer), Use::ByPerson).await?,
    };
    let _waiting = state.metrics.sockets.arrived();
    let turn = state.arrivals.turn(&state.runtime).await;
    turn.map_err(|Later(wait)| Unwelcome::Later(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)))?;
    Ok(welcome(state, hello, signed).await?)
}

async fn hello(link: &mut Link) -> Result<Hello, Failure> {
    loop {
        match link.receive().await {
            Arrived::Text(text) => match serde_json::from_str(text.as_str()) {
                Ok(ClientFrame::Hello(hello)) => return Ok(hello),
                _ => return Err(Failure::because(ErrorCode::BadRequest, "The first frame is hello.")),
            },
            Arrived::Life => {}
            Arrived::TooLarge => return Err(ErrorCode::TooLarge.into()),
            Arrived::Binary | Arrived::Closed => return Err(ErrorCode::BadRequest.into()),
        }
    }
}

async fn welcome(state: &Arc<AppState>, hello: Hello, signed: Signed) -> Result<Welcome, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    let subscription = doors::take_place(state, &signed.session)?; // Before anything is read: nothing falls between.
    let greeting = {
        let _reading = state.arrivals.reading().await;
        state.store.greet(&signed.token, hello.cursor.clone(), state.runtime.now()).await?
    };
    let greeting = greeting.ok_or(ErrorCode::Unauthenticated)?;
    let head = greeting.head.feed_seq;
    let frame = ServerFrame::Welcome {
        proto: hello.proto,
        head: greeting.head,
        account: greeting.account,
        device_id: actor.device_id,
        server_time: state.runtime.now(),
        stale_after_ms: u64::try_from(state.config.stale_after.as_millis()).unwrap_or(u64::MAX),
        clinic_rev: state.store.clinic().await?.rev,
    };
    let holder = Holder { session: signed.session, token: signed.token };
    let from = hello.cursor.map_or(head, |cursor| cursor.feed_seq);
    let replay = greeting.missed.map_or(Replay::Nothing, Replay::Given);
    Ok(Welcome { frame, holder, subscription, from, replay })
}

fn bearer(presented: &str) -> Presented {
    Presented { kind: SessionKind::Bearer, token: token::hash(presented) }
}

fn refusal(Failure(problem): Failure) -> axum::extract::ws::Utf8Bytes {
    FeedDialect.failed(problem, None)
}

/// The close code that mirrors an error.
const fn close_code(code: ErrorCode) -> u16 {
    match code {
        ErrorCode::Unauthenticated => close::UNAUTHENTICATED,
        ErrorCode::UpgradeRequired => close::UPGRADE_REQUIRED,
        ErrorCode::RateLimited => close::TOO_SLOW,
        ErrorCode::TooLarge => close::TOO_LARGE,
        ErrorCode::Unavailable | ErrorCode::Internal => close::UNAVAILABLE,
        _ => close::REFUSED,
    }
}
