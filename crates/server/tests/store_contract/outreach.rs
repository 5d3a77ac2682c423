use std::sync::Arc;
use std::time::Duration;

use bedside_core::outreach::Send;
use bedside_protocol::wire::{
    Channel, MarkNotifications, NotificationKind, OutreachWishes, QuietHours, Role, SetFlags, SmsFor,
};
use bedside_protocol::{RoomId, Timestamp};
use bedside_server::store::{
    Actor, CodeHash, ContactChange, ContactOutcome, DecideLimits, Decided, Ended, FlagsCommand, Lease,
    NewNotification, NotifyOutcome, SendCommand, Taken, There, Which,
};

use crate::support::{Clinic, Staff};

const MINUTE: u64 = 60;
const EMAIL: Send = Send { channel: Channel::Email, urgent: false };
const URGENT_SMS: Send = Send { channel: Channel::Sms, urgent: true };
const URGENT_EMAIL: Send = Send { channel: Channel::Email, urgent: true };

fn hash(code: &'static str) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..code.len()].copy_from_slice(code.as_bytes());
    hash
}

fn typed(code: &'static str) -> ContactChange {
    ContactChange::Confirm(CodeHash::by(move |_| hash(code)))
}

impl Staff {
    async fn pass(&self, minutes: u64) {
        self.runtime.sleep(Duration::from_secs(minutes * MINUTE)).await;
    }

    async fn contact(&self, actor: Actor, channel: Channel, change: ContactChange) -> ContactOutcome {
        self.store.change_contact(actor, channel, change, self.runtime.now()).await.unwrap()
    }

    async fn ask_for_code(&self, actor: Actor, channel: Channel, address: &str) -> ContactOutcome {
        let stop_token = self.runtime.uuid().to_string();
        let add = ContactChange::Add { address: address.to_owned(), code_hash: hash("123456"), stop_token };
        self.contact(actor, channel, add).await
    }

    async fn reached_by(&self, actor: Actor, channel: Channel, address: &str) {
        assert_eq!(self.ask_for_code(actor, channel, address).await, ContactOutcome::Done);
        assert_eq!(self.contact(actor, channel, typed("123456")).await, ContactOutcome::Done);
    }

    fn limits(&self) -> DecideLimits {
        DecideLimits {
            at_once: 16,
            email_cap: 20,
            sms_cap: 5,
            channels: Channel::ALL.to_vec(),
            keys: (0..32).map(|_| self.runtime.uuid()).collect(),
            now: self.runtime.now(),
        }
    }

    async fn decide(&self) -> Vec<Send> {
        self.store.decide_outreach(self.limits()).await.unwrap().sends
    }

    fn lease(&self, mark: i64) -> Lease {
        let now = self.runtime.now();
        Lease { mark, until: Timestamp(now.0 + 120_000), now }
    }

    async fn take(&self, mark: i64) -> Taken {
        let mut all = Taken::default();
        for channel in Channel::ALL {
            let taken = self.store.take_dispatches(channel, self.lease(mark), 10).await.unwrap();
            all.dispatches.extend(taken.dispatches);
            all.withdrawn += taken.withdrawn;
        }
        all
    }

    async fn end(&self, id: i64, mark: i64, ended: Ended) -> bool {
        self.store.end_dispatch(id, mark, ended, self.runtime.now()).await.unwrap()
    }

    async fn say_urgently(&self, actor: Actor, room: RoomId) {
        let command = SendCommand { urgent: true, ..self.command(room, "soon") };
        self.store.send_message(actor, command).await.unwrap();
    }

    fn told(&self, role_no: i64) -> NewNotification {
        NewNotification {
            role: Role::Patient,
            role_no,
            title: "Invoice".to_owned(),
            message: "A new invoice is there.".to_owned(),
            url: "/invoices/7/".to_owned(),
            urgent: false,
            client_id: self.runtime.client_id(),
            now: self.runtime.now(),
        }
    }
}

