//! What files are put into, one after another.

use std::io;

/// Takes files: [`begin`](Self::begin), pieces, [`end`](Self::end), and [`finish`](Self::finish) after the last.
pub trait Container {
    /// A file begins.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn begin(&mut self, name: &str) -> io::Result<()>;
    /// More of it.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// It ends.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn end(&mut self) -> io::Result<()>;
    /// There is no other.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn finish(&mut self) -> io::Result<()>;
}

impl<C: Container + ?Sized> Container for Box<C> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        (**self).begin(name)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        (**self).write(bytes)
    }

    fn end(&mut self) -> io::Result<()> {
        (**self).end()
    }

    fn finish(&mut self) -> io::Result<()> {
        (**self).finish()
    }
}
