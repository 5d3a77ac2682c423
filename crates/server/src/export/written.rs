//! Reads pages from the store and writes them, one piece of the answer at a time.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use bedside_export::Words;
use bedside_export::model::{Head, Source};
use bedside_export::package::{AnyContainer, Assembly, Frames, Plain, Signer, Zip};
use bedside_protocol::{RoomSeq, Timestamp, limits};
use bytes::Bytes;
use futures_util::{Stream, stream};

use super::pipe::Pipe;
use super::wish::{Packaging, Wish};
use crate::app::AppState;
use crate::store::{Actor, ExportStart, StoreError};

/// Conversations that are being written.
pub(crate) struct Written {
    state: Arc<AppState>,
    actor: Actor,
    wish: Wish,
    rooms: VecDeque<ExportStart>,
    made_at: Timestamp,
    signer: Option<Signer>,
    pipe: Pipe,
    assembly: Option<Assembly>,
    current: Option<Stretch>,
}

/// What is left of a conversation: what comes after one place, up to another, which was the last when it began.
struct Stretch {
    room: bedside_protocol::RoomId,
    after: RoomSeq,
    last: RoomSeq,
}

impl Written {
    pub(crate) fn new(
        state: Arc<AppState>,
        actor: Actor,
        rooms: Vec<ExportStart>,
        wish: Wish,
        signer: Option<Signer>,
    ) -> Self {
        let (pipe, made_at) = (Pipe::default(), state.runtime.now());
        let container: AnyContainer = match wish.packaging {
            Packaging::Plain => Box::new(Plain::new(pipe.clone())),
            Packaging::Zip => Box::new(Zip::new(pipe.clone())),
            Packaging::Frames => Box::new(Frames::new(pipe.clone())),
        };
        let words = Words::new(wish.language, &wish.time_zone);
        let assembly = Some(Assembly::new(container, wish.format, words));
        Written { state, actor, wish, rooms: rooms.into(), made_at, signer, pipe, assembly, current: None }
    }

    /// The bytes as they come. A failure ends them early, which the reader sees: the answer is not whole.
    pub(crate) fn bytes(self) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        stream::try_unfold(self, |mut written| async move {
            while written.assembly.is_some() {
                written.step().await?;
                if let Some(bytes) = written.pipe.take() {
                    return Ok::<_, io::Error>(Some((bytes, written)));
                }
            }
            Ok(None)
        })
    }

    async fn step(&mut self) -> io::Result<()> {
        if let Some(stretch) = self.current.take_if(|stretch| stretch.after < stretch.last) {
            return self.page(stretch).await;
        }
        match self.rooms.pop_front() {
            Some(start) => self.begin(start),
            None => self.finish().await,
        }
    }

    fn begin(&mut self, start: ExportStart) -> io::Result<()> {
        let room = start.room.room_id;
        self.current = Some(Stretch { room, after: RoomSeq(0), last: start.room.last_seq });
        let head = head(start, &self.wish, self.made_at);
        self.assembly.as_mut().map_or(Ok(()), |assembly| assembly.begin(head))
    }

    /// Writes the next page of a stretch, off the async threads: some formats take their time.
    async fn page(&mut self, stretch: Stretch) -> io::Result<()> {
        let page =
            self.state.store.export_page(self.actor, stretch.room, stretch.after, limits::PAGE_MAX).await;
        let page = page.map_err(failed)?.ok_or_else(|| io::Error::other("no longer readable"))?;
        let after = page.last().map_or(stretch.last, |message| message.room_seq);
        let last = stretch.last;
        self.current = Some(Stretch { after, ..stretch });
        let Some(mut assembly) = self.assembly.take() else { return Ok(()) };
        let written = self.state.runtime.blocking(move || {
            let upto = page.iter().filter(|message| message.room_seq <= last);
            upto.into_iter().try_for_each(|message| assembly.message(message)).map(|()| assembly)
        });
        self.assembly = Some(written.await?);
        Ok(())
    }

    async fn finish(&mut self) -> io::Result<()> {
        let (assembly, signer) = (self.assembly.take(), self.signer.take());
        let Some(assembly) = assembly else { return Ok(()) };
        self.state.runtime.blocking(move || assembly.finish(signer.as_ref())).await.map(drop)
    }
}

fn failed(error: StoreError) -> io::Error {
    tracing::error!(error = %error, "an export could not be finished");
    io::Error::other("the store failed")
}

fn head(start: ExportStart, wish: &Wish, now: Timestamp) -> Head {
    let ExportStart { account, room, clinic } = start;
    let mut people = vec![(&account.person).into(), (&room.other).into()];
    people.sort_by_key(|person: &bedside_export::model::Person| person.account_id);
    Head {
        room_id: room.room_id,
        clinic: clinic.name,
        server: wish.server.clone(),
        people,
        made_for: account.person.account_id,
        made_at: now,
        source: Source::Server,
        time_zone: wish.time_zone.clone(),
        from: wish.from,
        until: wish.until,
        missing: Vec::new(),
    }
}
