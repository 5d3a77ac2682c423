//! The part of a store that reaches people, on the same ground.

use async_trait::async_trait;
use bedside_protocol::wire::{Channel, Contact, MarkNotifications, Notifications, OutreachWishes};
use bedside_protocol::{NotificationId, Timestamp};
use bedside_server::store::*;

use super::{Ground, hold};

macro_rules! ground {
    ($(fn $name:ident($($arg:ident: $kind:ty),*) -> $out:ty;)*) => {
        #[async_trait]
        impl Notifying for Ground {
            fn ask_who_is_there(&self, there: There) {
                self.store.ask_who_is_there(there);
            }

            $(async fn $name(&self, $($arg: $kind),*) -> std::result::Result<$out, StoreError> {
                let _held = hold();
                self.store.$name($($arg),*).await
            })*
        }
    };
}

ground! {
    fn create_notification(by: Option<Actor>, new: NewNotification) -> NotifyOutcome;
    fn notifications(actor: Actor, before: Option<NotificationId>, limit: u32) -> Notifications;
    fn mark_notifications(actor: Actor, which: MarkNotifications, now: Timestamp) -> u64;
    fn outreach(actor: Actor) -> (OutreachWishes, Vec<Contact>);
    fn set_outreach_wishes(actor: Actor, wishes: OutreachWishes, now: Timestamp) -> ();
    fn change_contact(actor: Actor, channel: Channel, change: ContactChange, now: Timestamp) -> ContactOutcome;
    fn stop_by_token(token: &str, now: Timestamp) -> bool;
    fn stop_by_sms(number: &str, stop: bool, now: Timestamp) -> u64;
    fn decide_outreach(limits: DecideLimits) -> Decided;
    fn take_dispatches(channel: Channel, lease: Lease, limit: u32) -> Taken;
    fn end_dispatch(id: i64, lease: i64, ended: Ended, now: Timestamp) -> bool;
    fn dispatches(by: Option<Actor>, which: Which, limit: u32) -> Vec<DispatchLine>;
    fn retry_dispatches(by: Option<Actor>, id: Option<i64>, now: Timestamp) -> u64;
    fn outreach_gauges() -> OutreachGauges;
}
