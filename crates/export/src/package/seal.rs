//! What shows a change of any byte of a ZIP, also of those that no file's digest covers, and without a password: the
//! SHA-256 of everything before it, as the end of the archive's comment, which is the end of the file.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use crate::digest::{hex, unhex};

/// What the comment begins with.
const WORD: &str = "bedside-seal sha256 ";
/// How long the digest is that ends the file.
pub(super) const DIGEST: usize = 64;

/// A comment whose digest is still to be filled in.
pub(super) fn comment() -> String {
    format!("{WORD}{}", "0".repeat(DIGEST))
}

/// Writes everything on but the last [`DIGEST`] bytes, in whose place [`seal`](Self::seal) puts the digest.
pub(super) struct Sealed<W: Write> {
    inner: W,
    digest: Sha256,
    held: Vec<u8>,
}

impl<W: Write> Sealed<W> {
    pub(super) fn new(inner: W) -> Self {
        Sealed { inner, digest: Sha256::new(), held: Vec::new() }
    }

    pub(super) fn seal(&mut self) -> io::Result<()> {
        let digest = hex(&self.digest.finalize_reset());
        self.held.clear();
        self.inner.write_all(digest.as_bytes())?;
        self.inner.flush()
    }

    pub(super) fn inner(&mut self) -> &mut W {
        &mut self.inner
    }
}

impl<W: Write> Write for Sealed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        let ready = self.held.len().saturating_sub(DIGEST);
        let rest = self.held.split_off(ready);
        self.digest.update(&self.held);
        self.inner.write_all(&self.held)?;
        self.held = rest;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// What the end of a file says of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seal {
    /// All is as it was.
    Whole,
    /// Something is not.
    Broken,
    /// There is none.
    Missing,
}

/// Reads a whole file once.
pub(super) fn check(mut file: impl Read) -> io::Result<Seal> {
    let tail = WORD.len() + DIGEST;
    let (mut digest, mut held, mut piece) = (Sha256::new(), Vec::new(), vec![0; 64 * 1024]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        held.extend_from_slice(piece.get(..read).unwrap_or_default());
        let rest = held.split_off(held.len().saturating_sub(tail));
        digest.update(&held);
        held = rest;
    }
    let text = String::from_utf8_lossy(&held);
    let Some(said) = text.strip_prefix(WORD) else { return Ok(Seal::Missing) };
    digest.update(WORD);
    let same = unhex(said).is_some_and(|said| said == *digest.finalize());
    Ok(if same { Seal::Whole } else { Seal::Broken })
}
