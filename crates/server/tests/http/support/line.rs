//! A line in memory between servers; it can be cut.

use std::sync::Arc;

use async_trait::async_trait;
use bedside_server::bus::wire::{Open, Voice, Wire, WireError};
use futures_util::{StreamExt as _, stream};
use tokio::sync::{broadcast, watch};

/// Whoever holds a clone is on the line.
#[derive(Clone)]
pub(crate) struct Line {
    texts: broadcast::Sender<String>,
    cut: watch::Sender<bool>,
}

impl Line {
    pub(crate) fn new() -> Self {
        Line { texts: broadcast::Sender::new(1_024), cut: watch::Sender::new(false) }
    }

    /// Ends every connection; there is none until it is mended.
    pub(crate) fn cut(&self) {
        self.cut.send_replace(true);
    }

    pub(crate) fn mend(&self) {
        self.cut.send_replace(false);
    }
}

#[async_trait]
impl Wire for Line {
    async fn open(&self) -> Result<Open, WireError> {
        self.ping().await?;
        let mut cut = self.cut.subscribe();
        let texts = stream::unfold(self.texts.subscribe(), |mut texts| async {
            let text = texts.recv().await.ok()?;
            Some((text, texts))
        });
        let ear = texts.take_until(async move {
            let _ = cut.wait_for(|cut| *cut).await;
        });
        Ok(Open { voice: Arc::new(self.clone()), ear: ear.boxed() })
    }
}

#[async_trait]
impl Voice for Line {
    async fn tell(&self, payload: &str) -> Result<(), WireError> {
        self.ping().await?;
        let _ = self.texts.send(payload.to_owned()); // Nobody may be listening.
        Ok(())
    }

    async fn ping(&self) -> Result<(), WireError> {
        if *self.cut.borrow() { Err(WireError::Other("cut")) } else { Ok(()) }
    }
}
