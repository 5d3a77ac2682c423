//! Versions with known holes, and where packages come from.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

use super::Finding;
use crate::files;
use crate::metadata::{Metadata, Package};

/// Before it, a page from elsewhere could call the app (a published CVE).
const TAURI: [u64; 3] = [2, 11, 1];
/// Before it, a checkpoint of the write-ahead log could corrupt the database.
const SQLITE: [u64; 3] = [3, 51, 3];
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Every package too old or from the wrong place.
///
/// # Errors
/// When the bundled SQLite does not say its version.
pub(crate) fn check(metadata: &Metadata) -> Result<Vec<Finding>> {
    let mut findings: Vec<Finding> = metadata.packages().iter().filter_map(foreign).collect();
    let names: BTreeSet<&str> = metadata.packages().iter().map(|package| package.name.as_str()).collect();
    let absent = ["tauri", "sqlcipher-src"].into_iter().filter(|name| !names.contains(name));
    findings.extend(
        absent.map(|name| Finding::Broken(format!("{name} is gone: check its successor's version here"))),
    );
    for package in metadata.packages() {
        match package.name.as_str() {
            "tauri" => findings.extend(too_old("tauri", &package.version, TAURI)),
            "sqlcipher-src" => findings.extend(too_old("bundled SQLite", &bundled(package)?, SQLITE)),
            _ => {}
        }
    }
    Ok(findings)
}

fn foreign(package: &Package) -> Option<Finding> {
    let source = package.source.as_deref()?;
    (source != REGISTRY).then(|| Finding::Broken(format!("{} comes from {source}", package.name)))
}

fn bundled(package: &Package) -> Result<String> {
    let folder = package.manifest_path.parent().unwrap_or_else(|| Path::new("."));
    let header = files::read_text(&folder.join("sqlcipher/sqlite3.h"))?;
    stated_version(&header).context("sqlite3.h states no version")
}

fn stated_version(header: &str) -> Option<String> {
    let line = header.lines().find_map(|line| line.strip_prefix("#define SQLITE_VERSION "))?;
    Some(line.trim().trim_matches('"').to_owned())
}

fn too_old(what: &str, version: &str, least: [u64; 3]) -> Option<Finding> {
    let least_shown = least.map(|part| part.to_string()).join(".");
    let old = parts(version).is_none_or(|held| held < least);
    old.then(|| Finding::Broken(format!("{what} {version} is older than {least_shown}")))
}

fn parts(version: &str) -> Option<[u64; 3]> {
    let number = version.split(['-', '+']).next()?;
    let parts: Vec<u64> = number.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    parts.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{SQLITE, TAURI, stated_version, too_old};

    #[test]
    fn a_version_below_the_least_is_found() {
        assert!(too_old("tauri", "2.11.0", TAURI).is_some());
        assert!(too_old("tauri", "2.9.10", TAURI).is_some());
        assert!(too_old("tauri", "2.11.1", TAURI).is_none());
        assert!(too_old("tauri", "nonsense", TAURI).is_some());
    }

    #[test]
    fn the_bundled_sqlite_is_read_from_its_header() {
        let header =
            "/* */\n#define SQLITE_VERSION        \"3.51.2\"\n#define SQLITE_VERSION_NUMBER 3051002\n";
        let version = stated_version(header).unwrap();
        assert_eq!(version, "3.51.2");
        assert!(too_old("SQLite", &version, SQLITE).is_some());
    }
}
