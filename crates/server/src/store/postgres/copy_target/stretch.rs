//! Making a stretch of a table equal to the source's, in one transaction with the note of how far that is.

use std::collections::HashMap;

use tokio_postgres::types::ToSql;

use super::{CopyTarget, Place};
use crate::store::StoreError;
use crate::store::copy::CopyError;
use crate::store::copy::row::{Key, Row, Value};
use crate::store::copy::table::{Kind, Table};
use crate::store::postgres::tx::{Params, Tx, at};

/// What a stretch needs to be equal.
#[derive(Default)]
struct Difference {
    missing: Vec<Row>,
    changed: Vec<Row>,
    removed: Vec<Row>,
}

type Param = Box<dyn ToSql + Sync + Send>;

impl CopyTarget {
    /// The next rows in order of their keys.
    pub(in crate::store) async fn page(
        &mut self,
        table: &Table,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let tx = Tx::to_read(&mut self.client).await?;
        stretch(&tx, table, after, None, &format!("LIMIT {limit}")).await
    }

    /// The rows after one key and up to another, or to the table's end, are those given; `passed` rows of the table are
    /// behind it then.
    pub(in crate::store) async fn make_equal(
        &mut self,
        table: &Table,
        after: Option<&Key>,
        until: Option<&Key>,
        rows: Vec<Row>,
        passed: u64,
    ) -> Result<(), CopyError> {
        let place = rows.last().map(|row| Place { key: row.key(table), rows: passed });
        let tx = Tx::to_write(&mut self.client).await?;
        let there = stretch(&tx, table, after, until, "").await?;
        let difference = Difference::between(table, rows, there);
        if table.append_only && !(difference.changed.is_empty() && difference.removed.is_empty()) {
            return Err(CopyError::Differs(table.name));
        }
        difference.settle(&tx, table).await?;
        if let Some(place) = place {
            note(&tx, table, &place).await?;
        }
        Ok(tx.commit().await?)
    }
}

impl Difference {
    fn between(table: &Table, rows: Vec<Row>, there: Vec<Row>) -> Self {
        let mut there: HashMap<Key, Row> = there.into_iter().map(|row| (row.key(table), row)).collect();
        let mut difference = Self::default();
        for row in rows {
            match there.remove(&row.key(table)) {
                None => difference.missing.push(row),
                Some(same) if same == row => {}
                Some(_) => difference.changed.push(row),
            }
        }
        difference.removed = there.into_values().collect();
        difference
    }

    /// What is gone goes first: a new row may have taken its name.
    async fn settle(self, tx: &Tx<'_>, table: &Table) -> Result<(), StoreError> {
        run(tx, &delete_sql(table), table.key(), &self.removed).await?;
        run(tx, &update_sql(table), table.columns.iter(), &self.changed).await?;
        run(tx, &insert_sql(table), table.columns.iter(), &self.missing).await
    }
}

async fn stretch(
    tx: &Tx<'_>,
    table: &Table,
    after: Option<&Key>,
    until: Option<&Key>,
    limit: &str,
) -> Result<Vec<Row>, StoreError> {
    let key = ordered_key(table);
    let marks = |from: usize| -> String {
        let marks: Vec<String> = (from + 1..=from + table.keys).map(|mark| format!("${mark}")).collect();
        marks.join(", ")
    };
    let mut bounds = Vec::new();
    if after.is_some() {
        bounds.push(format!("({key}) > ({})", marks(0)));
    }
    if until.is_some() {
        bounds.push(format!("({key}) <= ({})", marks(after.map_or(0, Vec::len))));
    }
    let bounds = if bounds.is_empty() { String::new() } else { format!("WHERE {}", bounds.join(" AND ")) };
    let sql = format!("SELECT {} FROM {} {bounds} ORDER BY {key} {limit}", table.names(), table.name);
    let params: Vec<Param> = after.into_iter().chain(until).flatten().map(param).collect();
    let rows = tx.rows(&sql, &borrowed(&params)).await?;
    rows.iter().map(|row| read(table, row)).collect()
}

/// By bytes, as the embedded database orders them, whatever the database's language.
fn ordered_key(table: &Table) -> String {
    let by_bytes = |(name, kind): &(&str, Kind)| match kind {
        Kind::Text => format!("{name} COLLATE \"C\""),
        _ => (*name).to_owned(),
    };
    table.key().map(by_bytes).collect::<Vec<_>>().join(", ")
}

fn insert_sql(table: &Table) -> String {
    let rows = unnest(table.columns.iter());
    format!("INSERT INTO {} ({}) SELECT * FROM {rows}", table.name, table.names())
}

