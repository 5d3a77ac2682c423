//! Filling a new database with a demo clinic.

use super::SqliteStore;
use crate::store::model::NotDemo;
use crate::store::{DemoPlan, DemoProgress, StoreError};

pub(super) async fn fill(
    _store: &SqliteStore,
    _plan: DemoPlan,
    _progress: DemoProgress,
) -> Result<Result<(), NotDemo>, StoreError> {
    Ok(Err(NotDemo))
}
