//! Commands that arrive on a socket, and their answers.

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::{ClientId, ErrorCode, RoomId, RoomSeq, close};

use super::{Done, Driver, Finish};
use crate::doors;
use crate::failure::Failure;
use crate::live::link::Arrived;
use crate::live::{Dialect, Heard};
use crate::rate::Rate;
use crate::store::{Actor, FlagsCommand, ReadCommand};

/// Frames refused one after the other before the socket is closed: nobody who reads the answers gets there.
const REFUSALS_MAX: u32 = 100;

impl<D: Dialect> Driver<D> {
    pub(super) async fn arrived(&mut self, arrived: Arrived) -> Result<(), Finish> {
        self.heard_at = self.state.runtime.monotonic();
        match arrived {
            Arrived::Text(text) => self.hear(&text).await,
            Arrived::Life => Ok(()),
            Arrived::Binary => self.fail(ErrorCode::BadRequest.into(), None).await,
            Arrived::TooLarge => Err(Finish::Close(close::TOO_LARGE, Some(ErrorCode::TooLarge))),
            Arrived::Closed => Err(Finish::Gone),
        }
    }

    async fn hear(&mut self, text: &Utf8Bytes) -> Result<(), Finish> {
        let actor = self.actor();
        if let Err(failure) = self.state.rates.take(Rate::Account(actor.account_id)) {
            return self.fail(failure, client_id_of(text)).await;
        }
        match self.dialect.hear(text.as_str()) {
            Heard::Send(draft) => self.send(actor, draft).await,
            Heard::Change(wish) => self.change(actor, wish).await,
            Heard::Read { room_id, up_to } => {
                self.read(actor, room_id, up_to).await;
                Ok(())
            }
            Heard::Delivered { room_id, up_to } => {
                self.delivered(actor, room_id, up_to).await;
                Ok(())
            }
            Heard::Flags { room_id, wish } => {
                self.taken();
                let command = FlagsCommand { room_id, wish, now: self.state.runtime.now() };
                let pending = self.state.commands.set_flags(actor, command).await;
                self.in_flight.push(Box::pin(async move {
                    let outcome = pending.outcome().await.map_err(Failure::from);
                    Done::Flagged(outcome.and_then(doors::flagged).map(|_| ()))
                }));
                Ok(())
            }
            Heard::Typing { room_id, typing } => {
                self.types(room_id, typing);
                Ok(())
            }
            Heard::Reply(frame) => {
                self.refused_in_a_row = 0;
                Ok(self.link.put(frame).await?)
            }
            Heard::Unreadable => self.fail(ErrorCode::BadRequest.into(), client_id_of(text)).await,
        }
    }

    async fn send(&mut self, actor: Actor, draft: doors::Draft) -> Result<(), Finish> {
        let client_id = draft.client_id;
        let command = match doors::send_command(&self.state, actor, draft) {
            Ok(command) => command,
            Err(failure) => return self.fail(failure, client_id).await,
        };
        self.taken();
        let client_id = command.client_id;
        let pending = self.state.commands.send(actor, command).await;
        self.in_flight.push(Box::pin(async move {
            let outcome = pending.outcome().await.map_err(Failure::from);
            Done::Sent(client_id, outcome.and_then(doors::sent))
        }));
        Ok(())
    }

    async fn read(&mut self, actor: Actor, room_id: RoomId, up_to: RoomSeq) {
        self.taken();
        let command = ReadCommand { room_id, up_to, now: self.state.runtime.now() };
        let pending = self.state.commands.mark_read(actor, command).await;
        self.in_flight.push(Box::pin(async move {
            let outcome = pending.outcome().await.map_err(Failure::from);
            Done::Marked(outcome.and_then(doors::marked).map(|_| ()))
        }));
    }

    async fn delivered(&mut self, actor: Actor, room_id: RoomId, up_to: RoomSeq) {
        self.taken();
        let command = ReadCommand { room_id, up_to, now: self.state.runtime.now() };
        let pending = self.state.commands.mark_delivered(actor, command).await;
        self.in_flight.push(Box::pin(async move {
            let outcome = pending.outcome().await.map_err(Failure::from);
            Done::Marked(outcome.and_then(|delivered| doors::marked(delivered.0)).map(|_| ()))
        }));
    }

    async fn change(&mut self, actor: Actor, wish: doors::Wish) -> Result<(), Finish> {
        let client_id = wish.client_id;
        let command = match doors::change_command(&self.state, actor, wish) {
            Ok(command) => command,
            Err(failure) => return self.fail(failure, client_id).await,
        };
        self.taken();
        let client_id = command.client_id;
        let pending = self.state.commands.change(actor, command).await;
        self.in_flight.push(Box::pin(async move {
            let outcome = pending.outcome().await.map_err(Failure::from);
            Done::Changed(client_id, outcome.and_then(doors::changed))
        }));
        Ok(())
    }

    pub(super) async fn answer(&mut self, done: Done) -> Result<(), Finish> {
        let frame = match done {
            Done::Sent(client_id, Ok(message)) => self.dialect.sent(client_id, message),
            Done::Sent(client_id, Err(Failure(problem))) => {
                Some(self.dialect.failed(problem, Some(client_id)))
            }
            Done::Changed(client_id, Ok(message)) => self.dialect.changed(client_id, message),
            Done::Changed(client_id, Err(Failure(problem))) => {
                Some(self.dialect.failed(problem, Some(client_id)))
            }
            Done::Marked(Err(Failure(problem))) | Done::Flagged(Err(Failure(problem))) => {
                Some(self.dialect.failed(problem, None))
            }
            Done::Marked(Ok(())) | Done::Flagged(Ok(())) => None,
            Done::Typist(typist) => {
                self.typist_found(typist);
                None
            }
            Done::Company(found) => return self.company_found(found).await,
        };
        self.put(frame).await
    }

    /// A command was taken on.
    fn taken(&mut self) {
        self.used = true;
        self.refused_in_a_row = 0;
    }

    async fn fail(&mut self, Failure(problem): Failure, client_id: Option<ClientId>) -> Result<(), Finish> {
        self.refused_in_a_row += 1;
        if self.refused_in_a_row >= REFUSALS_MAX {
            return Err(Finish::Close(close::TOO_SLOW, Some(ErrorCode::RateLimited)));
        }
        let frame = self.dialect.failed(problem, client_id);
        self.put(Some(frame)).await
    }
}

/// The command's id even in a frame that is refused, so that its sender knows which.
fn client_id_of(text: &Utf8Bytes) -> Option<ClientId> {
    #[derive(serde::Deserialize)]
    struct Id {
        client_id: ClientId,
    }
    serde_json::from_str::<Id>(text.as_str()).ok().map(|id| id.client_id)
}
