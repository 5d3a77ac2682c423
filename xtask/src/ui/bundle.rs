//! From the compiled WebAssembly to the module and its JavaScript glue, through the library behind wasm-bindgen's
//! command line: its version is the one in Cargo.lock, and nothing needs installing.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::files::{self, Tree};

/// The files `bedside.js` and `bedside_bg.wasm` for a compiled interface; `scratch` is emptied first.
///
/// # Errors
/// When the glue cannot be made.
pub(crate) fn bundle(wasm: &Path, scratch: &Path) -> Result<Tree> {
    if scratch.exists() {
        fs::remove_dir_all(scratch)?;
    }
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .out_name("bedside")
        .typescript(false)
        .remove_producers_section(true)
        .generate(scratch)
        .with_context(|| format!("cannot bundle {}", wasm.display()))?;
    let mut tree = Tree::new();
    files::gather(scratch, &mut tree)?;
    Ok(tree)
}
