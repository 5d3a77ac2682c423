//! Files one after another over a line: a byte says what comes, four bytes how long it is, then it comes.

use std::io::{self, Write};

use super::container::Container;

/// The media type.
pub const MEDIA_TYPE: &str = "application/vnd.bedside.files";

const BEGIN: u8 = b'F';
const DATA: u8 = b'D';
const END: u8 = b'E';
const LAST: u8 = b'Z';
/// No piece is longer.
const PIECE: usize = 1024 * 1024;

/// Writes them.
pub struct Frames<W: Write>(W);

impl<W: Write> Frames<W> {
    /// To be written to this.
    pub fn new(out: W) -> Self {
        Frames(out)
    }

    fn frame(&mut self, kind: u8, body: &[u8]) -> io::Result<()> {
        let length = u32::try_from(body.len()).map_err(io::Error::other)?;
        self.0.write_all(&[kind])?;
        self.0.write_all(&length.to_be_bytes())?;
        self.0.write_all(body)
    }
}

impl<W: Write> Container for Frames<W> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.frame(BEGIN, name.as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        bytes.chunks(PIECE).try_for_each(|piece| self.frame(DATA, piece))
    }

    fn end(&mut self) -> io::Result<()> {
        self.frame(END, &[])
    }

    fn finish(&mut self) -> io::Result<()> {
        self.frame(LAST, &[])?;
        self.0.flush()
    }
}

/// Puts what arrives into another container, piece by piece.
#[derive(Default)]
pub struct Unframer {
    held: Vec<u8>,
    whole: bool,
}

impl Unframer {
    /// More has arrived.
    ///
    /// # Errors
    /// Whatever the container gives, and what is not such a line.
    pub fn take(&mut self, bytes: &[u8], into: &mut impl Container) -> io::Result<()> {
        self.held.extend_from_slice(bytes);
        let mut from = 0;
        while let Some((kind, body)) = next(self.held.get(from..).unwrap_or_default())? {
            self.whole = kind == LAST;
            from += 5 + body.len();
            put(kind, body, into)?;
        }
        self.held.drain(..from);
        Ok(())
    }

    /// Whether everything has arrived.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole && self.held.is_empty()
    }
}

fn put(kind: u8, body: &[u8], into: &mut impl Container) -> io::Result<()> {
    match kind {
        BEGIN => into.begin(std::str::from_utf8(body).map_err(io::Error::other)?),
        DATA => into.write(body),
        END => into.end(),
        LAST => into.finish(),
        _ => Err(io::Error::other("an unknown frame")),
    }
}

/// The first whole frame.
fn next(held: &[u8]) -> io::Result<Option<(u8, &[u8])>> {
    let Some(([kind, length @ ..], rest)) = held.split_first_chunk::<5>() else { return Ok(None) };
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(io::Error::other)?;
    if length > PIECE {
        return Err(io::Error::other("a frame is too long"));
    }
    Ok(rest.get(..length).map(|body| (*kind, body)))
}
