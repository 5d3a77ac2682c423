//! What must not be in a source file, file by file. A rule looks at a path and a text, so that each can be shown to fail.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Finding;
use crate::workspace::Workspace;

/// More lines than this in a file are worth a remark.
const LONG: usize = 400;

/// Words of unfinished work.
const UNFINISHED: &[&str] = &["todo!(", "unimplemented!(", "dbg!(", "TODO", "FIXME", "XXX"];

const SQL: &[&str] = &["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "PRAGMA "];

/// Checks every file of the repository.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn check(workspace: &Workspace) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    visit(workspace.root(), "", &mut |path, text| findings.extend(inspect(path, text)))?;
    Ok(findings)
}

/// Calls `look` with every text file that belongs to the repository, sorted, by its path with `/`.
fn visit(folder: &Path, prefix: &str, look: &mut impl FnMut(&str, &str)) -> Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if belongs(&name) {
                visit(&entry.path(), &format!("{path}/"), look)?;
            }
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            look(&path, &text);
        }
    }
    Ok(())
}

fn belongs(folder: &str) -> bool {
    !folder.starts_with("target") && ![".git", "node_modules", "dist", "gen", "shots"].contains(&folder)
}

fn inspect(path: &str, text: &str) -> Vec<Finding> {
    if path.starts_with("xtask/src/tidy/") {
        return Vec::new();
    }
    let rules = [
        unfinished,
        sql_outside_stores,
        colour_outside_tokens,
        html_from_strings,
        second_bridge,
        addressed,
        long,
    ];
    rules.iter().flat_map(|rule| rule(path, text)).collect()
}

fn each_line(path: &str, text: &str, what: &str, breaks: impl Fn(&str) -> bool) -> Vec<Finding> {
    let numbered = text.lines().enumerate().filter(|(_, line)| breaks(line));
    numbered.map(|(at, _)| Finding::Broken(format!("{path}:{}: {what}", at + 1))).collect()
}

fn unfinished(path: &str, text: &str) -> Vec<Finding> {
    if !path.ends_with(".rs") {
        return Vec::new();
    }
    each_line(path, text, "unfinished work", |line| UNFINISHED.iter().any(|word| says(line, word)))
}

/// Whether a line holds a word, not merely a longer word around it.
fn says(line: &str, word: &str) -> bool {
    let letter = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    line.match_indices(word).any(|(at, found)| {
        let (before, after) = (line.get(..at), line.get(at + found.len()..));
        let open = word.ends_with('(');
        !letter(before.and_then(|text| text.chars().last()))
            && (open || !letter(after.and_then(|text| text.chars().next())))
    })
}

fn sql_outside_stores(path: &str, text: &str) -> Vec<Finding> {
    let code = ["crates/", "src-tauri/", "ui/"].iter().any(|place| path.starts_with(place));
    let stored = [
        "/store/",
        "/store.rs",
        "/cache/",
        "/cache.rs",
        "/tests/",
        "crates/testkit/",
        "crates/testservices/",
        "crates/bench/",
    ];
    if !code || !path.ends_with(".rs") || stored.iter().any(|place| path.contains(place)) {
        return Vec::new();
    }
    let comment = |line: &str| line.trim_start().starts_with("//");
    each_line(path, text, "SQL outside a store", |line| {
        !comment(line) && SQL.iter().any(|word| line.contains(word))
    })
}

fn colour_outside_tokens(path: &str, text: &str) -> Vec<Finding> {
    if !path.starts_with("ui/styles/") || !path.ends_with(".css") || path.ends_with("/tokens.css") {
        return Vec::new();
    }
    each_line(path, text, "a colour outside tokens.css", names_a_colour)
}

fn names_a_colour(line: &str) -> bool {
    let Some((_, value)) = line.split_once(':') else { return false };
    let hex = |word: &str| {
        let digits = word.trim_end_matches([';', ',', ')']).strip_prefix('#').unwrap_or_default();
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    };
    ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|word| value.contains(word))
        || value.split([' ', '(']).any(hex)
}

fn html_from_strings(path: &str, text: &str) -> Vec<Finding> {
    if !path.starts_with("ui/") || path.starts_with("ui/harness/") {
        return Vec::new();
    }
    let words = ["innerHTML", "outerHTML", "insertAdjacentHTML", "set_inner_html", "from_html_unchecked"];
    each_line(path, text, "HTML made from a string", |line| words.iter().any(|word| line.contains(word)))
}

fn second_bridge(path: &str, text: &str) -> Vec<Finding> {
    let bridge = path == "ui/src/bridge.rs" || path.starts_with("ui/src/bridge/");
    if bridge || !path.starts_with("ui/src/") {
        return Vec::new();
    }
    each_line(path, text, "touches the webview outside the bridge", |line| line.contains("__TAURI"))
}

/// A lock file that says where it was downloaded from ties everybody to that place.
fn addressed(path: &str, text: &str) -> Vec<Finding> {
    if !path.ends_with("package-lock.json") {
        return Vec::new();
    }
    each_line(path, text, "an address in a lock file", |line| line.contains("\"resolved\""))
}

fn long(path: &str, text: &str) -> Vec<Finding> {
    let lines = text.lines().count();
    let long = path.ends_with(".rs") && lines > LONG;
    long.then(|| Finding::Remark(format!("{path} has {lines} lines"))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{Finding, inspect};

    fn broken(path: &str, text: &str) -> bool {
        inspect(path, text).iter().any(|finding| matches!(finding, Finding::Broken(_)))
    }

    #[test]
    fn unfinished_work_is_found_in_code_only() {
        assert!(broken("crates/core/src/lib.rs", "fn f() { todo!() }"));
        assert!(broken("crates/core/src/lib.rs", "// TODO: later"));
        assert!(!broken("README.md", "TODO"));
        assert!(!broken("crates/core/src/lib.rs", "let TODOS = 1; let mytodo = 2;"));
    }

    #[test]
    fn sql_lives_in_stores() {
        assert!(broken("crates/server/src/handlers/send.rs", "let q = \"SELECT id FROM rooms\";"));
        assert!(!broken("crates/server/src/store/rooms.rs", "let q = \"SELECT id FROM rooms\";"));
    }

    #[test]
    fn colours_live_in_tokens() {
        assert!(broken("ui/styles/list.css", "  color: #fff;"));
        assert!(broken("ui/styles/list.css", "  background: rgb(0 0 0 / .5);"));
        assert!(!broken("ui/styles/list.css", "  color: var(--ink-1);"));
        assert!(!broken("ui/styles/tokens.css", "  --ink-1: #10242b;"));
    }

    #[test]
    fn the_page_makes_no_html_from_strings_and_has_one_bridge() {
        assert!(broken("ui/src/pages/list.rs", "element.set_inner_html(text)"));
        assert!(broken("ui/src/pages/list.rs", "\"__TAURI_INTERNALS__\""));
        assert!(!broken("ui/src/bridge.rs", "\"__TAURI_INTERNALS__\""));
    }

    #[test]
    fn a_lock_file_has_no_addresses() {
        assert!(broken("ui/harness/package-lock.json", "\"resolved\": \"https://somewhere\""));
    }

    #[test]
    fn a_long_file_is_only_remarked() {
        let found = inspect("crates/core/src/lib.rs", &"\n".repeat(401));
        assert!(matches!(found.as_slice(), [Finding::Remark(_)]));
    }
}
