//! The mark of a clinic that has moved to PostgreSQL: a file beside its database. Removing it is how to go back.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use bedside_protocol::Timestamp;

use super::OpenError;
use super::folder::private_file;

const MARK: &str = "bedside.moved";
/// As long as a date is: the file is anybody's text.
const DATE: usize = 10;

pub(in crate::store::sqlite) fn file(folder: &Path) -> PathBuf {
    folder.join(MARK)
}

/// Asked once the database is open: who waited for it while it moved must learn of that.
pub(super) fn refuse(folder: &Path) -> Result<(), OpenError> {
    let failed = |source| OpenError::Folder { folder: folder.to_owned(), source };
    match std::fs::read_to_string(file(folder)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(error)),
        Ok(text) => Err(OpenError::Moved { mark: file(folder), on: text.chars().take(DATE).collect() }),
    }
}

/// Returns once it is durable.
pub(in crate::store::sqlite) fn mark(folder: &Path, now: Timestamp) -> std::io::Result<()> {
    let on = jiff::Timestamp::from_millisecond(now.millis()).unwrap_or_default();
    let mut mark = private_file(&file(folder))?;
    mark.set_len(0)?;
    writeln!(
        mark,
        "{on}\nThis clinic has moved to PostgreSQL. docs/moving-to-postgresql.md says how to go back."
    )?;
    mark.sync_all()?;
    sync(folder)
}

/// A new file's name is durable with its folder.
#[cfg(unix)]
fn sync(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> std::io::Result<()> {
    Ok(())
}
