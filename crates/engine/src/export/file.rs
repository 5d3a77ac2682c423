//! A file that is there whole or not at all: written beside its place under another name, and put there when it is done.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// What there is of a file; gone when it is dropped before it is [put](Self::put) in its place.
pub(super) struct Part {
    temporary: PathBuf,
    place: PathBuf,
    kept: bool,
}

impl Part {
    /// Begins one, with what it is written by.
    pub(super) fn begin(place: &Path, tag: &str) -> io::Result<(Self, BufWriter<File>)> {
        let name = place.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        let temporary = place.with_file_name(format!(".{}.{tag}.part", name.to_string_lossy()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // What somebody takes along is theirs alone until they decide otherwise.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&temporary)?;
        let part = Part { temporary, place: place.to_owned(), kept: false };
        Ok((part, BufWriter::with_capacity(64 * 1024, file)))
    }

    /// Everything was written: it takes its place once it is on the disk.
    pub(super) fn put(mut self) -> io::Result<()> {
        OpenOptions::new().write(true).open(&self.temporary)?.sync_all()?;
        std::fs::rename(&self.temporary, &self.place)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept && std::fs::remove_file(&self.temporary).is_err() {
            tracing::warn!("what there was of an export could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn it_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("Drew.html");
        std::fs::write(&place, "before").unwrap();
        let (part, mut file) = Part::begin(&place, "a").unwrap();
        file.write_all(b"half").unwrap();
        drop((part, file));
        assert_eq!(names(folder.path()), ["Drew.html"]);
        assert_eq!(std::fs::read_to_string(&place).unwrap(), "before", "what was there stays");
        let (part, mut file) = Part::begin(&place, "b").unwrap();
        file.write_all(b"whole").unwrap();
        file.flush().unwrap();
        part.put().unwrap();
        assert_eq!(names(folder.path()), ["Drew.html"]);
        assert_eq!(std::fs::read_to_string(&place).unwrap(), "whole");
    }
}
