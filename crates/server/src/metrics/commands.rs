//! Commands: how many of which kind, what became of them, how long until they were durable.

use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::durations::Durations;
use super::{Counted, Labels};
use crate::store::Delivery;

/// What a command asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    SendMessage,
    ChangeMessage,
    MarkRead,
    SetFlags,
    PutDraft,
    MarkDelivered,
    OpenRoom,
    QuickReplies,
    EndSession,
}

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Became {
    /// Something was changed by it.
    Stored,
    /// It was so already.
    Repeated,
    /// It may not be.
    Refused,
    /// The store failed.
    Failed,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SendMessage => "send_message",
            Self::ChangeMessage => "change_message",
            Self::MarkRead => "mark_read",
            Self::SetFlags => "set_flags",
            Self::PutDraft => "put_draft",
            Self::MarkDelivered => "mark_delivered",
            Self::OpenRoom => "open_room",
            Self::QuickReplies => "quick_replies",
            Self::EndSession => "end_session",
        }
    }
}

impl Became {
    /// What changes something is told to somebody.
    pub(crate) const fn stored_if_told(deliveries: &[Delivery]) -> Self {
        if deliveries.is_empty() { Self::Repeated } else { Self::Stored }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Repeated => "repeated",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// The commands of this server.
pub(crate) struct Commands {
    under_way: Gauge,
    send_message: OfKind,
    change_message: OfKind,
    mark_read: OfKind,
    set_flags: OfKind,
    put_draft: OfKind,
    mark_delivered: OfKind,
    open_room: OfKind,
    quick_replies: OfKind,
    end_session: OfKind,
}

/// The series of one kind, found once and not for each command.
struct OfKind {
    stored: Counter,
    repeated: Counter,
    refused: Counter,
    failed: Counter,
    durable: Durations,
}

impl Commands {
    /// Every series is there from the start, so that the first failure is a rise and not a series that appears.
    pub(super) fn new(registry: &mut Registry) -> Self {
        let (under_way, ended) = (Gauge::default(), Family::default());
        let durable = Family::default();
        let of = |kind| OfKind::new(kind, &ended, &durable);
        let commands = Commands {
            under_way: under_way.clone(),
            send_message: of(Kind::SendMessage),
            change_message: of(Kind::ChangeMessage),
            mark_read: of(Kind::MarkRead),
            set_flags: of(Kind::SetFlags),
            put_draft: of(Kind::PutDraft),
            mark_delivered: of(Kind::MarkDelivered),
            open_room: of(Kind::OpenRoom),
            quick_replies: of(Kind::QuickReplies),
            end_session: of(Kind::EndSession),
        };
        let help = "Commands taken on and not answered yet, those that wait included";
        registry.register("commands_under_way", help, under_way);
        registry.register("commands", "Commands by what became of them", ended);
        let help = "From a command's entry into the store until it was durable";
        registry.register_with_unit("commit_latency", help, Unit::Seconds, durable);
        commands
    }

    /// A command is taken on, until this is dropped.
    pub(crate) fn taken_on(&self) -> Counted {
        Counted::in_(&self.under_way)
    }

    /// The store has answered. One that failed has no latency: how long it took says nothing about commits.
    pub(crate) fn answered(&self, kind: Kind, became: Became, took: Duration) {
        let series = self.of(kind);
        series.ended(became).inc();
        if became != Became::Failed {
            series.durable.observe(took);
        }
    }

    const fn of(&self, kind: Kind) -> &OfKind {
        match kind {
            Kind::SendMessage => &self.send_message,
            Kind::ChangeMessage => &self.change_message,
            Kind::MarkRead => &self.mark_read,
            Kind::SetFlags => &self.set_flags,
            Kind::PutDraft => &self.put_draft,
            Kind::MarkDelivered => &self.mark_delivered,
            Kind::OpenRoom => &self.open_room,
            Kind::QuickReplies => &self.quick_replies,
            Kind::EndSession => &self.end_session,
        }
    }
}

impl OfKind {
    fn new(kind: Kind, ended: &Family<Labels<2>, Counter>, durable: &Family<Labels<1>, Durations>) -> Self {
        let kind = ("kind", kind.as_str());
        let ended = |became: Became| ended.get_or_create_owned(&[kind, ("outcome", became.as_str())]);
        OfKind {
            stored: ended(Became::Stored),
            repeated: ended(Became::Repeated),
            refused: ended(Became::Refused),
            failed: ended(Became::Failed),
            durable: durable.get_or_create_owned(&[kind]),
        }
    }

    const fn ended(&self, became: Became) -> &Counter {
        match became {
            Became::Stored => &self.stored,
            Became::Repeated => &self.repeated,
            Became::Refused => &self.refused,
            Became::Failed => &self.failed,
        }
    }
}
