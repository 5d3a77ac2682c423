//! Alerts, and how somebody is reached outside the app.

use bedside_protocol::wire::{
    ChangeContact, Channel, Contact, CreateNotification, MarkNotifications, Notification,
    NotificationCreated, NotificationKind, Notifications, Outreach, OutreachWishes, QuietHours, Role, SmsFor,
};
use bedside_protocol::{NotificationId, RoomId};

use crate::support::{NOON, check, client_id};

#[test]
fn notifications_keep_their_form() {
    let notification = Notification {
        id: NotificationId(9),
        kind: NotificationKind::Message,
        title: "New Message".into(),
        message: String::new(),
        url: "/chat/room/7/".into(),
        room_id: Some(RoomId(7)),
        urgent: true,
        timestamp: NOON,
        is_read: false,
    };
    check("notifications", &Notifications { notifications: vec![notification], unread: 1, has_more: true });
    let ids = vec![NotificationId(9)];
    check("mark_notifications", &MarkNotifications { ids, up_to: Some(NotificationId(8)) });
    check("notification_created", &NotificationCreated { id: NotificationId(9) });
    let create = CreateNotification {
        recipient_type: Role::Patient,
        recipient_id: 1,
        title: "Invoice".into(),
        message: "A new invoice is there.".into(),
        url: "/invoices/7/".into(),
        urgent: false,
        client_id: Some(client_id()),
    };
    check("create_notification", &create);
}

#[test]
fn being_reached_keeps_its_form() {
    let wishes = OutreachWishes {
        quiet: Some(QuietHours { from: 1_320, to: 420 }),
        sms_for: SmsFor::All,
        ..OutreachWishes::default()
    };
    let contact = Contact {
        channel: Channel::Email,
        address: Some("ana@example.org".into()),
        pending: None,
        stopped: true,
    };
    check("outreach_wishes", &wishes);
    check("outreach", &Outreach { wishes, contacts: vec![contact], channels: Channel::ALL.to_vec() });
    let (channel, address) = (Channel::Sms, "+4915112345678".to_owned());
    check("change_contact_add", &ChangeContact::Add { channel, address });
    check("change_contact_confirm", &ChangeContact::Confirm { channel, code: "123456".into() });
    for (name, change) in [
        ("change_contact_stop", ChangeContact::Stop { channel }),
        ("change_contact_resume", ChangeContact::Resume { channel }),
        ("change_contact_remove", ChangeContact::Remove { channel }),
    ] {
        check(name, &change);
    }
}
