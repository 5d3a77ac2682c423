//! Audit rows: written in the transaction of what they tell of, never changed, and never with any content.

use bedside_protocol::{AccountId, DeviceId, RoomId, Timestamp};
use rusqlite::params;

use super::writer::Write;
use crate::store::{Actor, StoreError};

/// Read marks are left out: one per glance at a conversation would drown the rest, and `read_marks` has the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    SignedIn,
    SignInFailed,
    SignedOut,
    SessionExpired,
    AccountCreated,
    Linked,
    LinkEnded,
    RoomOpened,
    MessageStored,
    DemoFilled,
    EpochBegun,
}

impl Event {
    const fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SignedOut => "signed_out",
            Self::SessionExpired => "session_expired",
            Self::AccountCreated => "account_created",
            Self::Linked => "linked",
            Self::LinkEnded => "link_ended",
            Self::RoomOpened => "room_opened",
            Self::MessageStored => "message_stored",
            Self::DemoFilled => "demo_filled",
            Self::EpochBegun => "epoch_begun",
        }
    }
}

/// Who did what, where, to which object. The actor is `None` for the command line and for strangers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) event: Event,
    pub(super) actor: Option<(AccountId, DeviceId)>,
    pub(super) room: Option<RoomId>,
    pub(super) object: Option<i64>,
}

impl Entry {
    pub(super) fn new(event: Event, actor: Option<Actor>) -> Self {
        let actor = actor.map(|actor| (actor.account_id, actor.device_id));
        Self { event, actor, room: None, object: None }
    }

    pub(super) fn in_room(self, room: RoomId) -> Self {
        Self { room: Some(room), ..self }
    }

    pub(super) fn about(self, object: i64) -> Self {
        Self { object: Some(object), ..self }
    }
}

pub(super) fn audit(tx: &Write<'_>, entry: Entry, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO audit (happened_at, event, actor_id, device_id, room_id, object_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        now.millis(),
        entry.event.word(),
        entry.actor.map(|(account, _)| account.get()),
        entry.actor.map(|(_, device)| device.get()),
        entry.room.map(RoomId::get),
        entry.object,
    ])?;
    Ok(())
}
