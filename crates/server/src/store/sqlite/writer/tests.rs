use std::pin::pin;
use std::time::Duration;

use bedside_protocol::Timestamp;
use tokio::task::JoinSet;

use super::*;

const START: Timestamp = Timestamp(1_795_363_200_000);

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE kept (n INTEGER NOT NULL UNIQUE) STRICT").unwrap();
    connection
}

/// A clinic that has not moved.
fn never() -> PathBuf {
    PathBuf::from("/nowhere/bedside.moved")
}

fn keep(n: i64) -> impl Fn(&Write<'_>) -> Result<i64, StoreError> + Send + 'static {
    move |tx| {
        tx.execute("INSERT INTO kept (n) VALUES (?1)", [n])?;
        Ok(n)
    }
}

async fn count(writer: &Writer) -> i64 {
    writer.write(|tx| Ok(tx.query_row("SELECT count(*) FROM kept", [], |row| row.get(0))?)).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn everything_that_waits_is_committed_once() {
    let runtime = Runtime::simulated(1, START);
    let writer = Writer::start(&runtime, database(), never());
    let (a, b, c) = tokio::join!(writer.write(keep(1)), writer.write(keep(2)), writer.write(keep(3)));
    assert_eq!([a.unwrap(), b.unwrap(), c.unwrap()], [1, 2, 3]);
    assert_eq!(writer.stats(), WriterStats { commits: 1, jobs: 3 });
}

#[tokio::test(start_paused = true)]
async fn what_waits_is_counted_until_it_is_begun() {
    let runtime = Runtime::simulated(1, START);
    let writer = Writer::start(&runtime, database(), never());
    let (mut first, mut second) = (pin!(writer.write(keep(1))), pin!(writer.write(keep(2))));
    assert!(
        futures_util::poll!(first.as_mut()).is_pending() && futures_util::poll!(second.as_mut()).is_pending()
    );
    assert_eq!(writer.gauges().waiting, 2);
    first.await.unwrap();
    assert_eq!(writer.gauges().waiting, 0);
    assert_eq!(writer.gauges().writer.unwrap().jobs, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_waited_for_whoever_marks_the_clinic_as_moved_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let (file, mark) = (folder.path().join("database"), folder.path().join("bedside.moved"));
    let open = || {
        let connection = Connection::open(&file).unwrap();
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 60000").unwrap();
        connection
    };
    let copying = open();
    copying.execute_batch("CREATE TABLE kept (n INTEGER NOT NULL UNIQUE) STRICT; BEGIN IMMEDIATE").unwrap();
    let writer = Arc::new(Writer::start(&Runtime::simulated(1, START), open(), mark.clone()));
    let waits = Arc::clone(&writer);
    let (mut job, mut behind) = (JoinSet::new(), JoinSet::new());
    job.spawn(async move { waits.write(keep(1)).await });
    // The writer is at its job once another one waits behind it.
    while writer.gauges().waiting == 0 {
        let waits = Arc::clone(&writer);
        behind.spawn(async move { waits.write(keep(2)).await });
        tokio::task::yield_now().await;
    }
    std::fs::write(&mark, "").unwrap();
    copying.execute_batch("ROLLBACK").unwrap();
    assert!(matches!(job.join_next().await.unwrap().unwrap(), Err(StoreError::Moved)));
    let kept: i64 = copying.query_row("SELECT count(*) FROM kept", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test(start_paused = true)]
async fn a_failing_job_takes_only_itself_back() {
    let runtime = Runtime::simulated(1, START);
    let writer = Writer::start(&runtime, database(), never());
    let twice = |tx: &Write<'_>| -> Result<(), StoreError> {
        keep(10)(tx)?;
        keep(1)(tx)?; // Taken already: fails, and the 10 must go with it.
        Ok(())
    };
    let (first, failed, last) =
        tokio::join!(writer.write(keep(1)), writer.write(twice), writer.write(keep(2)));
    assert!(first.is_ok() && last.is_ok());
    assert!(matches!(failed, Err(StoreError::Database(_))));
    assert_eq!(count(&writer).await, 2);
}

#[tokio::test(start_paused = true)]
async fn when_commit_fails_nobody_is_told_that_it_is_stored() {
    let runtime = Runtime::simulated(1, START);
    let mut connection = database();
    let mut commits = 0;
    connection
        .commit_hook(Some(move || {
            commits += 1;
            commits == 1 // SQLite turns the first COMMIT into a ROLLBACK.
        }))
        .unwrap();
    let writer = Writer::start(&runtime, connection, never());
    let (a, b) = tokio::join!(writer.write(keep(1)), writer.write(keep(2)));
    assert!(a.is_err() && b.is_err());
    assert_eq!(writer.stats(), WriterStats::default());
    assert_eq!(writer.write(keep(1)).await.unwrap(), 1);
    assert_eq!(count(&writer).await, 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_comes_only_after_its_commit() {
    let mut connection = database();
    let (answer, answered) = oneshot::channel();
    let (answered, early) = (Arc::new(Mutex::new(answered)), Arc::new(AtomicU64::new(0)));
    let (watched, seen) = (Arc::clone(&answered), Arc::clone(&early));
    connection
        .commit_hook(Some(move || {
            let waiting = watched.lock().unwrap().try_recv();
            let waiting = matches!(waiting, Err(oneshot::error::TryRecvError::Empty));
            seen.fetch_add(if waiting { 1 } else { 1_000 }, Ordering::Relaxed);
            false // COMMIT goes on.
        }))
        .unwrap();
    let runtime = Runtime::simulated(1, START);
    let counters = Arc::<Counters>::default();
    let waiting = Waiting::new(&counters);
    let mut state = State { runtime, moved: never(), connection: Some(connection), counters };
    let job = Pending { work: keep(1), result: None, answer };
    run_batch(&mut state, vec![Order::Do(waiting, Box::new(job))]);
    assert_eq!(early.load(Ordering::Relaxed), 1, "one commit, and nothing was said before it");
    assert!(answered.lock().unwrap().try_recv().is_ok());
}

#[tokio::test(start_paused = true)]
async fn closing_finishes_what_is_queued_and_takes_nothing_more() {
    let runtime = Runtime::simulated(1, START);
    let writer = Writer::start(&runtime, database(), never());
    let (stored, ()) = tokio::join!(writer.write(keep(1)), writer.close());
    assert_eq!(stored.unwrap(), 1);
    assert!(matches!(writer.write(keep(2)).await, Err(StoreError::Closing)));
    writer.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_writer_that_died_answers_that_it_is_closing() {
    let runtime = Runtime::simulated(1, START);
    let writer = Writer::start(&runtime, database(), never());
    runtime.kill();
    runtime.sleep(Duration::from_millis(1)).await;
    assert!(matches!(writer.write(keep(1)).await, Err(StoreError::Closing)));
}
