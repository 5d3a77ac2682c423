//! Conversations from the server: complete, and signed where they are packed.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use bedside_export::package::{AnyContainer, Unframer};
use futures_util::StreamExt;

use super::Order;
use super::job::Broken;
use crate::transport::api::Api;

/// What the bytes of the answer go into.
enum Into {
    /// A file as it is.
    File(BufWriter<File>),
    /// A container of our own.
    Package(Box<(Unframer, AnyContainer)>),
}

/// Writes what the server sends; `came` is told how much that was.
pub(super) async fn fetch(
    api: &Api,
    order: &Order,
    place: Out,
    runtime: &bedside_runtime::Runtime,
    came: impl Fn(u64) + Send,
) -> Result<(), Broken> {
    let mut answer = api.export(&order.path()).await?;
    let mut into = match place {
        Out::File(file) => Into::File(file),
        Out::Package(container) => Into::Package(Box::new((Unframer::default(), container))),
    };
    let mut bytes = 0;
    while let Some(piece) = answer.next().await {
        let piece = piece?;
        bytes += piece.len() as u64;
        into = runtime.blocking(move || into.take(&piece)).await?;
        came(bytes);
    }
    runtime.blocking(move || into.finish()).await.map_err(Broken::Disk)
}

/// Where to.
pub(super) enum Out {
    /// A file by itself.
    File(BufWriter<File>),
    /// A package.
    Package(AnyContainer),
}

impl Into {
    fn take(mut self, piece: &[u8]) -> Result<Self, Broken> {
        match &mut self {
            Self::File(file) => file.write_all(piece).map_err(Broken::Disk)?,
            Self::Package(held) => {
                let (unframer, container) = &mut **held;
                unframer.take(piece, container).map_err(Broken::Disk)?;
            }
        }
        Ok(self)
    }

    fn finish(mut self) -> io::Result<()> {
        match &mut self {
            Self::File(file) => file.flush(),
            Self::Package(held) if held.0.is_whole() => Ok(()),
            Self::Package(_) => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
        }
    }
}
