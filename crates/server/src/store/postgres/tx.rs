//! A transaction, or none, and the few ways in which use cases ask it something. Statements are prepared once per connection.

use std::sync::atomic::{AtomicBool, Ordering};

use bedside_runtime::Runtime;
use deadpool_postgres::{Client, Transaction};
use tokio_postgres::types::{FromSql, ToSql};
use tokio_postgres::{IsolationLevel, Row, Statement};

use crate::store::StoreError;

/// What a statement is given.
pub(super) type Params<'p> = &'p [&'p (dyn ToSql + Sync)];

/// A connection lent for one transaction. One that is left while something is under way (its caller has gone while a standby
/// is away) is not lent again before that has ended: the next one would wait for it.
pub(super) struct Lent {
    client: Option<Client>,
    runtime: Runtime,
}

impl Lent {
    pub(super) fn new(client: Client, runtime: &Runtime) -> Self {
        Self { client: Some(client), runtime: runtime.clone() }
    }

    pub(super) fn client(&mut self) -> Result<&mut Client, StoreError> {
        self.client.as_mut().ok_or(StoreError::Closing)
    }

    /// Nothing is under way: it may be lent again.
    pub(super) fn give_back(mut self) {
        drop(self.client.take());
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            // What is asked now is answered after everything else; a failure shows when it is lent again.
            self.runtime
                .spawn("store.left", async move { client.batch_execute("").await.unwrap_or_default() });
        }
    }
}

/// A transaction, or statements that need none. Dropped without a commit, it is rolled back.
pub(super) struct Tx<'c>(On<'c>);

enum On<'c> {
    Transaction(Transaction<'c>),
    /// Of two, the second would see another moment than the first.
    Single {
        client: &'c Client,
        asked: AtomicBool,
    },
    Each(&'c Client),
}

/// What it stands on, for one more statement.
macro_rules! on {
    ($tx:expr, $on:ident => $ask:expr) => {
        match &$tx.0 {
            On::Transaction($on) => $ask,
            On::Single { client: $on, asked } => {
                if asked.swap(true, Ordering::Relaxed) {
                    return Err(StoreError::Corrupt("a second statement outside a transaction"));
                }
                $ask
            }
            On::Each($on) => $ask,
        }
    };
}

impl<'c> Tx<'c> {
    /// Begins one that writes. Each statement sees what others have committed by then; whatever is decided is read
    /// under a lock.
    pub(super) async fn to_write(client: &'c mut Client) -> Result<Self, StoreError> {
        let begin = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted);
        Ok(Self(On::Transaction(begin.start().await?)))
    }

    /// Begins one that reads, all of it at one moment.
    pub(super) async fn to_read(client: &'c mut Client) -> Result<Self, StoreError> {
        let begin =
            client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        Ok(Self(On::Transaction(begin.start().await?)))
    }

    /// None: for a single statement that reads.
    pub(super) const fn single(client: &'c Client) -> Self {
        Self(On::Single { client, asked: AtomicBool::new(false) })
    }

    /// None: for statements of which each may see another moment, the later a newer one.
    pub(super) const fn each(client: &'c Client) -> Self {
        Self(On::Each(client))
    }

    /// Returns once it is durable.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self.0 {
            On::Transaction(transaction) => Ok(transaction.commit().await?),
            On::Single { .. } | On::Each(_) => Ok(()),
        }
    }

    /// All rows.
    pub(super) async fn rows(&self, sql: &str, with: Params<'_>) -> Result<Vec<Row>, StoreError> {
        on!(self, on => Ok(on.query(&on.prepare_cached(sql).await?, with).await?))
    }

    /// The one row there is, or none.
    pub(super) async fn maybe(&self, sql: &str, with: Params<'_>) -> Result<Option<Row>, StoreError> {
        on!(self, on => Ok(on.query_opt(&on.prepare_cached(sql).await?, with).await?))
    }

    /// The one row that must be there.
    pub(super) async fn one(&self, sql: &str, with: Params<'_>) -> Result<Row, StoreError> {
        on!(self, on => Ok(on.query_one(&on.prepare_cached(sql).await?, with).await?))
    }

    /// How many rows it changed.
    pub(super) async fn run(&self, sql: &str, with: Params<'_>) -> Result<u64, StoreError> {
        on!(self, on => Ok(on.execute(&on.prepare_cached(sql).await?, with).await?))
    }

    /// Statements to be [asked](Self::ask) together.
    pub(super) async fn prepared<const N: usize>(
        &self,
        sql: [&str; N],
    ) -> Result<[Statement; N], StoreError> {
        let mut statements = Vec::with_capacity(N);
        for sql in sql {
            statements.push(on!(self, on => on.prepare_cached(sql).await?));
        }
        statements.try_into().map_err(|_| StoreError::Corrupt("as many statements as texts"))
    }

    /// All rows of a prepared statement, which is sent on the first poll: several, polled in order and then awaited
    /// together, cost one wait (pipelining), and the database does them in that order.
    pub(super) async fn ask(&self, statement: &Statement, with: Params<'_>) -> Result<Vec<Row>, StoreError> {
        on!(self, on => Ok(on.query(statement, with).await?))
    }

    /// Statements without parameters or answers.
    pub(super) async fn script(&self, sql: &str) -> Result<(), StoreError> {
        on!(self, on => Ok(on.batch_execute(sql).await?))
    }
}

/// A column's value; a wrong type is an error, never a panic.
pub(super) fn at<'r, T: FromSql<'r>>(row: &'r Row, column: usize) -> Result<T, StoreError> {
    row.try_get(column).map_err(|_| StoreError::Corrupt("a column of another type"))
}