pub(crate) async fn a_message_leaves_an_alert_for_whoever_is_not_there(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let drew = staff.drew.account_id;
    staff.store.ask_who_is_there(There::by(move |account| account == drew));
    staff.say(staff.drew, staff.ana_drew, "canary").await;
    staff.say(staff.ana, staff.ana_drew, "canary").await;
    let alerts = staff.store.notifications(staff.ana, None, 10).await.unwrap();
    let [alert] = &alerts.notifications[..] else { panic!("{alerts:?}") };
    assert_eq!((alert.kind, alert.title.as_str()), (NotificationKind::Message, "New Message"));
    assert_eq!(
        (alert.url.clone(), alert.room_id),
        (format!("/chat/room/{}/", staff.ana_drew), Some(staff.ana_drew))
    );
    assert_eq!((alert.timestamp, alert.is_read, alerts.unread), (staff.runtime.now(), false, 1));
    assert!(!serde_json::to_string(&alerts).unwrap().contains("canary"));
    let none = staff.store.notifications(staff.drew, None, 10).await.unwrap();
    assert_eq!((none.notifications.len(), none.unread), (0, 0));
}

pub(crate) async fn messages_in_one_batch_leave_an_alert_each(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let commands = (0..20).map(|_| staff.store.send_message(staff.drew, staff.command(staff.ana_drew, "a")));
    futures_util::future::try_join_all(commands).await.unwrap();
    let repeated = staff.command(staff.ben_drew, "b");
    for _ in 0..2 {
        staff.store.send_message(staff.drew, repeated.clone()).await.unwrap();
    }
    let of = async |actor| staff.store.notifications(actor, None, 50).await.unwrap().notifications.len();
    assert_eq!((of(staff.ana).await, of(staff.ben).await, of(staff.drew).await), (20, 1, 0));
    assert_eq!(staff.store.outreach_gauges().await.unwrap().checks, 2);
}

pub(crate) async fn reading_a_conversation_reads_its_alerts(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for _ in 0..3 {
        staff.say(staff.drew, staff.ana_drew, "a").await;
    }
    staff.say(staff.drew, staff.ben_drew, "a").await;
    staff.read(staff.ana, staff.ana_drew, 2).await;
    let alerts = staff.store.notifications(staff.ana, None, 10).await.unwrap();
    let read: Vec<bool> = alerts.notifications.iter().map(|alert| alert.is_read).collect();
    assert_eq!((read, alerts.unread), (vec![false, true, true], 1));
    assert_eq!(staff.store.notifications(staff.ben, None, 10).await.unwrap().unread, 1);
}

pub(crate) async fn alerts_are_paged_and_marked_by_their_owner_only(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for _ in 0..5 {
        staff.say(staff.drew, staff.ana_drew, "a").await;
    }
    let now = staff.runtime.now();
    let first = staff.store.notifications(staff.ana, None, 2).await.unwrap();
    assert_eq!((first.notifications.len(), first.has_more, first.unread), (2, true, 5));
    let last = first.notifications[1].id;
    let rest = staff.store.notifications(staff.ana, Some(last), 10).await.unwrap();
    assert_eq!((rest.notifications.len(), rest.has_more), (3, false));
    let one = MarkNotifications { ids: vec![last], up_to: None };
    assert_eq!(staff.store.mark_notifications(staff.ben, one.clone(), now).await.unwrap(), 0);
    assert_eq!(staff.store.mark_notifications(staff.ana, one.clone(), now).await.unwrap(), 1);
    assert_eq!(staff.store.mark_notifications(staff.ana, one, now).await.unwrap(), 0);
    let all = MarkNotifications { ids: Vec::new(), up_to: Some(first.notifications[0].id) };
    assert_eq!(staff.store.mark_notifications(staff.ana, all, now).await.unwrap(), 4);
    assert_eq!(staff.store.notifications(staff.ana, None, 10).await.unwrap().unread, 0);
    assert_eq!(staff.store.notifications(staff.root, None, 10).await.unwrap().notifications.len(), 0);
}

