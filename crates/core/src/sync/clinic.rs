//! What the clinic says of itself: fetched when the server has another state of it than the one held.

use bedside_protocol::Rev;
use bedside_protocol::wire::Clinic;

use super::call::Purpose;
use super::{Call, Machine};
use crate::cache_write::CacheWrite;

impl Machine {
    /// The server has named the state it has. A failure is made up for when next connected.
    pub(super) fn clinic_named(&mut self, rev: Rev) {
        if rev != self.clinic_rev {
            self.fetch_clinic();
        }
    }

    /// For a way of connecting that names none.
    pub(super) fn fetch_clinic(&mut self) {
        if !self.calls.values().any(|purpose| *purpose == Purpose::Clinic) {
            self.call(Purpose::Clinic, Call::Clinic);
        }
    }

    pub(super) fn clinic_answered(&mut self, clinic: Box<Clinic>) {
        if clinic.rev != self.clinic_rev {
            self.clinic_rev = clinic.rev;
            self.write(vec![CacheWrite::Clinic(clinic)]);
        }
    }
}
