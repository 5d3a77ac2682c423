//! `cargo xtask ui`: the interface, from Rust and CSS to the folder `ui/dist` that the app embeds.
//!
//! Owns the content of `ui/dist` and nothing else; a second run with nothing changed asks cargo and stops there.

mod bundle;
mod styles;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::command;
use crate::files::{self, Tree};
use crate::workspace::Workspace;

/// Options of `cargo xtask ui`.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Options {
    /// Small and fast to load, slow to build.
    #[arg(long)]
    release: bool,
}

impl Options {
    /// As it ships.
    pub(crate) const RELEASE: Self = Self { release: true };

    /// Cargo's name of the profile, and of its output folder.
    fn profile(self) -> (&'static str, &'static str) {
        if self.release { ("wasm", "wasm") } else { ("dev", "debug") }
    }
}

/// Builds `ui/dist`.
///
/// # Errors
/// When the interface does not compile or a file it names is missing.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<()> {
    let wasm = compile(workspace, options)?;
    let stamp = workspace.target("ui-bundle/stamp");
    if fs::read_to_string(&stamp).is_ok_and(|held| state(workspace, &wasm).is_ok_and(|now| now == held)) {
        println!("    ui/dist is up to date");
        return Ok(());
    }
    files::mirror(&assemble(workspace, &wasm)?, &workspace.path("ui/dist"))?;
    files::write_if_changed(&stamp, state(workspace, &wasm)?.as_bytes())?;
    println!("    ui/dist is built");
    Ok(())
}

fn compile(workspace: &Workspace, options: Options) -> Result<PathBuf> {
    let (profile, folder) = options.profile();
    let arguments =
        ["build", "--package", "bedside-ui", "--target", "wasm32-unknown-unknown", "--profile", profile];
    command::run(&mut workspace.cargo(arguments))?;
    Ok(workspace.target(&format!("wasm32-unknown-unknown/{folder}/bedside-ui.wasm")))
}

fn assemble(workspace: &Workspace, wasm: &std::path::Path) -> Result<Tree> {
    let mut tree = bundle::bundle(wasm, &workspace.target("ui-bundle/out"))?;
    tree.insert("style.css".into(), styles::concatenate(&workspace.path("ui/styles"))?.into_bytes());
    files::gather(&workspace.path("ui/static"), &mut tree)?;
    let index = files::read(&workspace.path("ui/index.html")).context("the page's template")?;
    tree.insert("index.html".into(), index);
    Ok(tree)
}

/// What the result was made from and what it is; differs as soon as anybody touches either.
fn state(workspace: &Workspace, wasm: &std::path::Path) -> Result<String> {
    let from = ["ui/styles", "ui/static", "ui/index.html", "ui/dist"].map(|place| workspace.path(place));
    files::fingerprint(&[&[wasm.to_path_buf()], from.as_slice()].concat())
}