fn update_sql(table: &Table) -> String {
    let rows = unnest(table.columns.iter());
    let set = table.columns.iter().skip(table.keys).map(|(name, _)| format!("{name} = new.{name}"));
    let (set, found) = (set.collect::<Vec<_>>().join(", "), found_by(table));
    format!("UPDATE {} AS old SET {set} FROM {rows} AS new ({}) WHERE {found}", table.name, table.names())
}

fn delete_sql(table: &Table) -> String {
    let (rows, found) = (unnest(table.key()), found_by(table));
    let key = table.key().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    format!("DELETE FROM {} AS old USING {rows} AS new ({key}) WHERE {found}", table.name)
}

fn found_by(table: &Table) -> String {
    table.key().map(|(name, _)| format!("old.{name} = new.{name}")).collect::<Vec<_>>().join(" AND ")
}

/// One array for each column.
fn unnest<'t>(columns: impl Iterator<Item = &'t (&'t str, Kind)>) -> String {
    let arrays = (1..).zip(columns).map(|(mark, (_, kind))| format!("${mark}::{}[]", sql_type(*kind)));
    format!("unnest({})", arrays.collect::<Vec<_>>().join(", "))
}

const fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "BIGINT",
        Kind::Text => "TEXT",
        Kind::Bytes => "BYTEA",
        Kind::Uuid => "UUID",
        Kind::Flag => "BOOLEAN",
    }
}

async fn run<'t>(
    tx: &Tx<'_>,
    sql: &str,
    columns: impl Iterator<Item = &'t (&'t str, Kind)>,
    rows: &[Row],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let arrays: Vec<Param> =
        columns.enumerate().map(|(place, (_, kind))| array(rows, place, *kind)).collect();
    let touched = tx.run(sql, &borrowed(&arrays)).await?;
    let wanted = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    if touched == wanted { Ok(()) } else { Err(StoreError::Corrupt("a row that was there is not")) }
}

fn borrowed(params: &[Param]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|param| -> &(dyn ToSql + Sync) { param.as_ref() }).collect()
}

/// A column of these rows. A value of another kind than the column's cannot be: both sides were read by kind.
fn array(rows: &[Row], place: usize, kind: Kind) -> Param {
    macro_rules! column {
        ($kind:ident, $as:ty) => {
            Box::new(
                rows.iter()
                    .map(|row| match row.0.get(place) {
                        Some(Value::$kind(value)) => Some(value.clone()),
                        _ => None,
                    })
                    .collect::<Vec<Option<$as>>>(),
            )
        };
    }
    match kind {
        Kind::Int => column!(Int, i64),
        Kind::Text => column!(Text, String),
        Kind::Bytes => column!(Bytes, Vec<u8>),
        Kind::Uuid => column!(Uuid, uuid::Uuid),
        Kind::Flag => column!(Flag, bool),
    }
}

fn param(value: &Value) -> Param {
    match value {
        Value::Null => Box::new(None::<i64>),
        Value::Int(number) => Box::new(*number),
        Value::Text(text) => Box::new(text.clone()),
        Value::Bytes(bytes) => Box::new(bytes.clone()),
        Value::Uuid(uuid) => Box::new(*uuid),
        Value::Flag(flag) => Box::new(*flag),
    }
}

fn read(table: &Table, row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let values = table.columns.iter().enumerate().map(|(column, (_, kind))| value(*kind, row, column));
    values.collect::<Result<_, _>>().map(Row)
}

fn value(kind: Kind, row: &tokio_postgres::Row, column: usize) -> Result<Value, StoreError> {
    let value = match kind {
        Kind::Int => at::<Option<_>>(row, column)?.map(Value::Int),
        Kind::Text => at::<Option<_>>(row, column)?.map(Value::Text),
        Kind::Bytes => at::<Option<_>>(row, column)?.map(Value::Bytes),
        Kind::Uuid => at::<Option<_>>(row, column)?.map(Value::Uuid),
        Kind::Flag => at::<Option<_>>(row, column)?.map(Value::Flag),
    };
    Ok(value.unwrap_or(Value::Null))
}

async fn note(tx: &Tx<'_>, table: &Table, place: &Place) -> Result<(), StoreError> {
    let place = serde_json::to_string(place).map_err(|_| StoreError::Corrupt("copy_progress"))?;
    let with: Params<'_> = &[&table.name, &place];
    tx.run(
        "INSERT INTO copy_progress (table_name, place) VALUES ($1, $2)
         ON CONFLICT (table_name) DO UPDATE SET place = excluded.place",
        with,
    )
    .await?;
    Ok(())
}
