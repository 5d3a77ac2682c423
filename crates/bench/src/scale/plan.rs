//! How much of everything: the figures asked for, or small ones for a rehearsal.

/// The amounts of a run.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Pairs talking at once.
    pub(crate) pairs: u32,
    /// Messages of one pair under way at once.
    pub(crate) in_flight: u32,
    /// Seconds of each measurement of a set-up.
    pub(crate) seconds: u64,
    /// Messages per second at which latency is measured.
    pub(crate) rates: [u32; 2],
    /// Pairs signed in on whose accounts idle connections are opened.
    pub(crate) idle_pairs: u32,
    /// Idle connections, ascending.
    pub(crate) idle: Vec<u32>,
    /// Stored messages measured, ascending, at `accounts_beside_messages`.
    pub(crate) messages: Vec<i64>,
    pub(crate) accounts_beside_messages: u32,
    /// Accounts measured, ascending, at `messages_beside_accounts`.
    pub(crate) accounts: Vec<u32>,
    pub(crate) messages_beside_accounts: i64,
    /// How often each point is measured.
    pub(crate) rounds: u32,
    /// Seconds of each measurement of a point.
    pub(crate) visit_seconds: u64,
    /// Clients that reconnect, an even number: both ends of pairs.
    pub(crate) clients: u32,
    /// Pairs that talk on the other server meanwhile.
    pub(crate) beside: u32,
    /// Their messages per second, over all pairs.
    pub(crate) beside_rate: u32,
    /// Seconds before a restart in which their latency is measured.
    pub(crate) beside_seconds: u64,
}

impl Plan {
    pub(crate) fn new(quick: bool, most: i64) -> Self {
        let mut plan = if quick { Self::rehearsal() } else { Self::whole() };
        plan.messages.retain(|messages| *messages <= most);
        plan.messages_beside_accounts = plan.messages_beside_accounts.min(most);
        plan
    }

    fn whole() -> Self {
        Plan {
            pairs: 20,
            in_flight: 8,
            seconds: 10,
            rates: [50, 500],
            idle_pairs: 500,
            idle: vec![1_000, 5_000],
            messages: vec![10_000, 100_000, 1_000_000, 10_000_000],
            accounts_beside_messages: 200,
            accounts: vec![100, 10_000, 100_000],
            messages_beside_accounts: 1_000_000,
            rounds: 3,
            visit_seconds: 5,
            clients: 2_000,
            beside: 50,
            beside_rate: 100,
            beside_seconds: 15,
        }
    }

    fn rehearsal() -> Self {
        Plan {
            seconds: 2,
            idle_pairs: 25,
            idle: vec![50, 200],
            messages: vec![1_000, 10_000],
            accounts_beside_messages: 100,
            accounts: vec![100, 1_000],
            messages_beside_accounts: 10_000,
            rounds: 2,
            visit_seconds: 1,
            clients: 100,
            beside: 10,
            beside_seconds: 3,
            ..Self::whole()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    #[test]
    fn no_more_is_stored_than_was_asked_for() {
        let plan = Plan::new(false, 100_000);
        assert_eq!(plan.messages, [10_000, 100_000]);
        assert_eq!(plan.messages_beside_accounts, 100_000);
    }
}
