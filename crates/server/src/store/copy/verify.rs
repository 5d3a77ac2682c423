//! Reads every row of both databases again and compares their digests. Changes nothing.

use super::{BATCH, Copy, CopyError, Stage};
use crate::store::copy::row::TableDigest;
use crate::store::copy::table::{TABLES, Table};

impl Copy<'_> {
    /// Names the first table that is not the same on both sides.
    pub(super) async fn verify(&mut self) -> Result<(), CopyError> {
        let mut done = 0;
        for table in TABLES {
            let (here, rows) = self.digest_of_source(table, done).await?;
            if here != self.digest_of_target(table).await? {
                return Err(CopyError::Differs(table.name));
            }
            done += rows;
        }
        Ok(())
    }

    async fn digest_of_source(
        &mut self,
        table: &'static Table,
        done: u64,
    ) -> Result<(TableDigest, u64), CopyError> {
        let (mut digest, mut rows, mut after) = (TableDigest::default(), 0, None);
        loop {
            let page = self.page(table, after).await?;
            page.iter().for_each(|row| digest.add(row));
            rows += u64::try_from(page.len()).unwrap_or_default();
            self.tell(Stage::Verifying, table, done + rows);
            after = page.last().map(|row| row.key(table));
            if page.len() < BATCH {
                return Ok((digest, rows));
            }
        }
    }

    async fn digest_of_target(&mut self, table: &'static Table) -> Result<TableDigest, CopyError> {
        let (mut digest, mut after) = (TableDigest::default(), None);
        loop {
            let page = self.target.page(table, after.as_ref(), BATCH).await?;
            page.iter().for_each(|row| digest.add(row));
            after = page.last().map(|row| row.key(table));
            if page.len() < BATCH {
                return Ok(digest);
            }
        }
    }
}
