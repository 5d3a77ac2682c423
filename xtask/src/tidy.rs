//! `cargo xtask tidy`: the rules a compiler does not know. Who may depend on whom (the layers of ARCHITECTURE.md),
//! versions with known holes, and what must not be in a source file. Reads only.

mod layers;
mod sources;
mod versions;

use std::fmt;

use anyhow::{Result, bail};

use crate::metadata::Metadata;
use crate::workspace::Workspace;

/// Something that breaks a rule, or only deserves a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// Fails the check.
    Broken(String),
    /// Is printed, and passes.
    Remark(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(what) => write!(to, "broken: {what}"),
            Self::Remark(what) => write!(to, "remark: {what}"),
        }
    }
}

/// Checks the whole repository and prints what it finds.
///
/// # Errors
/// When a rule is broken.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let metadata = Metadata::read(workspace)?;
    let mut findings = layers::check(&metadata);
    findings.extend(versions::check(&metadata)?);
    findings.extend(sources::check(workspace)?);
    for finding in &findings {
        println!("{finding}");
    }
    let broken = findings.iter().filter(|finding| matches!(finding, Finding::Broken(_))).count();
    if broken > 0 {
        bail!("{broken} rules broken");
    }
    println!("the rules hold");
    Ok(())
}
