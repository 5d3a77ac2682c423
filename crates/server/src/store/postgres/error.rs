//! What a failure of PostgreSQL means to a caller.

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;

use crate::store::StoreError;

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(code) if *code == SqlState::DISK_FULL => Self::Disk,
            Some(code) if !PASSING.contains(code) => Self::Database(Box::new(error)),
            // Without a code it did not come from the database: the way there is broken.
            _ => Self::Unreachable(Box::new(error)),
        }
    }
}

/// What a database says that is starting, ending, overrun, or no longer the one that writes.
const PASSING: [SqlState; 9] = [
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
    SqlState::TOO_MANY_CONNECTIONS,
    SqlState::CONNECTION_FAILURE,
    SqlState::QUERY_CANCELED,
    SqlState::LOCK_NOT_AVAILABLE,
    SqlState::READ_ONLY_SQL_TRANSACTION,
    SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
];

impl From<PoolError> for StoreError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Closed => Self::Closing,
            other => Self::Unreachable(Box::new(other)),
        }
    }
}

/// Whether the whole transaction may succeed when it is done again: it lost against another, or met what another has
/// committed meanwhile.
pub(super) fn is_worth_another_try(error: &StoreError) -> bool {
    let StoreError::Database(source) = error else { return false };
    let lost =
        [SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE, SqlState::UNIQUE_VIOLATION];
    says_one_of(&**source, &lost)
}

/// Whether others had what was to be locked.
pub(super) fn is_in_the_way(error: &StoreError) -> bool {
    let (StoreError::Database(source) | StoreError::Unreachable(source)) = error else { return false };
    says_one_of(&**source, &[SqlState::T_R_DEADLOCK_DETECTED, SqlState::LOCK_NOT_AVAILABLE])
}

fn says_one_of(source: &(dyn std::error::Error + Send + Sync + 'static), states: &[SqlState]) -> bool {
    let code = source.downcast_ref::<tokio_postgres::Error>().and_then(tokio_postgres::Error::code);
    code.is_some_and(|code| states.contains(code))
}
