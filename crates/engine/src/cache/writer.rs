//! The one connection that writes, owned by one worker; every job is one transaction.
//!
//! A job is answered only after COMMIT returned with `synchronous=FULL`; changes are announced after that too.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use bedside_runtime::{Runtime, Submitter};
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{broadcast, oneshot};

use super::changes::Changes;
use super::error::CacheError;
use super::group::Group;

/// Jobs that wait; a person and one sync driver never queue more than a few.
const QUEUE: usize = 256;
/// Announcements a slow listener may miss before it has to look at everything.
const ANNOUNCEMENTS: usize = 256;

type Job = Box<dyn FnOnce(&mut Writer) + Send>;

/// What the worker owns. The lock file goes with the connection.
struct Writer {
    open: Option<(Connection, File)>,
    runtime: Runtime,
    announce: broadcast::Sender<Arc<Changes>>,
}

/// Hands transactions to the worker.
#[derive(Clone)]
pub(super) struct WriterHandle {
    jobs: Submitter<Job>,
    announce: broadcast::Sender<Arc<Changes>>,
}

impl WriterHandle {
    pub(super) fn start(runtime: &Runtime, db: Connection, lock: File) -> Self {
        let (announce, _) = broadcast::channel(ANNOUNCEMENTS);
        let writer = Writer { open: Some((db, lock)), runtime: runtime.clone(), announce: announce.clone() };
        let jobs = runtime.worker("cache.writer", QUEUE, 1, writer, |writer, batch: Vec<Job>| {
            batch.into_iter().for_each(|job| job(writer));
        });
        WriterHandle { jobs, announce }
    }

    pub(super) fn changes(&self) -> broadcast::Receiver<Arc<Changes>> {
        self.announce.subscribe()
    }

    /// Runs `work` in one transaction; an error rolls all of it back.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, CacheError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Group<'_>) -> Result<T, CacheError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |writer| {
            let _caller_may_be_gone = answer.send(writer.transaction(work));
        });
        self.jobs.submit(job).await.map_err(|_| CacheError::Closed)?;
        answered.await.map_err(|_| CacheError::Closed)?
    }

    /// Closes the connection and gives the lock back; later writes answer [`CacheError::Closed`].
    pub(super) async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |writer| {
            drop(writer.open.take());
            let _caller_may_be_gone = answer.send(());
        });
        if self.jobs.submit(job).await.is_ok() {
            let _worker_may_be_gone = answered.await;
        }
    }
}

impl Writer {
    fn transaction<T>(
        &mut self,
        work: impl FnOnce(&mut Group<'_>) -> Result<T, CacheError>,
    ) -> Result<T, CacheError> {
        let now = self.runtime.now();
        let (db, _) = self.open.as_mut().ok_or(CacheError::Closed)?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut group = Group::begin(&tx, now)?;
        let value = work(&mut group)?;
        let changes = group.finish()?;
        tx.commit()?;
        if !changes.is_empty() {
            let _nobody_listens = self.announce.send(Arc::new(changes));
        }
        Ok(value)
    }
}

/// Takes the profile's lock: held as long as the file is open, and given back by the system after a crash.
pub(super) fn lock(path: &Path) -> Result<File, super::error::OpenError> {
    use super::error::OpenError;
    let file =
        File::options().create(true).truncate(false).write(true).open(path).map_err(OpenError::Folder)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::InUse),
        Err(std::fs::TryLockError::Error(error)) => Err(OpenError::Folder(error)),
    }
}

#[cfg(test)]
mod tests {
    use bedside_core::cache_write::CacheWrite;
    use bedside_protocol::{RoomId, RoomSeq, Timestamp};

    use super::*;
    use crate::cache::migrate::migrated;

    fn rooms(group: &Group<'_>) -> Result<i64, CacheError> {
        Ok(group.db.query_row("SELECT count(*) FROM rooms", [], |row| row.get(0))?)
    }

    #[tokio::test(start_paused = true)]
    async fn a_group_that_fails_leaves_nothing_behind_and_announces_nothing() {
        let runtime = Runtime::simulated(7, Timestamp(0));
        let writer = WriterHandle::start(&runtime, migrated(), tempfile::tempfile().unwrap());
        let mut changes = writer.changes();
        let read = CacheWrite::ReadWanted { room_id: RoomId(1), up_to: RoomSeq(3) };
        let (failing, working) = (read.clone(), read);
        let failed = writer.write(move |group| {
            group.apply(&failing)?;
            assert_eq!(rooms(group)?, 1);
            Err::<(), _>(CacheError::NotFound)
        });
        assert!(matches!(failed.await, Err(CacheError::NotFound)));
        assert_eq!(writer.write(|group| rooms(group)).await.unwrap(), 0);
        assert!(changes.try_recv().is_err());
        writer.write(move |group| group.apply(&working)).await.unwrap();
        assert!(changes.try_recv().unwrap().rooms.contains(&RoomId(1)));
    }
}
