//! The opening of a feed socket: hello within ten seconds, then welcome.

use std::sync::Arc;
use std::time::Duration;

use bedside_protocol::feed::{ClientFrame, Hello, ServerFrame};
use bedside_protocol::{Cursor, ErrorCode, PROTO, close};

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::{Presented, Signed, Use};
use crate::auth::token;
use crate::doors;
use crate::failure::Failure;
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
    let hello = tokio::select! {
        hello = state.runtime.timeout(HELLO_WITHIN, hello(&mut link)) => hello,
        () = state.closing.cancelled() => {
            let goodbye = FeedDialect.going_away(state.retry_in_ms());
            link.close(close::GOING_AWAY, goodbye).await;
            return Closed::with(close::GOING_AWAY, None);
        }
    };
    let greeted = match hello {
        None => return refuse(link, close::TIMEOUT, Some(ErrorCode::RequestTimeout.into())).await,
        Some(Err(failure)) => Err(failure),
        Some(Ok(hello)) => welcome(&state, hello, signed).await,
    };
    let welcome = match greeted {
        Ok(welcome) => welcome,
        Err(failure) => {
            let code = close_code(failure.0.code);
            return refuse(link, code, Some(failure)).await;
        }
    };
    if link.put(frame(&welcome.frame)).await.is_err() {
        return Closed::Gone;
    }
    let mut driver =
        Driver::new(state, link, FeedDialect, welcome.holder, welcome.subscription, welcome.from.feed_seq);
    if welcome.replay == Greeting::Resync && driver.say_resync(welcome.from).await.is_err() {
        return Closed::Gone;
    }
    let replay = if welcome.replay == Greeting::Replay { Replay::FromCursor } else { Replay::FromHead };
    driver.run(replay).await
}

async fn refuse(link: Link, code: u16, failure: Option<Failure>) -> Closed {
    let closed = Closed::with(code, failure.as_ref().map(|failure| failure.0.code));
    link.close(code, failure.map(refusal)).await;
    closed
}

/// How the stream begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Greeting {
    /// From the client's cursor.
    Replay,
    /// From the head: a first sync.
    Head,
    /// From the head, the client's cursor being of another epoch.
    Resync,
}

struct Welcome {
    frame: ServerFrame,
    holder: Holder,
    subscription: crate::hub::Subscription,
    from: Cursor,
    replay: Greeting,
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

async fn welcome(state: &Arc<AppState>, hello: Hello, signed: Option<Signed>) -> Result<Welcome, Failure> {
    if hello.proto != PROTO && Some(hello.proto) != PROTO.checked_sub(1).filter(|proto| *proto > 0) {
        return Err(ErrorCode::UpgradeRequired.into());
    }
    let signed = match signed {
        Some(signed) => signed,
        None => Signed::find(state, hello.token.as_deref().map(bearer), Use::ByPerson).await?,
    };
    let actor = signed.actor(Action::SeeOwnLists)?;
    let subscription = doors::join(state, &signed).await?; // Before the head is read: nothing falls between.
    let head = state.store.feed_head(actor.account_id).await?;
    let account = state.store.account(actor).await?.ok_or(ErrorCode::Unauthenticated)?;
    let (from, replay) = match hello.cursor {
        None => (head.clone(), Greeting::Head),
        Some(cursor) if cursor.epoch != head.epoch => (head.clone(), Greeting::Resync),
        Some(cursor) => (cursor, Greeting::Replay),
    };
    let frame = ServerFrame::Welcome {
        proto: hello.proto,
        head,
        account,
        device_id: actor.device_id,
        server_time: state.runtime.now(),
        stale_after_ms: u64::try_from(state.config.stale_after.as_millis()).unwrap_or(u64::MAX),
    };
    let holder = Holder { session: signed.session, token: signed.token };
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
        _ => 1008,
    }
}
