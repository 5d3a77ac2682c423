//! Which tables a clinic consists of, and how each is walked through: the one list both databases are read by.
//!
//! Left out are `meta`, which the last pass takes over key by key, and `migrations`, which each database has of its own,
//! as it has what finds messages (`search…`): a server makes that anew from what was copied.

/// What a column holds, whatever a database calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Kind {
    Int,
    Text,
    Bytes,
    Uuid,
    Flag,
}

/// How far a table is known to be copied when a pass goes on after an interruption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Resume {
    /// Looked through from its start: small, and others' rows need its newest.
    Anew,
    /// Continued where the last batch ended.
    Continue,
}

/// A table: its key's columns come first.
#[derive(Debug)]
pub(in crate::store) struct Table {
    pub(in crate::store) name: &'static str,
    pub(in crate::store) keys: usize,
    pub(in crate::store) columns: &'static [(&'static str, Kind)],
    pub(in crate::store) resume: Resume,
    /// The database refuses to change or remove its rows.
    pub(in crate::store) append_only: bool,
}

impl Table {
    pub(in crate::store) fn key(&self) -> impl Iterator<Item = &'static (&'static str, Kind)> {
        self.columns.iter().take(self.keys)
    }

    /// The columns' names, for SQL.
    pub(in crate::store) fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}

const fn table(
    name: &'static str,
    keys: usize,
    resume: Resume,
    columns: &'static [(&'static str, Kind)],
) -> Table {
    Table { name, keys, columns, resume, append_only: false }
}

const fn append_only(table: Table) -> Table {
    Table { append_only: true, ..table }
}

use Kind::{Bytes, Flag, Int, Text, Uuid};

