//! Who is there: that this socket's person is, and what it is told of others. Never waited for.

use bedside_protocol::feed::{Change, FeedEvent};

use super::{Done, Driver, Finish};
use crate::live::Dialect;
use crate::presence::{Presence, Present};
use crate::store::Acquaintances;

/// How far this socket has come with it.
#[derive(Default)]
pub(super) struct Company {
    /// Once the store has said whom its person knows.
    present: Option<Present>,
    asked: Asked,
}

/// Whether the store is being asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Asked {
    #[default]
    No,
    Yes,
    /// And what it is about to say may be outdated.
    Again,
}

/// Whether an event says that whom one knows may have changed.
pub(super) fn concerns_company(event: &FeedEvent) -> bool {
    matches!(event.change, Change::Room { .. } | Change::Person { .. } | Change::Gone)
}

impl<D: Dialect> Driver<D> {
    /// Asks the store whom the person knows, now or as soon as it has answered.
    pub(super) fn look_at_company(&mut self) {
        if self.company.asked != Asked::No {
            self.company.asked = Asked::Again;
            return;
        }
        self.company.asked = Asked::Yes;
        let (store, actor) = (self.state.store.clone(), self.actor());
        self.in_flight.push(Box::pin(async move { Done::Company(store.acquaintances(actor).await.ok()) }));
    }

    /// The same unless it is known already: the store may not have answered.
    pub(super) fn look_for_company(&mut self) {
        if self.company.present.is_none() {
            self.look_at_company();
        }
    }

    /// The store has answered; without an answer, nothing is told until the next look.
    pub(super) async fn company_found(&mut self, found: Option<Acquaintances>) -> Result<(), Finish> {
        let again = std::mem::take(&mut self.company.asked) == Asked::Again;
        if again {
            self.look_at_company();
        }
        let Some(known) = found else { return Ok(()) };
        let told = match &self.company.present {
            Some(present) => present.again(&known),
            None => {
                let account = self.actor().account_id;
                let (present, told) = self.state.presences.came(account, &known);
                self.company.present = Some(present);
                told
            }
        };
        self.tell_presence(told).await
    }

    pub(super) async fn tell_presence(&mut self, told: Vec<Presence>) -> Result<(), Finish> {
        for presence in told {
            let frame = self.dialect.presence(presence);
            self.put(frame).await?;
        }
        Ok(())
    }
}
