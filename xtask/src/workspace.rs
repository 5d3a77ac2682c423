//! Where things are: the root of the repository, the target folder in use, and the places derived from them.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;

/// The paths every task works with.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds the repository this binary was built from, and the target folder cargo would use.
    ///
    /// # Errors
    /// When the folder above xtask's own is not there.
    pub(crate) fn locate() -> Result<Self> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = own.parent().context("xtask has no parent folder")?.to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(given) => env::current_dir()?.join(given),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The repository's root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path below the target folder.
    pub(crate) fn target(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }

    /// A cargo command in the root, as a person would have typed it.
    pub(crate) fn cargo<I: AsRef<str>>(&self, arguments: impl IntoIterator<Item = I>) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut made = self.command(cargo);
        made.args(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        made
    }

    /// Any program, started in the root, without what `cargo run` left in the environment for xtask itself.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut made = Command::new(program);
        made.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        command::forget_own_package(&mut made);
        made
    }
}