/// Every table after those its rows refer to.
pub(in crate::store) const TABLES: &[Table] = &[
    table(
        "accounts",
        1,
        Resume::Anew,
        &[
            ("id", Int),
            ("role", Text),
            ("role_no", Int),
            ("username", Text),
            ("username_key", Text),
            ("name", Text),
            ("profession", Text),
            ("birth_date", Text),
            ("password_hash", Text),
            ("created_at", Int),
            ("disabled_at", Int),
            ("phone", Text),
            ("language", Text),
            ("time_zone", Text),
            ("record_number", Text),
        ],
    ),
    table(
        "clinic",
        1,
        Resume::Anew,
        &[
            ("only_row", Int),
            ("name", Text),
            ("phone", Text),
            ("emergency_number", Text),
            ("hours", Text),
            ("time_zone", Text),
            ("warn_other_patient", Flag),
            ("rev", Int),
            ("practitioners_export", Flag),
            ("notification_content", Text),
        ],
    ),
    table(
        "links",
        2,
        Resume::Anew,
        &[("patient_id", Int), ("practitioner_id", Int), ("created_at", Int), ("ended_at", Int)],
    ),
    table(
        "rooms",
        1,
        Resume::Anew,
        &[
            ("id", Int),
            ("patient_id", Int),
            ("practitioner_id", Int),
            ("last_seq", Int),
            ("room_rev", Int),
            ("created_at", Int),
            ("updated_at", Int),
        ],
    ),
    table(
        "room_members",
        2,
        Resume::Anew,
        &[
            ("room_id", Int),
            ("account_id", Int),
            ("role", Text),
            ("from_at", Int),
            ("until_at", Int),
            ("until_seq", Int),
        ],
    ),
    table(
        "read_marks",
        2,
        Resume::Anew,
        &[
            ("room_id", Int),
            ("account_id", Int),
            ("up_to", Int),
            ("marked_unread", Flag),
            ("rev", Int),
            ("delivered_to", Int),
            ("pinned", Flag),
            ("muted_until_at", Int),
            ("archived_up_to", Int),
            ("flags_rev", Int),
        ],
    ),
    table("feed_heads", 1, Resume::Anew, &[("account_id", Int), ("head", Int)]),
    table(
        "devices",
        1,
        Resume::Anew,
        &[
            ("id", Int),
            ("account_id", Int),
            ("name", Text),
            ("platform", Text),
            ("created_at", Int),
            ("revoked_at", Int),
        ],
    ),
    table(
        "sessions",
        1,
        Resume::Anew,
        &[
            ("id", Int),
            ("account_id", Int),
            ("device_id", Int),
            ("kind", Text),
            ("token_hash", Bytes),
            ("lifetime_ms", Int),
            ("created_at", Int),
            ("used_at", Int),
            ("expires_at", Int),
            ("ended_at", Int),
        ],
    ),
    table("preferences", 1, Resume::Anew, &[("account_id", Int), ("hide_presence", Flag)]),
    table("last_seen", 1, Resume::Anew, &[("account_id", Int), ("seen_at", Int)]),
    table(
        "quick_replies",
        1,
        Resume::Anew,
        &[
            ("id", Int),
            ("account_id", Int),
            ("client_id", Uuid),
            ("digest", Bytes),
            ("place", Int),
            ("title", Text),
            ("content", Text),
            ("created_at", Int),
            ("changed_at", Int),
            ("removed_at", Int),
        ],
    ),
    table(
        "drafts",
        2,
        Resume::Anew,
        &[
            ("account_id", Int),
            ("room_id", Int),
            ("version", Int),
            ("device_id", Int),
            ("content", Text),
            ("reply_to", Int),
            ("other_content", Text),
            ("other_reply_to", Int),
            ("withdrawn", Flag),
            ("written_at", Int),
            ("forget_at", Int),
        ],
    ),
    table("flag_wishes", 2, Resume::Anew, &[("device_id", Int), ("room_id", Int), ("number", Int)]),
    table(
        "contacts",
        2,
        Resume::Anew,
        &[
            ("account_id", Int),
            ("channel", Text),
            ("address", Text),
            ("stopped_at", Int),
            ("stop_token", Text),
            ("pending_address", Text),
            ("code_hash", Bytes),
            ("code_expires_at", Int),
            ("code_tries", Int),
            ("codes_sent", Int),
            ("codes_since_at", Int),
        ],
    ),
    table(
        "outreach_wishes",
        1,
        Resume::Anew,
        &[
            ("account_id", Int),
            ("email_after", Int),
            ("sms_after", Int),
            ("sms_for", Text),
            ("quiet_from", Int),
            ("quiet_to", Int),
            ("reminder_minutes", Int),
        ],
    ),
    table(
        "outreach_checks",
        3,
        Resume::Anew,
        &[("account_id", Int), ("room_id", Int), ("notification_id", Int), ("due_at", Int)],
    ),
    table(
        "dispatches",
        1,
        Resume::Anew,
        &[
            ("id", Int),
            ("account_id", Int),
            ("room_id", Int),
            ("notification_id", Int),
            ("up_to", Int),
            ("channel", Text),
            ("urgent", Flag),
            ("key", Uuid),
            ("state", Text),
            ("created_at", Int),
            ("due_at", Int),
            ("tries", Int),
            ("lease", Int),
            ("problem", Text),
            ("gateway_id", Text),
            ("finished_at", Int),
        ],
    ),
    table(
        "login_throttle",
        1,
        Resume::Anew,
        &[("key", Text), ("failures", Int), ("failed_at", Int), ("wait_until_at", Int)],
    ),
    table(
        "messages",
        1,
        Resume::Continue,
        &[
            ("id", Int),
            ("room_id", Int),
            ("room_seq", Int),
            ("sender_id", Int),
            ("rev", Int),
            ("client_id", Uuid),
            ("content", Text),
            ("urgent", Flag),
            ("composed_at", Int),
            ("created_at", Int),
            ("edited_at", Int),
            ("retracted_at", Int),
            ("sender_no", Int),
            ("reply_to", Int),
        ],
    ),
    table(
        "message_versions",
        2,
        Resume::Continue,
        &[("message_id", Int), ("rev", Int), ("content", Text), ("written_at", Int)],
    ),
    table(
        "reactions",
        3,
        Resume::Continue,
        &[("message_id", Int), ("account_id", Int), ("emoji", Text), ("created_at", Int)],
    ),
    table(
        "mark_history",
        4,
        Resume::Continue,
        &[("room_id", Int), ("account_id", Int), ("kind", Text), ("up_to", Int), ("reached_at", Int)],
    ),
    table(
        "notifications",
        1,
        Resume::Continue,
        &[
            ("id", Int),
            ("account_id", Int),
            ("kind", Text),
            ("room_id", Int),
            ("room_seq", Int),
            ("urgent", Flag),
            ("title", Text),
            ("content", Text),
            ("url", Text),
            ("creator_id", Int),
            ("client_id", Uuid),
            ("digest", Bytes),
            ("created_at", Int),
            ("read_at", Int),
        ],
    ),
    table(
        "commands",
        2,
        Resume::Continue,
        &[("account_id", Int), ("client_id", Uuid), ("kind", Text), ("digest", Bytes), ("message_id", Int)],
    ),
    table(
        "feed",
        2,
        Resume::Continue,
        &[
            ("account_id", Int),
            ("feed_seq", Int),
            ("kind", Text),
            ("room_id", Int),
            ("object_id", Int),
            ("rev", Int),
            ("created_at", Int),
        ],
    ),
    append_only(table(
        "audit",
        1,
        Resume::Continue,
        &[
            ("id", Int),
            ("happened_at", Int),
            ("event", Text),
            ("actor_id", Int),
            ("device_id", Int),
            ("room_id", Int),
            ("object_id", Int),
        ],
    )),
    append_only(table(
        "audit_seals",
        1,
        Resume::Continue,
        &[("last_audit_id", Int), ("hash", Bytes), ("sealed_at", Int)],
    )),
];
