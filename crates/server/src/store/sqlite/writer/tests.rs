use std::time::Duration;

use bedside_protocol::Timestamp;

use super::*;

const START: Timestamp = Timestamp(1_795_363_200_000);

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE kept (n INTEGER NOT NULL UNIQUE) STRICT").unwrap();
    connection
}

fn keep(n: i64) -> impl FnOnce(&Write<'_>) -> Result<i64, StoreError> + Send + 'static {
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
    let writer = Writer::start(&runtime, database());
    let (a, b, c) = tokio::join!(writer.write(keep(1)), writer.write(keep(2)), writer.write(keep(3)));
    assert_eq!([a.unwrap(), b.unwrap(), c.unwrap()], [1, 2, 3]);
    assert_eq!(writer.stats(), WriterStats { commits: 1, jobs: 3 });
}

#[tokio::test(start_paused = true)]
async fn a_failing_job_takes_only_itself_back() {
    let runtime = Runtime::simulated(1, START);
    let writer = Writer::start(&runtime, database());
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
    let writer = Writer::start(&runtime, connection);
    let (a, b) = tokio::join!(writer.write(keep(1)), writer.write(keep(2)));
    assert!(a.is_err() && b.is_err());
    assert_eq!(writer.stats(), WriterStats::default());
    assert_eq!(writer.write(keep(1)).await.unwrap(), 1);
    assert_eq!(count(&writer).await, 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_comes_only_after_its_commit() {
    let runtime = Runtime::simulated(1, START);
    let writer = Arc::new(Writer::start(&runtime, database()));
    for n in 1..=20 {
        writer.write(keep(n)).await.unwrap();
        assert_eq!(writer.stats().jobs, u64::try_from(n).unwrap());
    }
}

#[tokio::test(start_paused = true)]
async fn closing_finishes_what_is_queued_and_takes_nothing_more() {
    let runtime = Runtime::simulated(1, START);
    let writer = Writer::start(&runtime, database());
    let (stored, ()) = tokio::join!(writer.write(keep(1)), writer.close());
    assert_eq!(stored.unwrap(), 1);
    assert!(matches!(writer.write(keep(2)).await, Err(StoreError::Closing)));
    writer.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_writer_that_died_answers_that_it_is_closing() {
    let runtime = Runtime::simulated(1, START);
    let writer = Writer::start(&runtime, database());
    runtime.kill();
    runtime.sleep(Duration::from_millis(1)).await;
    assert!(matches!(writer.write(keep(1)).await, Err(StoreError::Closing)));
}