pub(crate) async fn the_platform_tells_somebody_once_under_an_id(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let new = staff.told(1);
    let tell = async |by: Option<Actor>, new: &NewNotification| {
        staff.store.create_notification(by, new.clone()).await.unwrap()
    };
    let NotifyOutcome::Stored(id) = tell(Some(staff.root), &new).await else { panic!("not stored") };
    assert_eq!(tell(Some(staff.root), &new).await, NotifyOutcome::Stored(id));
    let other = NewNotification { title: "Other".to_owned(), ..new.clone() };
    assert_eq!(tell(Some(staff.root), &other).await, NotifyOutcome::ClientIdReused);
    assert_eq!(tell(Some(staff.drew), &staff.told(1)).await, NotifyOutcome::Forbidden);
    assert_eq!(tell(Some(staff.root), &staff.told(99)).await, NotifyOutcome::NoSuchPerson);
    assert!(matches!(tell(None, &staff.told(1)).await, NotifyOutcome::Stored(_)));
    let alerts = staff.store.notifications(staff.ana, None, 10).await.unwrap();
    assert_eq!(alerts.notifications.len(), 2);
    let alert = &alerts.notifications[1];
    assert_eq!((alert.title.as_str(), alert.message.as_str()), ("Invoice", "A new invoice is there."));
    assert_eq!((alert.url.as_str(), alert.kind), ("/invoices/7/", NotificationKind::Platform));
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.pass(10).await;
    assert_eq!(staff.decide().await, [EMAIL, EMAIL]);
}

pub(crate) async fn an_unread_message_is_told_once_by_email(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.say(staff.drew, staff.ana_drew, "a").await;
    assert_eq!(staff.decide().await, []);
    staff.pass(9).await;
    assert_eq!(staff.decide().await, []);
    staff.say(staff.drew, staff.ana_drew, "b").await;
    staff.pass(1).await;
    assert_eq!(staff.decide().await, [EMAIL]);
    for _ in 0..30 {
        staff.say(staff.drew, staff.ana_drew, "c").await;
        staff.pass(20).await;
        assert_eq!(staff.decide().await, []);
    }
    assert_eq!(staff.store.outreach_gauges().await.unwrap().checks, 0);
    staff.read(staff.ana, staff.ana_drew, 100).await;
    staff.say(staff.drew, staff.ana_drew, "d").await;
    staff.pass(10).await;
    assert_eq!(staff.decide().await, [EMAIL]);
}

/// Whose account and rooms have other numbers.
pub(crate) async fn each_conversation_of_a_practitioner_is_told_by_itself(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.drew, Channel::Email, "drew@example.org").await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    staff.say(staff.ben, staff.ben_drew, "a").await;
    staff.say_urgently(staff.ben, staff.ben_drew).await;
    staff.read(staff.drew, staff.ana_drew, 1).await;
    staff.say(staff.ana, staff.ana_drew, "b").await;
    staff.pass(10).await;
    let mut sends = staff.decide().await;
    sends.sort_by_key(|send| send.urgent);
    assert_eq!(sends, [EMAIL, URGENT_EMAIL]);
    staff.read(staff.drew, staff.ben_drew, 2).await;
    let taken = staff.take(1).await;
    assert_eq!((taken.dispatches.len(), taken.withdrawn), (1, 1));
    assert_eq!(taken.dispatches[0].room, Some(staff.ana_drew));
    staff.say(staff.ben, staff.ben_drew, "c").await;
    staff.pass(10).await;
    assert_eq!(staff.decide().await, [EMAIL]);
}

pub(crate) async fn what_was_read_muted_taken_back_or_ended_is_not_told(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.reached_by(staff.ben, Channel::Email, "ben@example.org").await;
    staff.say(staff.drew, staff.ana_drew, "a").await;
    staff.read(staff.ana, staff.ana_drew, 1).await;
    staff.say(staff.drew, staff.ben_drew, "a").await;
    let muted = SetFlags { muted: Some(bedside_protocol::wire::Mute::Forever), ..SetFlags::default() };
    let command = FlagsCommand { room_id: staff.ben_drew, wish: muted.into(), now: staff.runtime.now() };
    staff.store.set_flags(staff.ben, command).await.unwrap();
    staff.pass(60).await;
    assert_eq!(staff.decide().await, []);
    let (message, _) = staff.say(staff.drew, staff.ana_drew, "b").await;
    let change = bedside_server::store::ChangeCommand {
        room_id: staff.ana_drew,
        message_id: message.id,
        client_id: staff.runtime.client_id(),
        change: bedside_protocol::wire::MessageChange::Retract,
        now: staff.runtime.now(),
    };
    staff.store.change_message(staff.drew, change).await.unwrap();
    staff.pass(60).await;
    assert_eq!(staff.decide().await, []);
    staff.say(staff.drew, staff.ana_drew, "c").await;
    staff.store.end_link(None, "ana", "drew").await.unwrap();
    staff.pass(60).await;
    assert_eq!(staff.decide().await, []);
}

