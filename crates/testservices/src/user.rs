//! Whom a server runs as: the test's own user, or an ordinary one where that is root, whom PostgreSQL refuses and
//! nothing else needs.

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

/// Users a system may have for this, the best first.
const ORDINARY: &[&str] = &["postgres", "nobody"];

/// A user other than the test's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct User {
    id: u32,
    group: u32,
}

impl User {
    /// The user to change to; none if the test is not root.
    pub(crate) fn for_servers() -> Result<Option<Self>> {
        if std::fs::metadata("/proc/self")?.uid() != 0 {
            return Ok(None);
        }
        let passwd = std::fs::read_to_string("/etc/passwd")?;
        let found = ORDINARY.iter().find_map(|name| named(&passwd, name));
        let found = found
            .context("neither a user postgres nor nobody to run servers as: run the tests unprivileged")?;
        Ok(Some(found))
    }

    /// Makes a program run as this user, in none of root's groups.
    pub(crate) fn take(self, command: &mut Command) {
        // Setting the user also clears the other groups.
        command.uid(self.id).gid(self.group);
    }

    /// Gives a file or folder to this user.
    pub(crate) fn own(self, path: &Path) -> Result<()> {
        std::os::unix::fs::chown(path, Some(self.id), Some(self.group))
            .with_context(|| format!("own {path:?}"))
    }
}

fn named(passwd: &str, name: &str) -> Option<User> {
    let mut entries = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>());
    entries.find_map(|entry| match entry.as_slice() {
        [found, _, id, group, ..] if *found == name => {
            Some(User { id: id.parse().ok()?, group: group.parse().ok()? })
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{User, named};

    #[test]
    fn a_user_is_found_by_the_whole_name() {
        let passwd =
            "postgres2:x:7:7::/:/bin/sh\npostgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(named(passwd, "postgres"), Some(User { id: 101, group: 104 }));
        assert_eq!(named(passwd, "nobody"), None);
    }
}
