//! A session of one's own in a cluster: statements one after the other, for as long as each takes.

use std::pin::Pin;

use anyhow::{Context, Result, bail};
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

use super::Postgres;

/// Drives a session's connection; it ends with the session.
type Driver = Pin<Box<dyn Future<Output = Result<(), tokio_postgres::Error>> + Send>>;

/// An open session, as the user who may do everything.
pub struct Session {
    client: Client,
    driver: Driver,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Postgres {
    /// Opens a session in the database of this address.
    pub async fn session(&self, url: &str) -> Result<Session> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.context("open a session")?;
        Ok(Session { client, driver: Box::pin(connection) })
    }
}

impl Session {
    /// Runs statements, however long they take; the first value of the first row, as text.
    pub async fn ask(&mut self, statements: &str) -> Result<Option<String>> {
        let answer = tokio::select! {
            answer = self.client.simple_query(statements) => answer.with_context(|| statements.to_owned())?,
            ended = &mut self.driver => bail!("the session has ended: {ended:?}"),
        };
        Ok(answer.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        }))
    }
}
