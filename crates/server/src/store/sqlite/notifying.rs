//! Which of the use cases of reaching people write, and which read.

use std::sync::PoisonError;

use async_trait::async_trait;
use bedside_protocol::wire::{Channel, Contact, MarkNotifications, Notifications, OutreachWishes};
use bedside_protocol::{NotificationId, Timestamp};

use super::{SqliteStore, contacts, dispatches, notifications, outreach};
use crate::store::{
    Actor, ContactChange, ContactOutcome, DecideLimits, Decided, DispatchLine, Ended, Lease, NewNotification,
    NotifyOutcome, Notifying, OutreachGauges, StoreError, Taken, There, Which,
};

impl SqliteStore {
    /// Who is there; nobody before anybody was named to ask.
    pub(super) fn there(&self) -> There {
        self.inner.there.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Notifying for SqliteStore {
    fn ask_who_is_there(&self, there: There) {
        *self.inner.there.write().unwrap_or_else(PoisonError::into_inner) = there;
    }

    async fn create_notification(
        &self,
        by: Option<Actor>,
        new: NewNotification,
    ) -> Result<NotifyOutcome, StoreError> {
        self.write(move |tx| notifications::create(tx, by, &new)).await
    }

    async fn notifications(
        &self,
        actor: Actor,
        before: Option<NotificationId>,
        limit: u32,
    ) -> Result<Notifications, StoreError> {
        self.read(move |db| notifications::list(db, actor, before, limit)).await
    }

    async fn mark_notifications(
        &self,
        actor: Actor,
        which: MarkNotifications,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.write(move |tx| notifications::mark(tx, actor, &which, now)).await
    }

    async fn outreach(&self, actor: Actor) -> Result<(OutreachWishes, Vec<Contact>), StoreError> {
        self.read(move |db| contacts::outreach(db, actor)).await
    }

    async fn set_outreach_wishes(
        &self,
        actor: Actor,
        wishes: OutreachWishes,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |tx| contacts::set_wishes(tx, actor, &wishes, now)).await
    }

    async fn change_contact(
        &self,
        actor: Actor,
        channel: Channel,
        change: ContactChange,
        now: Timestamp,
    ) -> Result<ContactOutcome, StoreError> {
        self.write(move |tx| contacts::change(tx, actor, channel, &change, now)).await
    }

    async fn stop_by_token(&self, token: &str, now: Timestamp) -> Result<bool, StoreError> {
        let token = token.to_owned();
        self.write(move |tx| contacts::stop_by_token(tx, &token, now)).await
    }

    async fn stop_by_sms(&self, number: &str, stop: bool, now: Timestamp) -> Result<u64, StoreError> {
        let number = number.to_owned();
        self.write(move |tx| contacts::stop_by_sms(tx, &number, stop, now)).await
    }

    async fn decide_outreach(&self, limits: DecideLimits) -> Result<Decided, StoreError> {
        let there = self.there();
        self.write(move |tx| outreach::decide(tx, &limits, &there)).await
    }

    async fn take_dispatches(&self, channel: Channel, lease: Lease, limit: u32) -> Result<Taken, StoreError> {
        self.write(move |tx| dispatches::take(tx, channel, lease, limit)).await
    }

    async fn end_dispatch(
        &self,
        id: i64,
        lease: i64,
        ended: Ended,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |tx| dispatches::end(tx, (id, lease), &ended, now)).await
    }

    async fn dispatches(
        &self,
        by: Option<Actor>,
        which: Which,
        limit: u32,
    ) -> Result<Vec<DispatchLine>, StoreError> {
        self.read(move |db| dispatches::list(db, by, which, limit)).await
    }

    async fn retry_dispatches(
        &self,
        by: Option<Actor>,
        id: Option<i64>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.write(move |tx| dispatches::retry(tx, by, id, now)).await
    }

    async fn outreach_gauges(&self) -> Result<OutreachGauges, StoreError> {
        self.read(dispatches::gauges).await
    }
}
