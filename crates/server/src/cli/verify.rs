//! `verify`: whether a downloaded package is as it was made, and who signed it. Needs no database.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::{Context, bail};
use bedside_export::Wrong;
use bedside_export::package::{Part, Signed, Verdict, public_key, verify};
use clap::Args;

use super::say;

/// Looks at a package that somebody has downloaded.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The ZIP.
    file: PathBuf,
    /// The clinic's key in base64, as GET /chat/export-key/ of its server says; a signature by another one is no proof.
    #[arg(long, value_parser = key)]
    key: Option<String>,
    /// Ask for the package's password.
    #[arg(long)]
    password: bool,
}

fn key(typed: &str) -> Result<String, String> {
    public_key(typed).ok_or_else(|| "a key is 32 bytes in base64".to_owned())
}

impl Verify {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let file = File::open(&self.file).context("the file cannot be opened")?;
        let password = if self.password { Some(rpassword::prompt_password("Password: ")?) } else { None };
        let verdict = verify(BufReader::new(file), password.as_deref()).context("the file cannot be read")?;
        match verdict {
            Verdict::Intact { manifest, signed } => {
                let messages: u64 = manifest.conversations.iter().map(|one| one.messages).sum();
                say(&format!("intact: {} files, {messages} messages", manifest.files.len()))?;
                self.say_signed(&signed)
            }
            Verdict::IntactLocked => say("intact; who signed it is behind its password (--password)"),
            Verdict::Changed { parts } => {
                for part in &parts {
                    say(&format!("changed: {}", told(part)))?;
                }
                bail!("the package was changed")
            }
            Verdict::Incomplete { missing } if missing.is_empty() => {
                bail!("incomplete: the end of the file is missing")
            }
            Verdict::Incomplete { missing } => bail!("incomplete: {} is missing", missing.join(", ")),
            Verdict::WrongPassword => bail!("the password does not open it"),
            Verdict::NotAPackage => {
                bail!("not signed: only packages (ZIP) made by Bedside carry what they can be checked by")
            }
        }
    }

    fn say_signed(&self, signed: &Signed) -> anyhow::Result<()> {
        match (signed, &self.key) {
            (Signed::NotSigned, None) => say("not signed: it was made from the copy on a device"),
            (Signed::NotSigned, Some(_)) => bail!("not signed: it was made from the copy on a device"),
            (Signed::By(found), None) => {
                say(&format!("signed with the key {found}; give the clinic's key with --key to compare"))
            }
            (Signed::By(found), Some(key)) if found == key => say("signed by the clinic"),
            (Signed::By(found), Some(_)) => bail!("signed with another key: {found}"),
        }
    }
}

fn told(part: &Part) -> String {
    match part {
        Part::File(name) => name.clone(),
        Part::Added(name) => format!("{name} does not belong to it"),
        Part::Manifest => "the manifest, or its signature".to_owned(),
        Part::Archive => "the archive around the files, which are all as they were".to_owned(),
        Part::Messages { file, wrong } => {
            let one = |wrong: &Wrong| match wrong {
                Wrong::Changed(place) => format!("message {place}"),
                Wrong::Before(place) => format!("something is missing or moved before message {place}"),
                Wrong::End => "something is missing or added at the end".to_owned(),
            };
            format!("{file}: {}", wrong.iter().map(one).collect::<Vec<_>>().join("; "))
        }
    }
}
