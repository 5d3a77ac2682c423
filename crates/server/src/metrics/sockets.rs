//! Sockets and held polls: how many there are, and why sockets end.

use bedside_protocol::{ErrorCode, close};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::{Counted, Labels};

/// Which socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SocketKind {
    /// An account's.
    Feed,
    /// One room's.
    Room,
}

/// Why a socket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    /// The client closed it, or the connection broke.
    Gone,
    /// The server is closing.
    GoingAway,
    /// Its session has ended, or there was none.
    SignedOut,
    /// It was not read fast enough: its queue was full.
    Overflow,
    /// Nothing came from it for too long, or no hello.
    Silent,
    /// A frame beyond the limits, or too many that were refused.
    Misused,
    /// The store could not be read.
    Unavailable,
}

impl SocketKind {
    const ALL: [Self; 2] = [Self::Feed, Self::Room];

    /// The name of its task.
    pub(crate) const fn task(self) -> &'static str {
        match self {
            Self::Feed => "server.feed_socket",
            Self::Room => "server.room_socket",
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Room => "room",
        }
    }
}

impl Closed {
    const ALL: [Self; 7] = [
        Self::Gone,
        Self::GoingAway,
        Self::SignedOut,
        Self::Overflow,
        Self::Silent,
        Self::Misused,
        Self::Unavailable,
    ];

    /// Why a socket was closed with this code, after this error if any. Who does not read is told none.
    pub(crate) const fn with(code: u16, error: Option<ErrorCode>) -> Self {
        match (code, error) {
            (close::GOING_AWAY, _) => Self::GoingAway,
            (close::UNAUTHENTICATED, _) => Self::SignedOut,
            (close::TOO_SLOW, None) => Self::Overflow,
            (close::TIMEOUT, _) => Self::Silent,
            (close::UNAVAILABLE, _) => Self::Unavailable,
            _ => Self::Misused,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::GoingAway => "going_away",
            Self::SignedOut => "signed_out",
            Self::Overflow => "overflow",
            Self::Silent => "silent",
            Self::Misused => "misused",
            Self::Unavailable => "unavailable",
        }
    }
}

/// The sockets and held polls of this server.
pub(crate) struct Sockets {
    open: Family<Labels<1>, Gauge>,
    closed: Family<Labels<2>, Counter>,
    arriving: Gauge,
    polls: Gauge,
}

impl Sockets {
    /// Every series is there from the start.
    pub(super) fn new(registry: &mut Registry) -> Self {
        let open = Family::<Labels<1>, Gauge>::default();
        let (arriving, polls) = (Gauge::default(), Gauge::default());
        let closed = Family::<Labels<2>, Counter>::default();
        for kind in SocketKind::ALL {
            drop(open.get_or_create(&[kind_is(kind)]));
            for why in Closed::ALL {
                drop(closed.get_or_create(&[kind_is(kind), ("reason", why.as_str())]));
            }
        }
        registry.register("sockets", "Open sockets by kind", open.clone());
        registry.register("sockets_closed", "Sockets that ended, by the reason", closed.clone());
        registry.register(
            "sockets_arriving",
            "Sockets that wait to be greeted in their turn",
            arriving.clone(),
        );
        registry.register("long_polls", "Requests for the feed that are being held", polls.clone());
        Sockets { open, closed, arriving, polls }
    }

    /// A socket is open, until this is dropped.
    pub(crate) fn opened(&self, kind: SocketKind) -> OpenSocket {
        let counted = Counted::in_(&self.open.get_or_create(&[kind_is(kind)]));
        OpenSocket { kind, closed: self.closed.clone(), _counted: counted }
    }

    /// A socket waits for its turn to be greeted, until this is dropped.
    pub(crate) fn arrived(&self) -> Counted {
        Counted::in_(&self.arriving)
    }

    /// A poll is held, until this is dropped.
    pub(crate) fn held(&self) -> Counted {
        Counted::in_(&self.polls)
    }
}

/// A socket that is open.
pub(crate) struct OpenSocket {
    kind: SocketKind,
    closed: Family<Labels<2>, Counter>,
    _counted: Counted,
}

impl OpenSocket {
    /// It has ended.
    pub(crate) fn closed(self, why: Closed) {
        self.closed.get_or_create(&[kind_is(self.kind), ("reason", why.as_str())]).inc();
    }
}

const fn kind_is(kind: SocketKind) -> (&'static str, &'static str) {
    ("kind", kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_that_is_not_read_is_told_from_one_that_asks_too_much() {
        assert_eq!(Closed::with(close::TOO_SLOW, None), Closed::Overflow);
        assert_eq!(Closed::with(close::TOO_SLOW, Some(ErrorCode::RateLimited)), Closed::Misused);
        assert_eq!(Closed::with(close::TIMEOUT, Some(ErrorCode::RequestTimeout)), Closed::Silent);
        assert_eq!(Closed::with(close::UPGRADE_REQUIRED, Some(ErrorCode::UpgradeRequired)), Closed::Misused);
    }
}
