//! What servers tell each other, and how it is written. Ids and places only.
//!
//! A kind that this version does not know is ignored, so that a newer server may tell more beside an older one; a
//! change that an older one would misread gets another version, and is ignored as well.

use bedside_protocol::{AccountId, FeedSeq, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::hub::Typing;
use crate::presence::News;
use crate::rate::Rate;
use crate::store::Delivery;

/// The version of the written form.
const VERSION: u32 = 1;
/// Accounts in one payload: with the longest numbers 6,500 bytes, where PostgreSQL takes 7,999.
const ACCOUNTS_PER_PAYLOAD: usize = 150;

/// People in one payload who have left: with the longest numbers 5,000 bytes.
const LEFT_PER_PAYLOAD: usize = 100;
/// Buckets in one payload: with the longest addresses some 6,500 bytes.
const RATES_PER_PAYLOAD: usize = 80;

/// One server process; another each time it starts.
pub(crate) type NodeId = Uuid;

/// Something that other servers may want to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Signal {
    /// These feeds have come this far.
    Wake {
        /// Whose, and how far.
        accounts: Vec<(AccountId, FeedSeq)>,
        /// When the first of it was committed, by the sender's clock; an older server does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        committed_at: Option<Timestamp>,
    },
    /// A session has ended.
    Revoked {
        /// Whose.
        account: AccountId,
        /// Which.
        session_id: i64,
    },
    /// Something about these accounts was changed that their connections are not told by an event.
    Changed {
        /// Whose connections are to look.
        accounts: Vec<AccountId>,
    },
    /// So many tokens were taken of these buckets.
    Spent {
        /// Whose, and how many.
        rates: Vec<(Rate, u32)>,
    },
    /// Somebody types, or has stopped.
    Typing {
        /// Who is to see it.
        to: AccountId,
        /// Who types, and where.
        #[serde(flatten)]
        typing: Typing,
    },
    /// Who has come to the sender, who is there, who has left it.
    Presence(News),
    /// Something could not be told: all connections are to look at the store.
    Look,
    /// The sender hears nothing through Redis: it is to be told by PostgreSQL.
    NoRedis,
    /// Of a newer version.
    #[serde(other)]
    Unknown,
}

impl Signal {
    /// The feeds that these events lie in, committed then.
    pub(crate) fn wake(deliveries: &[Delivery], committed_at: Timestamp) -> Self {
        let place = |delivery: &Delivery| (delivery.account_id, delivery.event.feed_seq);
        Signal::Wake { accounts: deliveries.iter().map(place).collect(), committed_at: Some(committed_at) }
    }

