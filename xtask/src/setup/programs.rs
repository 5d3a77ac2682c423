//! Whether a program, library or Debian package is there. Looks only, changes nothing.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::wanted::{Provided, Wanted};
use crate::command;

/// The oldest Node the page tests run on.
const NODE: u32 = 18;

/// Whether a thing is there without asking the package manager.
pub(crate) fn provided(wanted: &Wanted) -> bool {
    match wanted.provided_by {
        Provided::Library(name) => command::succeeds(Command::new("pkg-config").args(["--exists", name])),
        Provided::Program(name) => in_path(name),
        Provided::Postgres => in_path("postgres") || debian_postgres(Path::new("/usr/lib/postgresql")),
        Provided::Node => node_version().is_some_and(|version| version >= NODE),
        Provided::PackageOnly => false,
    }
}

/// Whether a program is in the search path, or where Debian keeps those of the administrator.
pub(crate) fn in_path(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program is.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&path).collect();
    folders.extend(["/usr/sbin", "/sbin"].map(Into::into));
    folders.into_iter().map(|folder| folder.join(program)).find(|place| place.is_file())
}

/// Whether a version of PostgreSQL's server is where Debian keeps them, each in a folder of its own.
fn debian_postgres(versions: &Path) -> bool {
    let mut versions = fs::read_dir(versions).into_iter().flatten().flatten();
    versions.any(|version| version.path().join("bin/postgres").is_file())
}

/// Whether dpkg says that a package is installed.
pub(crate) fn installed(package: &str) -> bool {
    let asked = ["--show", "--showformat=${db:Status-Status}", package];
    command::read(Command::new("dpkg-query").args(asked)).is_ok_and(|status| status == "installed")
}

fn node_version() -> Option<u32> {
    major(&command::read(Command::new("node").arg("--version")).ok()?)
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{debian_postgres, find, major};

    #[test]
    fn a_program_is_found_where_it_is() {
        assert!(find("sh").is_some_and(|place| place.is_file()));
        assert_eq!(find("no-such-program"), None);
    }

    #[test]
    fn a_server_of_postgresql_is_more_than_its_client() {
        let folder = tempfile::tempdir().unwrap();
        let programs = folder.path().join("15/bin");
        fs::create_dir_all(&programs).unwrap();
        fs::write(programs.join("psql"), "").unwrap();
        assert!(!debian_postgres(folder.path()));
        fs::write(programs.join("postgres"), "").unwrap();
        assert!(debian_postgres(folder.path()));
    }

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("not installed"), None);
    }
}
