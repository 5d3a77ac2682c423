//! What audit rows say: written in the transaction of what they tell of, never changed, and never with any content.

use bedside_protocol::{AccountId, DeviceId, RoomId};

use crate::store::Actor;

/// Read marks are left out: one per glance at a conversation would drown the rest, and `read_marks` has the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Event {
    SignedIn,
    SignInFailed,
    SignedOut,
    SessionExpired,
    SignedOutEverywhere,
    AccountCreated,
    AccountDisabled,
    AccountEnabled,
    PasswordSet,
    PersonChanged,
    ClinicChanged,
    Linked,
    LinkEnded,
    PreferencesSet,
    RoomOpened,
    RoomExported,
    RoomExportedOnDevice,
    MessageStored,
    MessageEdited,
    MessageRetracted,
    QuickReplyAdded,
    QuickReplyEdited,
    QuickReplyRemoved,
    QuickRepliesOrdered,
    NotificationCreated,
    OutreachWished,
    ContactChanged,
    ContactStopped,
    DispatchesRetried,
    DemoFilled,
    EpochBegun,
}

impl Event {
    pub(in crate::store) const fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SignedOut => "signed_out",
            Self::SessionExpired => "session_expired",
            Self::SignedOutEverywhere => "signed_out_everywhere",
            Self::AccountCreated => "account_created",
            Self::AccountDisabled => "account_disabled",
            Self::AccountEnabled => "account_enabled",
            Self::PasswordSet => "password_set",
            Self::PersonChanged => "person_changed",
            Self::ClinicChanged => "clinic_changed",
            Self::Linked => "linked",
            Self::LinkEnded => "link_ended",
            Self::PreferencesSet => "preferences_set",
            Self::RoomOpened => "room_opened",
            Self::RoomExported => "room_exported",
            Self::RoomExportedOnDevice => "room_exported_on_device",
            Self::MessageStored => "message_stored",
            Self::MessageEdited => "message_edited",
            Self::MessageRetracted => "message_retracted",
            Self::QuickReplyAdded => "quick_reply_added",
            Self::QuickReplyEdited => "quick_reply_edited",
            Self::QuickReplyRemoved => "quick_reply_removed",
            Self::QuickRepliesOrdered => "quick_replies_ordered",
            Self::NotificationCreated => "notification_created",
            Self::OutreachWished => "outreach_wished",
            Self::ContactChanged => "contact_changed",
            Self::ContactStopped => "contact_stopped",
            Self::DispatchesRetried => "dispatches_retried",
            Self::DemoFilled => "demo_filled",
            Self::EpochBegun => "epoch_begun",
        }
    }
}

/// Who did what, where, to which object. The actor is `None` for the command line and for strangers.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Entry {
    pub(in crate::store) event: Event,
    pub(in crate::store) actor: Option<(AccountId, DeviceId)>,
    pub(in crate::store) room: Option<RoomId>,
    pub(in crate::store) object: Option<i64>,
}

impl Entry {
    pub(in crate::store) fn new(event: Event, actor: Option<Actor>) -> Self {
        let actor = actor.map(|actor| (actor.account_id, actor.device_id));
        Self { event, actor, room: None, object: None }
    }

    pub(in crate::store) fn in_room(self, room: RoomId) -> Self {
        Self { room: Some(room), ..self }
    }

    pub(in crate::store) fn about(self, object: i64) -> Self {
        Self { object: Some(object), ..self }
    }
}
