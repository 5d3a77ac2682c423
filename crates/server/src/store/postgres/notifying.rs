//! Which of the use cases of reaching people write, and which read.

use std::sync::PoisonError;

use async_trait::async_trait;
use bedside_protocol::wire::{Channel, Contact, MarkNotifications, Notifications, OutreachWishes};
use bedside_protocol::{NotificationId, Timestamp};

use super::tx::{Lent, Tx};
use super::{PgStore, TRIES, contacts, dispatches, error, notifications, outreach};
use crate::store::{
    Actor, ContactChange, ContactOutcome, DecideLimits, Decided, DispatchLine, Ended, Lease, NewNotification,
    NotifyOutcome, Notifying, OutreachGauges, StoreError, Taken, There, Which,
};

impl PgStore {
    /// Who is there; nobody before anybody was named to ask.
    pub(super) fn there(&self) -> There {
        self.inner.there.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Notifying for PgStore {
    fn ask_who_is_there(&self, there: There) {
        *self.inner.there.write().unwrap_or_else(PoisonError::into_inner) = there;
    }

    async fn create_notification(
        &self,
        by: Option<Actor>,
        new: NewNotification,
    ) -> Result<NotifyOutcome, StoreError> {
        writing!(self, |tx| notifications::create(tx, by, &new))
    }

    async fn notifications(
        &self,
        actor: Actor,
        before: Option<NotificationId>,
        limit: u32,
    ) -> Result<Notifications, StoreError> {
        reading!(self, |tx| notifications::list(tx, actor, before, limit))
    }

    async fn mark_notifications(
        &self,
        actor: Actor,
        which: MarkNotifications,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        writing!(self, |tx| notifications::mark(tx, actor, &which, now))
    }

    async fn outreach(&self, actor: Actor) -> Result<(OutreachWishes, Vec<Contact>), StoreError> {
        reading!(self, |tx| contacts::outreach(tx, actor))
    }

    async fn set_outreach_wishes(
        &self,
        actor: Actor,
        wishes: OutreachWishes,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, |tx| contacts::set_wishes(tx, actor, &wishes, now))
    }

    async fn change_contact(
        &self,
        actor: Actor,
        channel: Channel,
        change: ContactChange,
        now: Timestamp,
    ) -> Result<ContactOutcome, StoreError> {
        writing!(self, |tx| contacts::change(tx, actor, channel, &change, now))
    }

    async fn stop_by_token(&self, token: &str, now: Timestamp) -> Result<bool, StoreError> {
        writing!(self, |tx| contacts::stop_by_token(tx, token, now))
    }

    async fn stop_by_sms(&self, number: &str, stop: bool, now: Timestamp) -> Result<u64, StoreError> {
        writing!(self, |tx| contacts::stop_by_sms(tx, number, stop, now))
    }

    async fn decide_outreach(&self, limits: DecideLimits) -> Result<Decided, StoreError> {
        let there = self.there();
        writing!(self, |tx| outreach::decide(tx, &limits, &there))
    }

    async fn take_dispatches(&self, channel: Channel, lease: Lease, limit: u32) -> Result<Taken, StoreError> {
        writing!(self, |tx| dispatches::take(tx, channel, lease, limit))
    }

    async fn end_dispatch(
        &self,
        id: i64,
        lease: i64,
        ended: Ended,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        writing!(self, |tx| dispatches::end(tx, (id, lease), &ended, now))
    }

    async fn dispatches(
        &self,
        by: Option<Actor>,
        which: Which,
        limit: u32,
    ) -> Result<Vec<DispatchLine>, StoreError> {
        asking!(self, |tx| dispatches::list(tx, by, which, limit))
    }

    async fn retry_dispatches(
        &self,
        by: Option<Actor>,
        id: Option<i64>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        writing!(self, |tx| dispatches::retry(tx, by, id, now))
    }

    async fn outreach_gauges(&self) -> Result<OutreachGauges, StoreError> {
        asking!(self, |tx| dispatches::gauges(tx))
    }
}