pub(crate) async fn nobody_is_told_who_is_there_unless_it_is_urgent(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let there = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let asked = Arc::clone(&there);
    staff.store.ask_who_is_there(There::by(move |_| asked.load(std::sync::atomic::Ordering::Relaxed)));
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.reached_by(staff.ana, Channel::Sms, "+4915112345678").await;
    staff.say(staff.drew, staff.ana_drew, "a").await;
    staff.pass(15).await;
    assert_eq!(staff.decide().await, []);
    staff.say_urgently(staff.drew, staff.ana_drew).await;
    staff.pass(5).await;
    assert_eq!(staff.decide().await, [URGENT_SMS]);
    there.store(false, std::sync::atomic::Ordering::Relaxed);
    staff.pass(5).await;
    assert_eq!(staff.decide().await, [URGENT_EMAIL]);
    staff.pass(600).await;
    assert_eq!(staff.decide().await, []);
}

pub(crate) async fn wishes_are_kept_and_followed(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Sms, "+4915112345678").await;
    let quiet = Some(QuietHours { from: 0, to: 1 });
    let wishes = OutreachWishes { sms_after: 2, sms_for: SmsFor::All, quiet, email_after: 3, reminder: 30 };
    staff.store.set_outreach_wishes(staff.ana, wishes.clone(), staff.runtime.now()).await.unwrap();
    let (kept, contacts) = staff.store.outreach(staff.ana).await.unwrap();
    assert_eq!(kept, wishes);
    assert_eq!((contacts[0].address.as_deref(), contacts[0].stopped), (Some("+4915112345678"), false));
    assert_eq!(staff.store.outreach(staff.ben).await.unwrap(), (OutreachWishes::default(), Vec::new()));
    staff.say_urgently(staff.drew, staff.ana_drew).await;
    staff.pass(2).await;
    assert_eq!(staff.decide().await, [URGENT_SMS]);
    staff.pass(29).await;
    assert_eq!(staff.decide().await, []);
    staff.pass(1).await;
    assert_eq!(staff.decide().await, [URGENT_SMS]);
}

pub(crate) async fn a_dispatch_is_taken_by_one_worker_and_ends_once(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.say(staff.drew, staff.ana_drew, "a").await;
    staff.pass(10).await;
    staff.decide().await;
    let (one, two) = futures_util::join!(staff.take(1), staff.take(2));
    let mut all: Vec<_> = one.dispatches.iter().chain(&two.dispatches).collect();
    assert_eq!(all.len(), 1);
    let dispatch = all.remove(0);
    assert_eq!(
        (dispatch.address.as_str(), dispatch.tries, dispatch.room),
        ("ana@example.org", 1, Some(staff.ana_drew))
    );
    let mark = if one.dispatches.is_empty() { 2 } else { 1 };
    assert!(!staff.end(dispatch.id, 3, Ended::Sent { gateway_id: None }).await);
    let later = Timestamp(staff.runtime.now().0 + 60_000);
    let again = Ended::Again { at: later, problem: "connection".to_owned() };
    assert!(staff.end(dispatch.id, mark, again).await);
    assert!(staff.take(4).await.dispatches.is_empty());
    staff.pass(1).await;
    let taken = staff.take(5).await.dispatches.remove(0);
    assert_eq!((taken.key, taken.tries), (dispatch.key, 2));
    staff.pass(3).await; // The worker has died.
    let taken = staff.take(6).await.dispatches.remove(0);
    assert_eq!((taken.key, taken.tries), (dispatch.key, 3));
    assert!(!staff.end(dispatch.id, 5, Ended::Sent { gateway_id: None }).await);
    assert!(staff.end(dispatch.id, 6, Ended::Sent { gateway_id: Some("SM1".to_owned()) }).await);
    staff.pass(60).await;
    assert!(staff.take(7).await.dispatches.is_empty());
    let log = staff.store.dispatches(None, Which::All, 10).await.unwrap();
    assert_eq!((log.len(), log[0].state.as_str(), log[0].gateway_id.as_deref()), (1, "sent", Some("SM1")));
    assert_eq!(log[0].username, "ana");
}

