//! Says every error of the engine in words: what happened, and what to do.

use bedside_protocol::ErrorCode;
use bedside_protocol::ipc::IpcError;

use crate::words::Words;

/// An error in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    /// What happened.
    pub what: String,
    /// What to do.
    pub advice: String,
}

/// The words for an error.
pub(crate) fn explain(words: &Words, error: &IpcError) -> Explained {
    match error {
        IpcError::TooManyAttempts { retry_after_s } => Explained {
            what: words.text("error-too-many-attempts"),
            advice: words.text_with(
                "error-too-many-attempts-do",
                &[("seconds", i64::try_from(*retry_after_s).unwrap_or(i64::MAX).into())],
            ),
        },
        IpcError::UnsentMessages { count } => Explained {
            what: words.text_with("error-unsent", &[("count", (*count).into())]),
            advice: words.text("error-unsent-do"),
        },
        IpcError::MessageTooLong { chars, max } => Explained {
            what: words.text_with("error-message-too-long", &[("over", chars.saturating_sub(*max).into())]),
            advice: words.text("error-message-too-long-do"),
        },
        other => {
            let (what, advice) = ids(other);
            Explained { what: words.text(what), advice: words.text(advice) }
        }
    }
}

fn ids(error: &IpcError) -> (&'static str, &'static str) {
    match error {
        IpcError::WrongCredentials => ("error-wrong-credentials", "error-wrong-credentials-do"),
        IpcError::InvalidServer => ("error-invalid-server", "error-invalid-server-do"),
        IpcError::Unreachable => ("error-unreachable", "error-unreachable-do"),
        IpcError::NotBedside => ("error-not-bedside", "error-not-bedside-do"),
        IpcError::Certificate => ("error-certificate", "error-certificate-do"),
        IpcError::Incompatible => ("error-incompatible", "error-incompatible-do"),
        IpcError::OtherAccount => ("error-other-account", "error-other-account-do"),
        IpcError::AdministratorAccount => ("error-administrator", "error-administrator-do"),
        IpcError::PassphraseNeeded => ("error-passphrase-needed", "error-passphrase-needed-do"),
        IpcError::WrongPassphrase => ("error-wrong-passphrase", "error-wrong-passphrase-do"),
        IpcError::NoLockCode => ("error-no-lock-code", "error-no-lock-code-do"),
        IpcError::BadLockCode => ("error-bad-lock-code", "error-bad-lock-code-do"),
        IpcError::CacheUnreadable => ("error-cache-unreadable", "error-cache-unreadable-do"),
        IpcError::CacheInUse => ("error-cache-in-use", "error-cache-in-use-do"),
        IpcError::CacheNewer => ("error-cache-newer", "error-cache-newer-do"),
        IpcError::Disk => ("error-disk", "error-disk-do"),
        IpcError::EmptyMessage => ("error-empty-message", "error-empty-message-do"),
        IpcError::NotChangeable => ("error-not-changeable", "error-not-changeable-do"),
        IpcError::NotDiscardable => ("error-not-discardable", "error-not-discardable-do"),
        IpcError::NotSignedIn => ("error-not-signed-in", "error-not-signed-in-do"),
        IpcError::Offline => ("error-offline", "error-offline-do"),
        IpcError::NotFound => ("error-not-found", "error-not-found-do"),
        IpcError::Refused { .. } => ("error-refused", "error-refused-do"),
        IpcError::Malformed
        | IpcError::NotAnEmoji
        | IpcError::Internal
        | IpcError::TooManyAttempts { .. }
        | IpcError::UnsentMessages { .. }
        | IpcError::MessageTooLong { .. } => ("error-internal", "error-internal-do"),
    }
}

/// Why the server refused a message, to follow "Not sent:".
pub(crate) fn refusal(words: &Words, code: ErrorCode) -> String {
    words.text(match code {
        ErrorCode::Forbidden | ErrorCode::OriginNotAllowed => "refused-forbidden",
        ErrorCode::TooLarge => "refused-too-large",
        ErrorCode::EmptyMessage => "refused-empty",
        ErrorCode::NotFound => "refused-gone",
        ErrorCode::ClientIdReused | ErrorCode::Conflict => "refused-conflict",
        ErrorCode::CannotReply => "refused-no-original",
        ErrorCode::InvalidValue | ErrorCode::BadRequest => "refused-invalid",
        _ => "refused-other",
    })
}
