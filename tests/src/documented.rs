//! The configurations that docs/operations.md gives to administrators: tests run those, not copies of them.

use anyhow::{Context, Result, ensure};

const OPERATIONS: &str = include_str!("../../docs/operations.md");

/// The one block of this kind.
pub fn block(kind: &str) -> Result<String> {
    let opening = format!("```{kind}\n");
    let mut blocks = OPERATIONS.split(&opening).skip(1);
    let begun = blocks.next().with_context(|| format!("docs/operations.md shows no {kind}"))?;
    ensure!(blocks.next().is_none(), "docs/operations.md shows more than one {kind}");
    let (block, _) = begun.split_once("```").with_context(|| format!("{kind} does not end"))?;
    Ok(block.to_owned())
}

/// The text with something in it exchanged, which must be there.
pub fn exchanged(text: &str, from: &str, to: &str) -> Result<String> {
    ensure!(text.contains(from), "docs/operations.md does not say {from:?}");
    Ok(text.replace(from, to))
}