pub(crate) async fn what_is_read_before_it_is_sent_is_withdrawn(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.say(staff.drew, staff.ana_drew, "a").await;
    staff.pass(10).await;
    staff.decide().await;
    staff.read(staff.ana, staff.ana_drew, 1).await;
    let taken = staff.take(1).await;
    assert_eq!((taken.dispatches.len(), taken.withdrawn), (0, 1));
    staff.say(staff.drew, staff.ana_drew, "b").await;
    staff.pass(10).await;
    assert_eq!(staff.decide().await, [EMAIL]);
    staff.contact(staff.ana, Channel::Email, ContactChange::Stop).await;
    assert_eq!(staff.take(1).await.withdrawn, 1);
}

pub(crate) async fn what_failed_is_listed_for_the_administrator_and_tried_again(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Sms, "+4915112345678").await;
    staff.say_urgently(staff.drew, staff.ana_drew).await;
    staff.pass(5).await;
    assert_eq!(staff.decide().await, [URGENT_SMS]);
    let taken = staff.take(1).await.dispatches.remove(0);
    let failed = Ended::Failed { problem: "gateway_21610".to_owned(), stop: true };
    assert!(staff.end(taken.id, 1, failed).await);
    assert!(staff.store.outreach(staff.ana).await.unwrap().1[0].stopped);
    assert_eq!(staff.store.outreach_gauges().await.unwrap().failed, 1);
    let now = staff.runtime.now();
    assert_eq!(staff.store.dispatches(Some(staff.drew), Which::Failed, 10).await.unwrap(), []);
    assert_eq!(staff.store.retry_dispatches(Some(staff.drew), None, now).await.unwrap(), 0);
    let list = staff.store.dispatches(Some(staff.root), Which::Failed, 10).await.unwrap();
    assert_eq!((list.len(), list[0].problem.as_deref()), (1, Some("gateway_21610")));
    staff.contact(staff.ana, Channel::Sms, ContactChange::Resume).await;
    assert_eq!(staff.store.retry_dispatches(None, Some(taken.id + 1), now).await.unwrap(), 0);
    assert_eq!(staff.store.retry_dispatches(Some(staff.root), Some(taken.id), now).await.unwrap(), 1);
    let again = staff.take(2).await.dispatches.remove(0);
    assert_eq!((again.key, again.tries), (taken.key, 1));
}

pub(crate) async fn an_address_counts_once_its_code_was_typed(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (email, ana) = (Channel::Email, staff.ana);
    assert_eq!(staff.contact(ana, email, typed("123456")).await, ContactOutcome::WrongCode);
    assert_eq!(staff.ask_for_code(ana, email, "ana@example.org").await, ContactOutcome::Done);
    let (_, contacts) = staff.store.outreach(ana).await.unwrap();
    assert_eq!(
        (contacts[0].address.as_deref(), contacts[0].pending.as_deref()),
        (None, Some("ana@example.org"))
    );
    assert_eq!(staff.contact(staff.ben, email, typed("123456")).await, ContactOutcome::WrongCode);
    for _ in 0..5 {
        assert_eq!(staff.contact(ana, email, typed("654321")).await, ContactOutcome::WrongCode);
    }
    assert_eq!(staff.contact(ana, email, typed("123456")).await, ContactOutcome::WrongCode);
    assert!(matches!(
        staff.ask_for_code(ana, email, "ana@example.org").await,
        ContactOutcome::Wait(1..=60_000)
    ));
    staff.pass(1).await;
    assert_eq!(staff.ask_for_code(ana, email, "ana@example.org").await, ContactOutcome::Done);
    staff.pass(15).await;
    assert_eq!(staff.contact(ana, email, typed("123456")).await, ContactOutcome::WrongCode);
    for _ in 0..3 {
        assert_eq!(staff.ask_for_code(ana, email, "ana@example.org").await, ContactOutcome::Done);
        staff.pass(1).await;
    }
    let ContactOutcome::Wait(wait) = staff.ask_for_code(ana, email, "ana@example.org").await else {
        panic!("a sixth code in a day")
    };
    assert!(wait > 20 * 3_600_000);
    assert_eq!(staff.contact(ana, email, typed("123456")).await, ContactOutcome::Done);
    assert_eq!(staff.store.outreach(ana).await.unwrap().1[0].address.as_deref(), Some("ana@example.org"));
    assert_eq!(staff.contact(ana, email, ContactChange::Remove).await, ContactOutcome::Done);
    assert!(matches!(staff.ask_for_code(ana, email, "ana@example.org").await, ContactOutcome::Wait(_)));
}

