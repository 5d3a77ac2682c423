//! `cargo xtask emoji`: what emoji are called in each language, from CLDR's annotations to the tables in
//! `ui/static/emoji` that the interface loads.
//!
//! The results are committed, so that a build downloads nothing. The annotations come from Unicode's npm packages:
//! `npm install --prefix FOLDER cldr-annotations-full@48.2.0 cldr-annotations-derived-full@48.2.0`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use emojis::{Emoji, EmojiVersion};
use serde::Deserialize;

use crate::files;
use crate::workspace::Workspace;

/// The languages of the interface.
const LANGUAGES: [&str; 3] = ["en", "de", "ar"];
/// What the picker offers: nothing newer.
const NEWEST: EmojiVersion = EmojiVersion::new(16, 0);
/// The packages, and where each keeps a language.
const PACKAGES: [(&str, &str); 2] =
    [("cldr-annotations-full", "annotations"), ("cldr-annotations-derived-full", "annotationsDerived")];
/// Chooses how an emoji is drawn; CLDR leaves it out.
const AS_PICTURE: char = '\u{FE0F}';

/// Options of `cargo xtask emoji`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Options {
    /// The folder that npm installed the packages into.
    cldr: PathBuf,
}

/// What CLDR says of one emoji.
#[derive(Clone, Debug, Default, Deserialize)]
struct Annotation {
    #[serde(default)]
    default: Vec<String>,
    #[serde(default)]
    tts: Vec<String>,
}

type Annotations = BTreeMap<String, Annotation>;

/// A file of a package, and the one part of it that matters.
#[derive(Deserialize)]
struct Package {
    #[serde(alias = "annotationsDerived")]
    annotations: Part,
}

#[derive(Deserialize)]
struct Part {
    annotations: Annotations,
}

/// Writes the tables.
///
/// # Errors
/// When a package is missing, or an emoji has no name in a language.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let modules = options.cldr.join("node_modules");
    let folder = workspace.path("ui/static/emoji");
    for language in LANGUAGES {
        let table = table(&read(&modules, language)?).with_context(|| format!("in {language}"))?;
        files::write_if_changed(&folder.join(format!("{language}.tsv")), table.as_bytes())?;
    }
    let licence = files::read(&modules.join("cldr-annotations-full/LICENSE"))?;
    files::write_if_changed(&folder.join("LICENSE.txt"), &licence)
}

fn read(modules: &Path, language: &str) -> Result<Annotations> {
    let mut all = Annotations::new();
    for (package, part) in PACKAGES {
        let text =
            files::read_text(&modules.join(package).join(part).join(language).join("annotations.json"))?;
        all.extend(serde_json::from_str::<Package>(&text).context(package)?.annotations.annotations);
    }
    Ok(all)
}

/// A line for each emoji without a tone of skin: itself, its name, further words for it, with tabs between.
fn table(annotations: &Annotations) -> Result<String> {
    let offered = emojis::iter().filter(|emoji| emoji.emoji_version() <= NEWEST);
    offered.map(|emoji| line(emoji, annotations)).collect()
}

fn line(emoji: &Emoji, annotations: &Annotations) -> Result<String> {
    let key = emoji.as_str().replace(AS_PICTURE, "");
    let found = annotations.get(&key).cloned().unwrap_or_default();
    let name = found.tts.first().with_context(|| format!("{} has no name", emoji.name()))?;
    let named = words(name);
    // What the name says already need not be said again.
    let further = found.default.iter().filter(|keyword| !words(keyword).is_subset(&named));
    let fields: Vec<&str> = [emoji.as_str(), name].into_iter().chain(further.map(String::as_str)).collect();
    Ok(fields.join("\t") + "\n")
}

fn words(text: &str) -> BTreeSet<String> {
    let between = |sign: char| sign.is_whitespace() || matches!(sign, ':' | ',' | '-' | '–');
    text.split(between).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotations(emoji: &str, name: &str, keywords: &[&str]) -> Annotations {
        let default = keywords.iter().map(|word| (*word).to_owned()).collect();
        [(emoji.to_owned(), Annotation { default, tts: vec![name.to_owned()] })].into()
    }

    #[test]
    fn a_line_says_nothing_twice_and_finds_what_cldr_writes_without_its_look() {
        let heart = emojis::get("❤️").unwrap();
        let told = annotations("❤", "red heart", &["heart", "Red", "love", "heart of hearts"]);
        assert_eq!(line(heart, &told).unwrap(), "❤️\tred heart\tlove\theart of hearts\n");
    }

    #[test]
    fn an_emoji_without_a_name_is_an_error() {
        assert!(table(&annotations("❤", "red heart", &[])).is_err());
    }
}
