//! Reading and writing trees of files. Files whose content did not change keep their time stamp, so that nothing
//! downstream is rebuilt for nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};

/// The wanted content of a folder, by path below it with `/` between parts.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// All files below a folder, relative and sorted; none if the folder is not there.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next).with_context(|| format!("cannot read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder)?.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Adds every file below a folder to a tree.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn gather(folder: &Path, tree: &mut Tree) -> Result<()> {
    for relative in list(folder)? {
        tree.insert(slashes(&relative), read(&folder.join(&relative))?);
    }
    Ok(())
}

/// Makes a folder hold exactly a tree: writes what differs, removes what is not in it.
///
/// # Errors
/// When a file cannot be written or removed.
pub(crate) fn mirror(tree: &Tree, folder: &Path) -> Result<()> {
    for (relative, content) in tree {
        write_if_changed(&folder.join(relative), content)?;
    }
    for relative in list(folder)? {
        if !tree.contains_key(&slashes(&relative)) {
            fs::remove_file(folder.join(&relative))?;
        }
    }
    Ok(())
}

/// Writes a file and its folders, unless it holds that content already.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn write_if_changed(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|held| held == content) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// The content of a file.
///
/// # Errors
/// When it cannot be read; the error names it.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The text of a file.
///
/// # Errors
/// When it cannot be read or is not text; the error names it.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Sizes and times of files and of everything below folders: equal as long as nobody wrote to them.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn fingerprint(places: &[PathBuf]) -> Result<String> {
    let mut lines = String::new();
    for place in places {
        if place.is_dir() {
            for relative in list(place)? {
                lines.push_str(&line(&place.join(relative))?);
            }
        } else {
            lines.push_str(&line(place)?);
        }
    }
    Ok(lines)
}

fn line(path: &Path) -> Result<String> {
    let Ok(metadata) = fs::metadata(path) else {
        return Ok(format!("{} absent\n", path.display()));
    };
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH)?.as_nanos();
    Ok(format!("{} {} {modified}\n", path.display(), metadata.len()))
}

fn slashes(relative: &Path) -> String {
    relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
