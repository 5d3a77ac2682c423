//! No container at all: the first file as it is, and nothing that speaks of it.

use std::io::{self, Write};

use super::container::Container;

/// Writes the first file and leaves out all others.
pub struct Plain<W: Write> {
    out: W,
    begun: u32,
}

impl<W: Write> Plain<W> {
    /// To be written to this.
    pub fn new(out: W) -> Self {
        Plain { out, begun: 0 }
    }
}

impl<W: Write> Container for Plain<W> {
    fn begin(&mut self, _: &str) -> io::Result<()> {
        self.begun += 1;
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.begun == 1 { self.out.write_all(bytes) } else { Ok(()) }
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
