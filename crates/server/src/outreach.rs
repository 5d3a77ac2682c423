//! Reaching people who are not there: e-mail and SMS about what they have not read.
//!
//! What is decided is durable before anything is sent (`store::notifying`); workers take it under a lease, hand it to a
//! carrier and keep how that ended. A crash between a gateway's yes and our commit sends once more, under the same name
//! (Message-ID, idempotency key): at least once, and twice only then. Nothing that is sent holds the text of a message, the
//! name of a person or of the clinic.

pub mod address;
mod carrier;
mod code;
pub mod email;
mod letter;
pub mod sms;
mod worker;

use std::sync::Arc;

use bedside_protocol::wire::Channel;
use secrecy::SecretString;
use url::Url;

pub use carrier::{Carrier, Handed, Letter, NotCarried};
pub(crate) use code::Code;
pub(crate) use letter::coded;
pub(crate) use worker::{pass, start};

/// E-mails to one person in a day.
const EMAIL_CAP: u32 = 20;
/// SMS to one person in a day.
const SMS_CAP: u32 = 10;

/// What this server sends by, and how much.
#[derive(Clone)]
pub struct Outreach {
    /// E-mail.
    pub email: Option<Arc<dyn Carrier>>,
    /// SMS.
    pub sms: Option<Arc<dyn Carrier>>,
    /// What SMS that come in are signed with.
    pub sms_token: Option<SecretString>,
    /// E-mails to one person in a day, but for the first about something urgent.
    pub email_cap: u32,
    /// SMS to one person in a day, but for the first about something urgent.
    pub sms_cap: u32,
}

impl Default for Outreach {
    fn default() -> Self {
        Outreach { email: None, sms: None, sms_token: None, email_cap: EMAIL_CAP, sms_cap: SMS_CAP }
    }
}

impl std::fmt::Debug for Outreach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outreach").field("channels", &self.channels()).finish_non_exhaustive()
    }
}

impl Outreach {
    /// What this server sends by.
    #[must_use]
    pub fn channels(&self) -> Vec<Channel> {
        Channel::ALL.into_iter().filter(|channel| self.carrier(*channel).is_some()).collect()
    }

    pub(crate) fn carrier(&self, channel: Channel) -> Option<&Arc<dyn Carrier>> {
        match channel {
            Channel::Email => self.email.as_ref(),
            Channel::Sms => self.sms.as_ref(),
        }
    }
}

/// Whether something may be spoken to without TLS: on this machine alone.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
