//! Signing in: the same answer and the same time for unknown users, throttled by account and address.

#[cfg(test)]
mod tests;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;

use bedside_protocol::wire::Account;
use bedside_protocol::{DeviceId, ErrorCode, limits};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Mutex, MutexGuard};

use crate::app::AppState;
use crate::auth::token::Token;
use crate::config::Limits;
use crate::failure::Failure;
use crate::metrics::SignInEnded;
use crate::peer::Client;
use crate::rate::{Rate, network};
use crate::store::username::username_key;
use crate::store::{Credentials, LoginThrottle, NewSession, Session, SessionKind};

/// Lifetime of a native client's session, extended by use: 30 days.
const BEARER_LIFETIME_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
/// Lifetime of a browser's session, extended by use: 12 hours, a long working day.
const COOKIE_LIFETIME_MS: i64 = 12 * 60 * 60 * 1_000;
/// What to wait when too many sign in at once, in milliseconds.
const BUSY_WAIT_MS: u64 = 2_000;

/// A wish to sign in.
pub(crate) struct SignIn {
    pub(crate) username: String,
    pub(crate) password: SecretString,
    pub(crate) kind: SessionKind,
    pub(crate) device_name: String,
    pub(crate) platform: String,
    pub(crate) device_id: Option<DeviceId>,
}

/// A new session and the only copy of its token.
pub(crate) struct SignedIn {
    pub(crate) token: Token,
    pub(crate) session: Session,
    pub(crate) account: Account,
}

impl SignIn {
    /// Checks the credentials and makes a session.
    pub(crate) async fn carry_out(self, state: &AppState, client: &Client) -> Result<SignedIn, Failure> {
        let signed_in = self.attempt(state, client).await;
        let ended = signed_in
            .as_ref()
            .map_or_else(|failure| SignInEnded::with(failure.0.code), |_| SignInEnded::SignedIn);
        state.metrics.sign_ins.ended(ended);
        signed_in
    }

    async fn attempt(self, state: &AppState, client: &Client) -> Result<SignedIn, Failure> {
        self.check_sizes()?;
        state.rates.take(Rate::SignIn(client.address))?;
        let name = username_key(&self.username);
        let keys = Keys::of(&name, network(client.address));
        let credentials = self.prove(state, &name, &keys).await?;
        self.begin(state, credentials).await
    }

    fn check_sizes(&self) -> Result<(), Failure> {
        let password = self.password.expose_secret();
        if self.username.chars().count() > limits::USERNAME_CHARS || password.len() > limits::PASSWORD_BYTES {
            return Err(ErrorCode::WrongCredentials.into());
        }
        if self.device_name.chars().count() > limits::DEVICE_NAME_CHARS || self.platform.len() > 32 {
            return Err(Failure::because(ErrorCode::InvalidValue, "The device's name is too long."));
        }
        Ok(())
    }

    async fn prove(&self, state: &AppState, name: &str, keys: &Keys) -> Result<Credentials, Failure> {
        let _in_line = state.sign_in_line.enter(name).await;
        if state.rates.limits() == Limits::On
            && let Some(millis) = state.store.login_wait(&keys.all(), state.runtime.now()).await?
        {
            return Err(Failure::wait(ErrorCode::RateLimited, millis));
        }
        let found = state.store.credentials(name).await?;
        let stored = found.as_ref().map(|credentials| credentials.password_hash.clone());
        let right = state.verifier.verify(self.password.clone(), stored).await;
        let right = right.map_err(|_| Failure::wait(ErrorCode::Unavailable, BUSY_WAIT_MS))?;
        let proven = found.filter(|credentials| right && credentials.enabled);
        record(state, keys, proven.is_some()).await?;
        proven.ok_or_else(|| ErrorCode::WrongCredentials.into())
    }

    async fn begin(self, state: &AppState, credentials: Credentials) -> Result<SignedIn, Failure> {
        let token = Token::mint(&state.runtime);
        let session = NewSession {
            account_id: credentials.account_id,
            kind: self.kind,
            token: token.hash(),
            device_name: self.device_name,
            platform: self.platform,
            device_id: self.device_id,
            now: state.runtime.now(),
            lifetime_ms: match self.kind {
                SessionKind::Bearer => BEARER_LIFETIME_MS,
                SessionKind::Cookie => COOKIE_LIFETIME_MS,
            },
        };
        let session = state.store.create_session(session).await?;
        let account = state.store.account(session.actor).await?.ok_or(ErrorCode::WrongCredentials)?;
        Ok(SignedIn { token, session, account })
    }
}

/// What failures are counted by: whom they are for, where they come from, and the two together.
struct Keys {
    account: String,
    pair: String,
    address: String,
}

impl Keys {
    fn of(name: &str, network: IpAddr) -> Self {
        Keys {
            account: format!("account:{name}"),
            pair: format!("pair:{network} {name}"),
            address: format!("address:{network}"),
        }
    }

    fn all(&self) -> [String; 3] {
        [self.account.clone(), self.pair.clone(), self.address.clone()]
    }
}

/// A success does not speak for the address: one right password must not buy it further guesses at others.
async fn record(state: &AppState, keys: &Keys, proven: bool) -> Result<(), Failure> {
    let throttle = if proven {
        LoginThrottle::Succeeded { keys: vec![keys.account.clone(), keys.pair.clone()] }
    } else {
        LoginThrottle::Failed { keys: keys.all().to_vec() }
    };
    Ok(state.store.record_login(throttle, state.runtime.now()).await?)
}

/// Puts attempts to sign in to one account in a line, so that parallel guesses cannot outrun the throttle.
pub(crate) struct SignInLine([Mutex<()>; 64]);

impl SignInLine {
    pub(crate) fn new() -> Self {
        SignInLine(std::array::from_fn(|_| Mutex::new(())))
    }

    /// Waits for one's turn; names share lines at random, which costs a wait of some 20 ms.
    async fn enter(&self, name: &str) -> Option<MutexGuard<'_, ()>> {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let line = usize::try_from(hasher.finish() % 64).unwrap_or_default();
        match self.0.get(line) {
            Some(line) => Some(line.lock().await),
            None => None,
        }
    }
}
