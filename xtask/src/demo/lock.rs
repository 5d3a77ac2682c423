//! One demo at a time in a folder: a second one would take the first one's clinic away below its windows.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Result, bail};

/// The right to a folder; given back when it is dropped, however this process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the right to a folder, which need not exist.
    ///
    /// # Errors
    /// When another demo has it.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        if let Some(parent) = folder.parent() {
            fs::create_dir_all(parent)?;
        }
        // Beside the folder, which is removed and made anew.
        let file = File::options().create(true).append(true).open(folder.with_extension("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => bail!("this demo is running already; end that one first"),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Lock;

    #[test]
    fn a_second_demo_is_refused_until_the_first_has_ended() {
        let target = tempfile::tempdir().unwrap();
        let folder = target.path().join("demo-once");
        let first = Lock::take(&folder).unwrap();
        assert!(Lock::take(&folder).is_err());
        assert!(Lock::take(&target.path().join("demo")).is_ok(), "a kept one is another");
        drop(first);
        // A program that another test starts at this moment has every open file for as long as it takes to begin.
        let again = || Lock::take(&folder).inspect_err(|_| std::thread::sleep(Duration::from_millis(5)));
        assert!((0..1_000).any(|_| again().is_ok()));
    }
}
