//! A row as both databases have it, and the digest that says whether two tables are the same.
//!
//! Nothing here can be printed: it is what people wrote to each other.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::table::Table;

/// A column's value.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::store) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(uuid::Uuid),
    Flag(bool),
}

/// The columns of a row, in the order of its [`Table`].
#[derive(Clone, PartialEq, Eq)]
pub(in crate::store) struct Row(pub(in crate::store) Vec<Value>);

/// The columns that a row is found by.
pub(in crate::store) type Key = Vec<Value>;

impl Row {
    pub(in crate::store) fn key(&self, table: &Table) -> Key {
        self.0.iter().take(table.keys).cloned().collect()
    }

    /// Whether PostgreSQL refuses a text in it.
    pub(in crate::store) fn has_nul(&self) -> bool {
        self.0.iter().any(|value| matches!(value, Value::Text(text) if text.contains('\0')))
    }

    fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for value in &self.0 {
            match value {
                Value::Null => field(&mut hash, 0, &[]),
                Value::Int(number) => field(&mut hash, 1, &number.to_be_bytes()),
                Value::Text(text) => field(&mut hash, 2, text.as_bytes()),
                Value::Bytes(bytes) => field(&mut hash, 3, bytes),
                Value::Uuid(uuid) => field(&mut hash, 4, uuid.as_bytes()),
                Value::Flag(flag) => field(&mut hash, 5, &[u8::from(*flag)]),
            }
        }
        hash.finalize().into()
    }
}

/// With its kind and length, so that no two rows read the same.
fn field(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(bytes);
}

/// How many rows a table has, and the sum of their hashes: the same in whatever order they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct TableDigest {
    rows: u64,
    sum: [u64; 4],
}

impl TableDigest {
    pub(in crate::store) fn add(&mut self, row: &Row) {
        self.rows += 1;
        let hash = row.hash();
        for (lane, part) in self.sum.iter_mut().zip(hash.as_chunks::<8>().0) {
            *lane = lane.wrapping_add(u64::from_be_bytes(*part));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    fn digest(rows: &[Row]) -> TableDigest {
        let mut digest = TableDigest::default();
        rows.iter().for_each(|row| digest.add(row));
        digest
    }

    fn text(columns: &[&str]) -> Row {
        Row(columns.iter().map(|column| Value::Text((*column).to_owned())).collect())
    }

    #[test]
    fn order_does_not_matter_and_everything_else_does() {
        let (one, two) = (text(&["ab", "c"]), text(&["a", "bc"]));
        assert_eq!(digest(&[one.clone(), two.clone()]), digest(&[two.clone(), one.clone()]));
        let of_one = digest(from_ref(&one));
        assert_ne!(of_one, digest(from_ref(&two)), "where a column ends");
        assert_ne!(digest(&[one.clone(), one.clone()]), of_one, "how many there are");
        assert_ne!(digest(&[one, two.clone()]), digest(&[two.clone(), two]));
        assert_ne!(digest(&[Row(vec![Value::Null])]), digest(&[text(&[""])]), "nothing and empty");
    }
}
