//! Where the servers' programs are. Looks only.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Where Debian keeps PostgreSQL's programs, by version, and where PostgreSQL's own packages for others do.
const POSTGRES: &[(&str, &str)] = &[("/usr/lib/postgresql", ""), ("/usr", "pgsql-")];

/// A program in the search path, or where Debian keeps those of the administrator.
pub(crate) fn find(program: &str) -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    let mut places = folders.map(|folder| folder.join(program));
    let found = places.find(|place| place.is_file());
    found.with_context(|| format!("no program {program} on this machine: run `cargo xtask setup`"))
}

/// One of PostgreSQL's programs, of the newest version there is.
pub(crate) fn postgres(program: &str) -> Result<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> =
        POSTGRES.iter().flat_map(|(folder, prefix)| versions(Path::new(folder), prefix)).collect();
    versions.sort();
    let newest = versions.into_iter().rev().map(|(_, folder)| folder.join("bin").join(program));
    newest.into_iter().find(|place| place.is_file()).map_or_else(|| find(program), Ok)
}

fn versions(folder: &Path, prefix: &str) -> Vec<(u32, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let version =
        |name: &std::ffi::OsStr| name.to_str()?.strip_prefix(prefix).and_then(|name| name.parse().ok());
    entries.filter_map(|entry| Some((version(&entry.file_name())?, entry.path()))).collect()
}

#[cfg(test)]
mod tests {
    use super::versions;

    #[test]
    fn versions_are_compared_as_numbers() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["pgsql-9", "pgsql-15", "pgsql-old", "15"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let newest = versions(folder.path(), "pgsql-").into_iter().max().unwrap();
        assert_eq!(newest, (15, folder.path().join("pgsql-15")));
    }
}
