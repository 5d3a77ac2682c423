//! Files put together so that a change of any of them shows: a manifest with their digests, signed by who held the content,
//! in a container.
//!
//! The container is a ZIP ([`Zip`]) or, where another program is to make one of it, [`Frames`]. What the manifest says does not
//! depend on it.

mod assembly;
mod container;
mod frames;
mod manifest;
mod plain;
mod seal;
mod signature;
mod verify;
mod zip;

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::digest::hex;

pub use assembly::{AnyContainer, Assembly, file_name};
pub use container::Container;
pub use frames::{Frames, MEDIA_TYPE as FRAMES_TYPE, Unframer};
pub use manifest::{Conversation, File, Manifest};
pub use plain::Plain;
pub use signature::{BadKey, Signer, public_key};
pub use verify::{Part, Signed, Verdict, verify};
pub use zip::{PASSWORD_CHARS, TooWeak, Zip};

/// The manifest's name.
pub const MANIFEST: &str = "manifest.json";
/// The signature's.
pub const SIGNATURE: &str = "manifest.sig";

/// A package that is being made.
pub struct Package<C: Container> {
    container: C,
    files: Vec<File>,
    open: Option<(String, Sha256, u64)>,
}

impl<C: Container> Package<C> {
    /// An empty one.
    pub fn new(container: C) -> Self {
        Package { container, files: Vec::new(), open: None }
    }

    /// Begins a file; what is [written](Write) from now on is in it.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn begin(&mut self, name: &str) -> io::Result<()> {
        self.end()?;
        self.container.begin(name)?;
        self.open = Some((name.to_owned(), Sha256::new(), 0));
        Ok(())
    }

    /// Ends the file that was begun last.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn end(&mut self) -> io::Result<()> {
        if let Some((name, digest, bytes)) = self.open.take() {
            self.container.end()?;
            self.files.push(File { name, bytes, sha256: hex(&digest.finalize()) });
        }
        Ok(())
    }

    /// Ends the package with its manifest, signed if somebody signs.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn finish(mut self, manifest: Manifest, signer: Option<&Signer>) -> io::Result<C> {
        self.end()?;
        let manifest = Manifest { files: std::mem::take(&mut self.files), ..manifest };
        let body = serde_json::to_vec_pretty(&manifest)?;
        self.file(MANIFEST, &body)?;
        if let Some(signer) = signer {
            self.file(SIGNATURE, &serde_json::to_vec_pretty(&signer.sign(&body))?)?;
        }
        self.container.finish()?;
        Ok(self.container)
    }

    /// What it is put into.
    pub fn container(&mut self) -> &mut C {
        &mut self.container
    }

    fn file(&mut self, name: &str, body: &[u8]) -> io::Result<()> {
        self.container.begin(name)?;
        self.container.write(body)?;
        self.container.end()
    }
}

impl<C: Container> Write for Package<C> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some((_, digest, count)) = &mut self.open else {
            return Err(io::Error::other("no file was begun"));
        };
        self.container.write(bytes)?;
        digest.update(bytes);
        *count += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
