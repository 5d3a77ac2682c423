//! Drafts that people share among their devices: what a row holds, and what putting something makes of it.

use bedside_protocol::limits::DRAFT_KEPT;
use bedside_protocol::wire::{DraftContent, DraftText, PutDraft, SharedDraft};
use bedside_protocol::{DeviceId, MessageId, Rev, RoomId, Timestamp};

use crate::store::Actor;

/// The columns of a register, without its account, in the order of [`Columns`].
macro_rules! columns {
    () => {
        "room_id, version, device_id, content, reply_to, other_content, other_reply_to, withdrawn, written_at"
    };
}
pub(in crate::store) use columns;

/// They, as read.
pub(in crate::store) struct Columns {
    pub(in crate::store) room: i64,
    pub(in crate::store) version: i64,
    pub(in crate::store) device: i64,
    pub(in crate::store) content: (String, Option<i64>),
    pub(in crate::store) other: (String, Option<i64>),
    pub(in crate::store) withdrawn: bool,
    pub(in crate::store) written_at: i64,
}

impl From<Columns> for SharedDraft {
    fn from(row: Columns) -> Self {
        let text =
            |(text, reply_to): (String, Option<i64>)| DraftText { text, reply_to: reply_to.map(MessageId) };
        let other = Some(text(row.other)).filter(|other| !other.is_blank());
        SharedDraft {
            room_id: RoomId(row.room),
            version: Rev(row.version),
            content: DraftContent { draft: text(row.content), other },
            device_id: Some(DeviceId(row.device)),
            written_at: Timestamp(row.written_at),
            withdrawn: row.withdrawn,
        }
    }
}

/// A register into which nothing was ever put.
pub(in crate::store) fn untouched(room_id: RoomId) -> SharedDraft {
    SharedDraft {
        room_id,
        version: Rev(0),
        content: DraftContent::default(),
        device_id: None,
        written_at: Timestamp(0),
        withdrawn: false,
    }
}

/// What putting something means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Put {
    /// It is the next version.
    Next,
    /// The register holds just that.
    Same,
    /// Another device was first.
    Outdated,
}

/// What is put by a device that has seen the newest version is the next one. The same again (its answer was lost) is so
/// already.
pub(in crate::store) fn judged(held: &SharedDraft, put: &PutDraft) -> Put {
    if !held.withdrawn && held.content == put.content {
        Put::Same
    } else if held.version == put.base {
        Put::Next
    } else {
        Put::Outdated
    }
}

/// The next version of a register.
pub(in crate::store) fn next(
    held: &SharedDraft,
    actor: Actor,
    content: &DraftContent,
    now: Timestamp,
) -> SharedDraft {
    SharedDraft {
        room_id: held.room_id,
        version: Rev(held.version.get() + 1),
        content: content.clone(),
        device_id: Some(actor.device_id),
        written_at: now,
        withdrawn: false,
    }
}

/// What is kept of a text beside it: empty for none.
pub(in crate::store) fn parts(text: Option<&DraftText>) -> (&str, Option<i64>) {
    text.map_or(("", None), |text| (text.text.as_str(), text.reply_to.map(MessageId::get)))
}

/// When the words of a register are forgotten.
pub(in crate::store) fn forget_at(content: &DraftContent, now: Timestamp) -> Option<i64> {
    let kept = i64::try_from(DRAFT_KEPT.as_millis()).unwrap_or(i64::MAX);
    (!content.is_blank()).then(|| now.millis().saturating_add(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(base: i64, text: &str) -> PutDraft {
        let draft = DraftText { text: text.into(), reply_to: None };
        PutDraft { base: Rev(base), content: DraftContent { draft, other: None } }
    }

    #[test]
    fn only_who_has_seen_the_newest_version_puts_the_next() {
        let held = SharedDraft { version: Rev(3), content: put(0, "a").content, ..untouched(RoomId(1)) };
        assert_eq!(judged(&held, &put(3, "b")), Put::Next);
        assert_eq!(judged(&held, &put(2, "b")), Put::Outdated);
        assert_eq!(judged(&held, &put(2, "a")), Put::Same, "its answer was lost");
        let withdrawn = SharedDraft { withdrawn: true, content: DraftContent::default(), ..held };
        assert_eq!(judged(&withdrawn, &put(2, "")), Put::Outdated, "that it was emptied is to be known");
        assert_eq!(judged(&untouched(RoomId(1)), &put(0, "")), Put::Same);
    }
}
