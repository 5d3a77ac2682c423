//! The data folder: its owner's alone, and one server's at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Company, DATABASE, OpenError};

const LOCK: &str = "bedside.lock";

/// The database's file, there and readable by its owner alone; what SQLite puts beside it gets the same mode.
pub(super) fn private_database(folder: &Path) -> Result<PathBuf, OpenError> {
    let file = folder.join(DATABASE);
    let failed = |source| OpenError::Folder { folder: folder.to_owned(), source };
    private_file(&file).map_err(failed)?;
    for beside in ["-wal", "-shm"] {
        let beside = folder.join(format!("{DATABASE}{beside}"));
        if beside.exists() {
            close_to_others(&beside, 0o600).map_err(failed)?;
        }
    }
    Ok(file)
}

/// Keeps a second server out of the folder; the system releases it when the process ends, however it ends.
pub(in crate::store::sqlite) struct FolderLock(Mutex<Option<File>>);

impl FolderLock {
    pub(in crate::store::sqlite) fn take(folder: &Path, company: Company) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Folder { folder: folder.to_owned(), source };
        private_folder(folder)?;
        let file = private_file(&folder.join(LOCK)).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(Mutex::new(Some(file)))),
            Err(TryLockError::WouldBlock) if company == Company::BesideServer => Ok(Self(Mutex::new(None))),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse(folder.to_owned())),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// False beside a server that has it.
    pub(in crate::store::sqlite) fn is_held(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    pub(in crate::store::sqlite) fn release(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// Makes the folder, or closes one that is there to others. One that holds somebody else's files is left as it is:
/// closing it might break what they are for.
fn private_folder(folder: &Path) -> Result<(), OpenError> {
    let failed = |source| OpenError::Folder { folder: folder.to_owned(), source };
    make_private(folder).map_err(failed)?;
    if is_open_to_others(folder).map_err(failed)? {
        if !is_ours(folder).map_err(failed)? {
            return Err(OpenError::Shared(folder.to_owned()));
        }
        close_to_others(folder, 0o700).map_err(failed)?;
    }
    Ok(())
}

/// Empty, or a clinic's already.
fn is_ours(folder: &Path) -> io::Result<bool> {
    let known = folder.join(DATABASE).exists() || folder.join(LOCK).exists();
    Ok(known || std::fs::read_dir(folder)?.next().is_none())
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[cfg(unix)]
pub(super) fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
    close_to_others(path, 0o600)?;
    Ok(file)
}

#[cfg(not(unix))]
pub(super) fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(path)
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

/// Elsewhere the folder inherits who may read it.
#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(unix)]
fn close_to_others(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if is_open_to_others(path)? {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
