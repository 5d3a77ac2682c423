//! Errors of the layers below, as the UI may see them.

use bedside_protocol::ErrorCode;
use bedside_protocol::ipc::{BrokenCause, IpcError};

use crate::cache::{CacheError, OpenError};
use crate::keys::{KeyringError, UnlockError};
use crate::transport::TransportError;
use crate::transport::api::ApiError;

pub(crate) fn of_cache(error: CacheError) -> IpcError {
    match error {
        CacheError::Closed => IpcError::NotSignedIn,
        CacheError::Disk(_) => IpcError::Disk,
        CacheError::NotFound => IpcError::NotFound,
        CacheError::NotDiscardable => IpcError::NotDiscardable,
        CacheError::NotChangeable => IpcError::NotChangeable,
        CacheError::Damaged(_) | CacheError::Unreadable { .. } => IpcError::CacheUnreadable,
        CacheError::Sql(_) => {
            tracing::error!(%error, "the cache refused");
            IpcError::Internal
        }
    }
}

pub(super) fn of_open(error: OpenError) -> IpcError {
    match error {
        OpenError::Newer => IpcError::CacheNewer,
        OpenError::Folder(_) => IpcError::Disk,
        OpenError::Store(error) => of_cache(error),
        OpenError::InUse => IpcError::CacheInUse,
        OpenError::WrongKey | OpenError::MigrationChanged { .. } | OpenError::Unsafe { .. } => {
            IpcError::CacheUnreadable
        }
    }
}

/// Why the cache stays closed, after an attempt to open it.
pub(super) fn cause_of_open(error: &OpenError) -> BrokenCause {
    match error {
        OpenError::InUse => BrokenCause::InUse,
        OpenError::Newer | OpenError::MigrationChanged { .. } => BrokenCause::Newer,
        OpenError::Folder(_) | OpenError::Unsafe { .. } => BrokenCause::Disk,
        OpenError::WrongKey => BrokenCause::Damaged,
        OpenError::Store(error) => cause_of_cache(error),
    }
}

/// Why an open cache is of no use.
pub(super) fn cause_of_cache(error: &CacheError) -> BrokenCause {
    match error {
        CacheError::Disk(_) | CacheError::Closed | CacheError::Sql(_) => BrokenCause::Disk,
        _ => BrokenCause::Damaged,
    }
}

/// Why the keyring is of no use.
pub(super) fn cause_of_keyring(error: &KeyringError) -> BrokenCause {
    match error {
        KeyringError::Missing => BrokenCause::KeyLost,
        KeyringError::Newer => BrokenCause::Newer,
        KeyringError::Keychain(_) => BrokenCause::KeychainAway,
        KeyringError::Disk(_) => BrokenCause::Disk,
        KeyringError::Damaged | KeyringError::Exists => BrokenCause::Damaged,
    }
}

pub(super) fn of_keyring(error: KeyringError) -> IpcError {
    match error {
        KeyringError::Newer => IpcError::CacheNewer,
        KeyringError::Keychain(_) => IpcError::PassphraseNeeded,
        KeyringError::Disk(_) => IpcError::Disk,
        KeyringError::Exists | KeyringError::Missing | KeyringError::Damaged => IpcError::CacheUnreadable,
    }
}

pub(super) fn of_unlock(error: UnlockError) -> IpcError {
    match error {
        UnlockError::PassphraseNeeded => IpcError::PassphraseNeeded,
        UnlockError::WrongPassphrase => IpcError::WrongPassphrase,
        UnlockError::KeychainUnavailable | UnlockError::KeyLost => IpcError::CacheUnreadable,
    }
}

/// A call made while signed in.
pub(crate) fn of_call(error: ApiError) -> IpcError {
    match error {
        ApiError::Transport(TransportError::Certificate(_)) => IpcError::Certificate,
        ApiError::Transport(_) | ApiError::NotOurs => IpcError::Offline,
        ApiError::Refused(problem) => match problem.code {
            ErrorCode::NotFound => IpcError::NotFound,
            ErrorCode::Unauthenticated => IpcError::NotSignedIn,
            ErrorCode::Unavailable | ErrorCode::Internal => IpcError::Offline,
            code => IpcError::Refused { code },
        },
    }
}

/// A call that may have to be made again later, and says when.
pub(crate) fn of_waiting_call(error: ApiError) -> IpcError {
    match &error {
        ApiError::Refused(problem) if problem.code == ErrorCode::RateLimited => {
            let wait = problem.retry_after_ms.unwrap_or(60_000).div_ceil(1_000);
            IpcError::TooManyAttempts { retry_after_s: wait }
        }
        _ => of_call(error),
    }
}

/// A call of somebody who signs in.
pub(super) fn of_sign_in(error: ApiError) -> IpcError {
    match error {
        ApiError::Transport(TransportError::Certificate(_)) => IpcError::Certificate,
        ApiError::Transport(_) => IpcError::Unreachable,
        ApiError::NotOurs => IpcError::NotBedside,
        ApiError::Refused(problem) => match problem.code {
            ErrorCode::WrongCredentials | ErrorCode::Unauthenticated => IpcError::WrongCredentials,
            ErrorCode::RateLimited => {
                let wait = problem.retry_after_ms.unwrap_or(60_000).div_ceil(1_000);
                IpcError::TooManyAttempts { retry_after_s: wait }
            }
            ErrorCode::UpgradeRequired => IpcError::Incompatible,
            ErrorCode::Unavailable | ErrorCode::Internal => IpcError::Unreachable,
            code => IpcError::Refused { code },
        },
    }
}
