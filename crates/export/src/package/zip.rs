//! A ZIP, written in one go: nothing in it has a time or a right, and its end seals it.

use std::io::{self, Write};

use zeroize::Zeroizing;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{AesMode, CompressionMethod, ZipWriter};

use super::container::Container;
use super::seal::{self, Sealed};

/// The shortest password that is taken.
pub const PASSWORD_CHARS: usize = 10;

/// A password that would protect nothing.
#[derive(Debug, thiserror::Error)]
#[error("a password has at least {PASSWORD_CHARS} characters")]
pub struct TooWeak;

/// A ZIP in the making.
pub struct Zip<W: Write> {
    state: State<W>,
    password: Option<Zeroizing<String>>,
}

enum State<W: Write> {
    Open(Box<ZipWriter<StreamWriter<Sealed<W>>>>),
    Finished(Sealed<W>),
    Broken,
}

impl<W: Write> Zip<W> {
    /// An empty one that anybody can open.
    pub fn new(out: W) -> Self {
        let state = State::Open(Box::new(ZipWriter::new_stream(Sealed::new(out))));
        Zip { state, password: None }
    }

    /// An empty one whose files are encrypted (AES-256, as WinZip and 7-Zip read it). Their names and sizes are not.
    ///
    /// # Errors
    /// When the password is too short.
    pub fn encrypted(out: W, password: &str) -> Result<Self, TooWeak> {
        if password.chars().count() < PASSWORD_CHARS {
            return Err(TooWeak);
        }
        Ok(Zip { password: Some(Zeroizing::new(password.to_owned())), ..Self::new(out) })
    }

    /// What it was written to, once it is finished.
    pub fn out(&mut self) -> Option<&mut W> {
        match &mut self.state {
            State::Finished(sealed) => Some(sealed.inner()),
            State::Open(_) | State::Broken => None,
        }
    }

    fn open(&mut self) -> io::Result<&mut ZipWriter<StreamWriter<Sealed<W>>>> {
        match &mut self.state {
            State::Open(writer) => Ok(writer),
            State::Finished(_) | State::Broken => Err(io::Error::other("the archive is closed")),
        }
    }
}

impl<W: Write> Container for Zip<W> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        let password = self.password.clone();
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let writer = self.open()?;
        match &password {
            Some(password) => {
                writer.start_file(name, options.with_aes_encryption(AesMode::Aes256, password))?
            }
            None => writer.start_file(name, options)?,
        }
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.open()?.write_all(bytes)
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let State::Open(mut writer) = std::mem::replace(&mut self.state, State::Broken) else {
            return Err(io::Error::other("the archive is closed"));
        };
        writer.set_comment(seal::comment())?;
        let mut sealed = writer.finish()?.into_inner();
        sealed.seal()?;
        self.state = State::Finished(sealed);
        Ok(())
    }
}
