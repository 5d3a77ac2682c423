//! Every use case of reaching people.

use bedside_protocol::wire::{Channel, MarkNotifications, OutreachWishes, Role};
use bedside_protocol::{NotificationId, Timestamp};
use bedside_server::store::postgres::PgStore;
use bedside_server::store::{
    Actor, CodeHash, ContactChange, DecideLimits, Ended, Lease, NewNotification, Notifying as _, Store as _,
    Which,
};

use crate::support::Clinic;

pub(super) async fn use_outreach(clinic: &Clinic, store: &PgStore) {
    let (now, (ana, room)) = (clinic.database.runtime.now(), clinic.patients[0]);
    let drew = clinic.drew;
    let later = Timestamp(now.millis() + 3_600_000);
    reach(store, ana, now).await;
    let new = NewNotification {
        role: Role::Patient,
        role_no: 1,
        title: "title".to_owned(),
        message: "text".to_owned(),
        url: String::new(),
        urgent: true,
        client_id: clinic.database.runtime.client_id(),
        now,
    };
    for _ in 0..2 {
        store.create_notification(None, new.clone()).await.unwrap();
    }
    store.send_message(drew, clinic.command(room, "more")).await.unwrap();
    let limits = DecideLimits {
        at_once: 32,
        email_cap: 10,
        sms_cap: 10,
        channels: Channel::ALL.to_vec(),
        keys: (0..128).map(|_| clinic.database.runtime.uuid()).collect(),
        now: later,
    };
    store.decide_outreach(limits).await.unwrap();
    for channel in Channel::ALL {
        let lease = Lease { mark: 1, until: later, now: later };
        for dispatch in store.take_dispatches(channel, lease, 10).await.unwrap().dispatches {
            let failed = Ended::Failed { problem: "word".to_owned(), stop: true };
            assert!(store.end_dispatch(dispatch.id, 1, failed, later).await.unwrap());
        }
    }
    for which in [Which::All, Which::Failed] {
        store.dispatches(None, which, 10).await.unwrap();
    }
    store.retry_dispatches(None, Some(1), later).await.unwrap();
    store.outreach_gauges().await.unwrap();
    store.notifications(ana, None, 10).await.unwrap();
    let which = MarkNotifications { ids: vec![NotificationId(1)], up_to: Some(NotificationId(9)) };
    store.mark_notifications(ana, which, later).await.unwrap();
}

async fn reach(store: &PgStore, ana: Actor, now: Timestamp) {
    store.set_outreach_wishes(ana, OutreachWishes::default(), now).await.unwrap();
    let number = "+4915112345678";
    for channel in Channel::ALL {
        let stop_token = format!("the one of {}", channel.as_str());
        let add = ContactChange::Add { address: number.to_owned(), code_hash: [1; 32], stop_token };
        let confirm = |code| ContactChange::Confirm(CodeHash::by(move |_| code));
        for change in [add, confirm([2; 32]), confirm([1; 32]), ContactChange::Stop, ContactChange::Resume] {
            store.change_contact(ana, channel, change, now).await.unwrap();
        }
    }
    store.stop_by_token("the one of email", now).await.unwrap();
    store.change_contact(ana, Channel::Email, ContactChange::Resume, now).await.unwrap();
    for stop in [true, false] {
        store.stop_by_sms(number, stop, now).await.unwrap();
    }
    store.outreach(ana).await.unwrap();
}
