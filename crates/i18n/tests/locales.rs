//! Every language is complete, says it with the same placeables, and every id used in the code exists.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // A test and its helpers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

const FILES: [&str; 4] = ["app.ftl", "shell.ftl", "server.ftl", "export.ftl"];

/// Per id the placeables its string uses.
type Strings = BTreeMap<String, BTreeSet<String>>;

fn strings(language: &str, file: &str) -> Strings {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language).join(file);
    let source = fs::read_to_string(&path).unwrap();
    let resource =
        parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
    let mut found = Strings::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut names = BTreeSet::new();
            placeables(message.value.as_ref().unwrap(), &mut names);
            assert!(found.insert(message.id.name.to_owned(), names).is_none(), "{} twice", message.id.name);
        }
    }
    found
}

fn placeables(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => variable(inline, names),
            Expression::Select { selector, variants } => {
                variable(selector, names);
                variants.iter().for_each(|variant| placeables(&variant.value, names));
            }
        }
    }
}

fn variable(expression: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = expression {
        names.insert(id.name.to_owned());
    }
}

fn all(language: &str) -> Strings {
    let mut ids = Strings::new();
    for file in FILES {
        for (id, names) in strings(language, file) {
            assert!(ids.insert(id.clone(), names).is_none(), "{language}: {id} is in two files");
        }
    }
    ids
}

#[test]
fn every_language_says_everything_with_the_same_placeables() {
    for file in FILES {
        let english = strings("en", file);
        for language in ["de", "ar"] {
            let other = strings(language, file);
            for (id, names) in &english {
                let said = other.get(id).unwrap_or_else(|| panic!("{language}/{file} lacks {id}"));
                assert_eq!(said, names, "{language}/{file}: {id} uses other placeables");
            }
            for id in other.keys() {
                assert!(english.contains_key(id), "{language}/{file} has {id}, English has not");
            }
        }
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => rust_files(&path, found),
            false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
            false => {}
        }
    }
}

/// The first literal after each `.text(` and `.text_with(` of a source file, if it looks like an id.
fn ids_used(source: &str) -> BTreeSet<String> {
    [".text(", ".text_with("]
        .iter()
        .flat_map(|call| source.split(call).skip(1))
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .filter(|id| id.chars().all(|c| c.is_ascii_lowercase() || c == '-') && id.contains('-'))
        .map(str::to_owned)
        .collect()
}

fn sources(folder: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    rust_files(&root.join(folder), &mut files);
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn every_id_used_in_the_code_exists() {
    let english = all("en");
    for folder in ["ui/src", "src-tauri", "crates/server/src", "crates/export/src"] {
        for source in sources(folder) {
            for id in ids_used(&source) {
                assert!(english.contains_key(&id), "{folder} uses {id}, which no locale has");
            }
        }
    }
}

#[test]
fn no_string_of_the_app_is_left_over() {
    let sources = sources("ui/src");
    let shown = |id: &&String| sources.iter().any(|source| source.contains(&format!("\"{id}\"")));
    let english = strings("en", "app.ftl");
    let left_over: Vec<&String> = english.keys().filter(|id| !shown(id)).collect();
    assert!(left_over.is_empty(), "nothing shows {left_over:?}");
}
