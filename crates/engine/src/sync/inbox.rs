//! What happened and waits for the driver: event frames that wait together become one, so that they are one
//! transaction.
//!
//! Never waits for more, never passes one thing by another and never looks into an event: what is merged is what the
//! server sent, in its order.

use std::collections::VecDeque;

use bedside_core::sync::{Event, SocketId};
use bedside_protocol::feed::{FeedEvent, ServerFrame};
use tokio::sync::mpsc;

use super::driver::Happened;

/// Events in one transaction, about 1 MiB; more would only delay what the person does meanwhile.
const EVENTS_MAX: usize = 4_000;
/// Things held beside the queue; beyond it the queue fills and slows the socket's reader.
const HELD_MAX: usize = 64;

/// The queue's end that the driver holds.
pub(super) struct Inbox {
    arriving: mpsc::Receiver<Happened>,
    waiting: VecDeque<Happened>,
}

impl Inbox {
    pub(super) fn new(arriving: mpsc::Receiver<Happened>) -> Self {
        Inbox { arriving, waiting: VecDeque::new() }
    }

    /// The next thing, or `None` when nothing will come any more. Cancel-safe.
    pub(super) async fn next(&mut self) -> Option<Happened> {
        if self.waiting.is_empty() {
            self.waiting.push_back(self.arriving.recv().await?);
        }
        while self.waiting.len() < HELD_MAX
            && let Ok(happened) = self.arriving.try_recv()
        {
            self.waiting.push_back(happened);
        }
        let first = self.waiting.pop_front()?;
        Some(self.with_what_follows(first))
    }

    /// Adds the events of the frames right behind it. Signs of life between them say nothing that a frame does not.
    fn with_what_follows(&mut self, first: Happened) -> Happened {
        let (socket, mut events) = match events_of(first) {
            Ok(events) => events,
            Err(other) => return *other,
        };
        while let Some(next) = self.waiting.pop_front() {
            match events_of(next) {
                Ok((same, more)) if same == socket && events.len() + more.len() <= EVENTS_MAX => {
                    events.extend(more);
                }
                Ok((other, more)) => {
                    self.waiting.push_front(frame(other, more));
                    break;
                }
                Err(other) if is_life_of(&other, socket) => {}
                Err(other) => {
                    self.waiting.push_front(*other);
                    break;
                }
            }
        }
        frame(socket, events)
    }
}

fn events_of(happened: Happened) -> Result<(SocketId, Vec<FeedEvent>), Box<Happened>> {
    match happened {
        Happened::Event(Event::Frame { socket, frame }) => match *frame {
            ServerFrame::Events { events } => Ok((socket, events)),
            other => Err(Box::new(Happened::Event(Event::Frame { socket, frame: Box::new(other) }))),
        },
        other => Err(Box::new(other)),
    }
}

fn is_life_of(happened: &Happened, socket: SocketId) -> bool {
    matches!(happened, Happened::Event(Event::Life(of)) if *of == socket)
}

fn frame(socket: SocketId, events: Vec<FeedEvent>) -> Happened {
    Happened::Event(Event::Frame { socket, frame: Box::new(ServerFrame::Events { events }) })
}

#[cfg(test)]
mod tests;
