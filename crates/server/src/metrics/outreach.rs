//! What became of e-mail and SMS.

use bedside_protocol::wire::Channel;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use super::Labels;

/// A step in the life of something that is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is to be sent.
    Decided,
    /// A gateway has it.
    Sent,
    /// To be tried again.
    Again,
    /// Given up.
    Failed,
    /// Read before it was sent, or stopped.
    Withdrawn,
}

impl Fate {
    const ALL: [Self; 5] = [Self::Decided, Self::Sent, Self::Again, Self::Failed, Self::Withdrawn];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Sent => "sent",
            Self::Again => "retried",
            Self::Failed => "failed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What became of those of this server.
pub(crate) struct Outreach(Family<Labels<2>, Counter>);

impl Outreach {
    /// Every series is there from the start.
    pub(super) fn new(registry: &mut Registry) -> Self {
        let counted = Family::<Labels<2>, Counter>::default();
        for channel in Channel::ALL {
            for fate in Fate::ALL {
                drop(counted.get_or_create(&labels(channel, fate)));
            }
        }
        registry.register("outreach", "E-mails and SMS by what became of them", counted.clone());
        Outreach(counted)
    }

    pub(crate) fn ended(&self, channel: Channel, fate: Fate) {
        self.0.get_or_create(&labels(channel, fate)).inc();
    }

    pub(crate) fn withdrawn(&self, channel: Channel, count: u64) {
        self.0.get_or_create(&labels(channel, Fate::Withdrawn)).inc_by(count);
    }
}

const fn labels(channel: Channel, fate: Fate) -> Labels<2> {
    [("channel", channel.as_str()), ("fate", fate.as_str())]
}
