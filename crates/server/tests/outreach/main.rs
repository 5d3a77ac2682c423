//! E-mail and SMS to real servers: SMTP with TLS and passwords, gateways that check what is published of their shape, and the
//! real binary killed while it sends.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "helpers of tests fail by panicking, and have the system's clock"
)]

mod gateway;
mod killed;
mod sms;
mod smtp;

use bedside_i18n::Language;
use bedside_protocol::Timestamp;
use bedside_server::outreach::Letter;

/// One crypto provider for the process, as `main` does it.
fn provide() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn letter(to: &str) -> Letter {
    Letter {
        key: uuid::Uuid::from_u128(7),
        to: to.to_owned(),
        subject: "لديك رسالة جديدة".to_owned(),
        text: "Something waits\nhttps://chat.example.org/chat/room/1/".to_owned(),
        html: "<!DOCTYPE html><p>Something waits</p>".to_owned(),
        language: Language::Arabic,
        stop_url: Some(
            "https://chat.example.org/outreach/stop/0123456789abcdef0123456789abcdef/".parse().unwrap(),
        ),
        at: Timestamp(1_795_363_200_000),
    }
}
