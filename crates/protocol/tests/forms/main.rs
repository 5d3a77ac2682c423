//! Every serialised type has its form on record: a file per value under `v1/`.
//!
//! A change of form fails here. If it is meant, keep the old file (it must still decode: old apps and old caches hold
//! it) in `v1/`, and record the new one with `BEDSIDE_WRITE_FORMS=1 cargo test -p bedside-protocol --test forms`.

mod ipc;
mod notifications;
mod support;
mod wire;
