//! Randomness: the system's generator, or one from a seed.

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};

/// ChaCha12, seeded by the operating system.
pub(crate) fn system() -> Box<dyn RngCore + Send> {
    Box::new(StdRng::from_os_rng())
}

/// The same numbers for the same seed.
pub(crate) fn seeded(seed: u64) -> Box<dyn RngCore + Send> {
    Box::new(StdRng::seed_from_u64(seed))
}