    /// The signal as several, none too long for a payload.
    fn split(self) -> Vec<Signal> {
        match self {
            Signal::Wake { accounts, committed_at } => accounts
                .chunks(ACCOUNTS_PER_PAYLOAD)
                .map(|accounts| Signal::Wake { accounts: accounts.to_vec(), committed_at })
                .collect(),
            Signal::Spent { rates } => {
                let parts = rates.chunks(RATES_PER_PAYLOAD);
                parts.map(|rates| Signal::Spent { rates: rates.to_vec() }).collect()
            }
            Signal::Changed { accounts } => accounts
                .chunks(ACCOUNTS_PER_PAYLOAD)
                .map(|accounts| Signal::Changed { accounts: accounts.to_vec() })
                .collect(),
            Signal::Presence(News { online, left }) => {
                let online = online.chunks(ACCOUNTS_PER_PAYLOAD);
                let online = online.map(|some| News { online: some.to_vec(), left: Vec::new() });
                let left = left.chunks(LEFT_PER_PAYLOAD);
                let left = left.map(|some| News { online: Vec::new(), left: some.to_vec() });
                online.chain(left).map(Signal::Presence).collect()
            }
            other => vec![other],
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    v: u32,
    from: NodeId,
    #[serde(flatten)]
    signal: Signal,
}

/// The payloads that tell these signals; all fit into one of PostgreSQL's notifications.
pub(super) fn write(from: NodeId, signals: Vec<Signal>) -> Vec<String> {
    let written = |signal| serde_json::to_string(&Envelope { v: VERSION, from, signal });
    // The types always serialise; a signal that did not would be made good by the others' own looks.
    signals.into_iter().flat_map(Signal::split).filter_map(|signal| written(signal).ok()).collect()
}

/// The signal of a payload and who says it; `None` if it is one's own or not of this version.
pub(super) fn read(own: NodeId, payload: &str) -> Option<(NodeId, Signal)> {
    #[derive(Deserialize)]
    struct Head {
        v: u32,
        from: NodeId,
    }
    let head: Head = serde_json::from_str(payload).ok()?;
    if head.v != VERSION || head.from == own {
        return None;
    }
    let envelope: Envelope = serde_json::from_str(payload).ok()?;
    Some((envelope.from, envelope.signal))
}

#[cfg(test)]
mod tests {
    use bedside_protocol::RoomId;

    use super::*;

    const OWN: NodeId = Uuid::from_u128(1);
    const OTHER: NodeId = Uuid::from_u128(2);

    fn written(signal: Signal) -> String {
        write(OTHER, vec![signal]).pop().unwrap()
    }

    #[test]
    fn a_signal_is_written_like_this() {
        let wake = |committed_at| Signal::Wake { accounts: vec![(AccountId(7), FeedSeq(41))], committed_at };
        let revoked = Signal::Revoked { account: AccountId(7), session_id: 3 };
        let typing = Typing { room: RoomId(3), account: AccountId(7), typing: true };
        let typing = Signal::Typing { to: AccountId(8), typing };
        let from = r#"{"v":1,"from":"00000000-0000-0000-0000-000000000002","#;
        let changed = Signal::Changed { accounts: vec![AccountId(7), AccountId(8)] };
        let forms = [
            (wake(None), r#""kind":"wake","accounts":[[7,41]]}"#),
            (
                wake(Some(Timestamp(1_795_363_200_123))),
                r#""kind":"wake","accounts":[[7,41]],"committed_at":"2026-11-22T16:00:00.123Z"}"#,
            ),
            (typing, r#""kind":"typing","to":8,"room":3,"account":7,"typing":true}"#),
            (changed, r#""kind":"changed","accounts":[7,8]}"#),
            (revoked, r#""kind":"revoked","account":7,"session_id":3}"#),
            (
                Signal::Spent { rates: vec![(Rate::Message(AccountId(7)), 25)] },
                r#""kind":"spent","rates":[[{"message":7},25]]}"#,
            ),
            (
                Signal::Presence(News { online: vec![AccountId(7)], left: vec![] }),
                r#""kind":"presence","online":[7]}"#,
            ),
            (
                Signal::Presence(News {
                    online: vec![],
                    left: vec![(AccountId(8), Some(Timestamp(1_795_363_200_123))), (AccountId(9), None)],
                }),
                r#""kind":"presence","left":[[8,"2026-11-22T16:00:00.123Z"],[9,null]]}"#,
            ),
            (Signal::Look, r#""kind":"look"}"#),
            (Signal::NoRedis, r#""kind":"no_redis"}"#),
        ];
        for (signal, form) in forms {
            assert_eq!(written(signal.clone()), format!("{from}{form}"));
            assert_eq!(read(OWN, &format!("{from}{form}")), Some((OTHER, signal)));
        }
    }

    #[test]
    fn ones_own_and_another_version_are_ignored() {
        let payload = written(Signal::Look);
        assert_eq!(read(OTHER, &payload), None);
        assert_eq!(read(OWN, &payload.replace(r#""v":1"#, r#""v":2"#)), None);
        assert_eq!(read(OWN, "not one of ours"), None);
    }

    #[test]
    fn an_unknown_kind_is_known_to_be_unknown() {
        let payload = written(Signal::Look).replace("look", "hologram").replace('}', r#","room":5}"#);
        assert_eq!(read(OWN, &payload), Some((OTHER, Signal::Unknown)));
    }

    #[test]
    fn many_buckets_fit_into_notifications() {
        let address = "1111:2222:3333:4444:5555:6666:7777:8888".parse().unwrap();
        let rates = vec![(Rate::Address(address), u32::MAX); 1_000];
        let payloads = write(OTHER, vec![Signal::Spent { rates }]);
        assert!(payloads.len() > 1 && payloads.iter().all(|payload| payload.len() < 8_000));
    }

    #[test]
    fn many_people_fit_into_notifications() {
        let accounts = (0..1_000).map(|n| AccountId(i64::MAX - n));
        let left = accounts.clone().map(|account| (account, Some(Timestamp(1_795_363_200_123)))).collect();
        let payloads = write(OTHER, vec![Signal::Presence(News { online: accounts.collect(), left })]);
        assert!(payloads.len() > 1 && payloads.iter().all(|payload| payload.len() < 8_000));
    }

    #[test]
    fn a_long_wake_fits_into_notifications() {
        let accounts: Vec<_> = (0..1_000).map(|n| (AccountId(i64::MAX - n), FeedSeq(i64::MAX))).collect();
        let committed_at = Some(Timestamp(1_795_363_200_123));
        let payloads = write(OTHER, vec![Signal::Wake { accounts: accounts.clone(), committed_at }]);
        assert!(payloads.iter().all(|payload| payload.len() < 8_000));
        let told = payloads.iter().filter_map(|payload| match read(OWN, payload) {
            Some((_, Signal::Wake { accounts, .. })) => Some(accounts),
            _ => None,
        });
        assert_eq!(told.flatten().collect::<Vec<_>>(), accounts);
    }
}
