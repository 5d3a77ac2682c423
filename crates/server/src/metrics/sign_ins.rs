//! Attempts to sign in, by how they ended.

use bedside_protocol::ErrorCode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use super::Labels;

/// How an attempt to sign in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignInEnded {
    /// Somebody is signed in.
    SignedIn,
    /// Name or password is wrong, or the account disabled.
    WrongCredentials,
    /// Too many attempts by this account or address: not even looked at.
    Throttled,
    /// Too many at once, or the store failed.
    Unavailable,
    /// It was no proper attempt.
    Malformed,
}

impl SignInEnded {
    const ALL: [Self; 5] =
        [Self::SignedIn, Self::WrongCredentials, Self::Throttled, Self::Unavailable, Self::Malformed];

    /// What an attempt that was answered with this error ended as.
    pub(crate) const fn with(code: ErrorCode) -> Self {
        match code {
            ErrorCode::WrongCredentials => Self::WrongCredentials,
            ErrorCode::RateLimited => Self::Throttled,
            ErrorCode::Unavailable | ErrorCode::Internal => Self::Unavailable,
            _ => Self::Malformed,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::WrongCredentials => "wrong_credentials",
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::Malformed => "malformed",
        }
    }
}

/// The attempts at this server.
pub(crate) struct SignIns(Family<Labels<1>, Counter>);

impl SignIns {
    /// Every series is there from the start.
    pub(super) fn new(registry: &mut Registry) -> Self {
        let ended = Family::<Labels<1>, Counter>::default();
        for how in SignInEnded::ALL {
            drop(ended.get_or_create(&[("outcome", how.as_str())]));
        }
        registry.register("sign_ins", "Attempts to sign in by how they ended", ended.clone());
        SignIns(ended)
    }

    pub(crate) fn ended(&self, how: SignInEnded) {
        self.0.get_or_create(&[("outcome", how.as_str())]).inc();
    }
}
