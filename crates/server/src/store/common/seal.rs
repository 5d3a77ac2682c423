//! The chain of seals over audit rows: what is hashed, in what form.

/// Rows under one seal; a sealer that was away makes several.
pub(in crate::store) const ROWS_PER_SEAL: i64 = 10_000;

pub(in crate::store) type Hash = [u8; 32];

/// Where the chain stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Link {
    pub(in crate::store) last_audit_id: i64,
    pub(in crate::store) hash: Hash,
}

/// An audit row as a seal covers it.
pub(in crate::store) struct AuditRow {
    pub(in crate::store) id: i64,
    pub(in crate::store) happened_at: i64,
    pub(in crate::store) event: String,
    pub(in crate::store) actor: Option<i64>,
    pub(in crate::store) device: Option<i64>,
    pub(in crate::store) room: Option<i64>,
    pub(in crate::store) object: Option<i64>,
}

impl AuditRow {
    /// As bytes: `id|happened_at|event|actor|device|room|object` and a newline, an empty field for NULL.
    pub(in crate::store) fn canonical(&self) -> String {
        let optional = |id: Option<i64>| id.map_or_else(String::new, |id| id.to_string());
        let (actor, device) = (optional(self.actor), optional(self.device));
        let (room, object) = (optional(self.room), optional(self.object));
        format!("{}|{}|{}|{actor}|{device}|{room}|{object}\n", self.id, self.happened_at, self.event)
    }
}
