//! What the clinic says of itself: one document, replaced as a whole.

use bedside_protocol::wire::Clinic;

use crate::cache::changes::Part;
use crate::cache::error::CacheError;
use crate::cache::group::Group;

impl Group<'_> {
    pub(super) fn clinic(&mut self, clinic: &Clinic) -> Result<(), CacheError> {
        let body =
            serde_json::to_string(clinic).map_err(|_| CacheError::Unreadable { what: "the clinic" })?;
        self.db.execute("UPDATE profile SET clinic = ?1 WHERE only_row = 1", [body])?;
        self.changed(Part::Clinic);
        Ok(())
    }
}