pub(crate) async fn an_address_is_stopped_by_its_link_or_by_sms(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.reached_by(staff.ben, Channel::Sms, "+4915112345678").await;
    staff.say(staff.drew, staff.ana_drew, "a").await;
    staff.pass(10).await;
    staff.decide().await;
    let token = staff.take(1).await.dispatches.remove(0).stop_token;
    let now = staff.runtime.now();
    assert!(!staff.store.stop_by_token("no such token", now).await.unwrap());
    for _ in 0..2 {
        assert!(staff.store.stop_by_token(&token, now).await.unwrap());
    }
    assert!(staff.store.outreach(staff.ana).await.unwrap().1[0].stopped);
    assert_eq!(staff.store.stop_by_sms("+4915199999999", true, now).await.unwrap(), 0);
    assert_eq!(staff.store.stop_by_sms("+4915112345678", true, now).await.unwrap(), 1);
    assert!(staff.store.outreach(staff.ben).await.unwrap().1[0].stopped);
    assert_eq!(staff.store.stop_by_sms("+4915112345678", false, now).await.unwrap(), 1);
    assert!(!staff.store.outreach(staff.ben).await.unwrap().1[0].stopped);
}

pub(crate) async fn two_servers_that_decide_at_once_decide_once(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.reached_by(staff.ben, Channel::Email, "ben@example.org").await;
    staff.say(staff.drew, staff.ana_drew, "a").await;
    staff.say(staff.drew, staff.ben_drew, "a").await;
    staff.pass(10).await;
    let decide = || staff.store.decide_outreach(staff.limits());
    let send = || staff.store.send_message(staff.drew, staff.command(staff.ana_drew, "b"));
    let all = futures_util::join!(decide(), send(), decide(), decide(), send(), decide());
    let mut sends: usize = [all.0, all.2, all.3, all.5].into_iter().map(|one| one.unwrap().sends.len()).sum();
    loop {
        let Decided { looked_at, sends: more } = decide().await.unwrap();
        sends += more.len();
        if looked_at == 0 {
            break;
        }
    }
    assert_eq!(sends, 2);
    assert_eq!(staff.take(1).await.dispatches.len(), 2);
}

pub(crate) async fn alerts_and_the_log_are_kept_for_half_a_year(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.reached_by(staff.ana, Channel::Email, "ana@example.org").await;
    staff.say(staff.drew, staff.ana_drew, "a").await;
    staff.pass(10).await;
    staff.decide().await;
    let taken = staff.take(1).await.dispatches.remove(0);
    staff.end(taken.id, 1, Ended::Sent { gateway_id: None }).await;
    let kept = async || {
        let alerts = staff.store.notifications(staff.ana, None, 10).await.unwrap().notifications.len();
        (alerts, staff.store.dispatches(None, Which::All, 10).await.unwrap().len())
    };
    staff.pass(179 * 24 * 60).await;
    staff.store.prune(staff.runtime.now()).await.unwrap();
    assert_eq!(kept().await, (1, 1));
    staff.say(staff.drew, staff.ana_drew, "b").await;
    staff.pass(2 * 24 * 60).await;
    staff.store.prune(staff.runtime.now()).await.unwrap();
    assert_eq!(kept().await, (1, 0), "the younger alert stays");
}
