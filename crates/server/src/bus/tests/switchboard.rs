//! A wire in memory: everybody hears everybody, until it is cut for one or for all.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures_util::StreamExt as _;
use futures_util::stream;
use tokio::sync::{broadcast, watch};

use crate::bus::wire::{Open, Voice, Wire, WireError};

/// What everybody is connected to.
#[derive(Clone)]
pub(super) struct Switchboard {
    texts: broadcast::Sender<String>,
    told: Arc<Mutex<Vec<String>>>,
}

impl Switchboard {
    pub(super) fn new() -> Self {
        Switchboard { texts: broadcast::Sender::new(256), told: Arc::default() }
    }

    /// A line of one server's own.
    pub(super) fn line(&self) -> Arc<Line> {
        Arc::new(Line { board: self.clone(), state: watch::Sender::new(State::Whole) })
    }

    /// How many texts of this kind have been told since it was last asked.
    pub(super) fn told(&self, kind: &str) -> usize {
        let told = self.take_told();
        told.iter().filter(|text| text.contains(&format!(r#""kind":"{kind}""#))).count()
    }

    /// What has been told since it was last asked.
    pub(super) fn take_told(&self) -> Vec<String> {
        std::mem::take(&mut *self.told.lock().unwrap())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Whole,
    Cut,
    /// Open, and nothing gets through: as when a cable is drawn.
    Dead,
}

/// One server's line.
pub(super) struct Line {
    board: Switchboard,
    state: watch::Sender<State>,
}

impl Line {
    pub(super) fn cut(&self) {
        self.state.send_replace(State::Cut);
    }

    pub(super) fn deaden(&self) {
        self.state.send_replace(State::Dead);
    }

    pub(super) fn mend(&self) {
        self.state.send_replace(State::Whole);
    }
}

const CUT: WireError = WireError::Other("cut");

#[async_trait]
impl Wire for Line {
    async fn open(&self) -> Result<Open, WireError> {
        if *self.state.borrow() != State::Whole {
            return Err(CUT);
        }
        let state = self.state.subscribe();
        let mut ends = state.clone();
        let texts = stream::unfold(self.board.texts.subscribe(), |mut texts| async {
            let text = texts.recv().await.ok()?;
            Some((text, texts))
        });
        let listens = state.clone();
        let ear = texts.filter(move |_| std::future::ready(*listens.borrow() == State::Whole)).take_until(
            async move {
                let _ = ends.wait_for(|state| *state == State::Cut).await;
            },
        );
        let voice = Line { board: self.board.clone(), state: self.state.clone() };
        Ok(Open { voice: Arc::new(voice), ear: ear.boxed() })
    }
}

#[async_trait]
impl Voice for Line {
    async fn tell(&self, payload: &str) -> Result<(), WireError> {
        self.ping().await?;
        self.board.told.lock().unwrap().push(payload.to_owned());
        let _ = self.board.texts.send(payload.to_owned()); // Nobody may be listening.
        Ok(())
    }

    async fn ping(&self) -> Result<(), WireError> {
        let state = *self.state.borrow();
        match state {
            State::Whole => Ok(()),
            State::Cut => Err(CUT),
            State::Dead => std::future::pending().await,
        }
    }
}
