//! All clients of one server: both ends of many pairs, each with an account of its own.

use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use bedside_protocol::wire::{ChatList, SendMessage};
use bedside_protocol::{ClientId, RoomId};
use bedside_runtime::Runtime;
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::client::{Client, Identity, Line, Told};
use super::network::Network;
use crate::scale::progress;
use crate::server::target::sign_in;

/// Sign-ins and sends of the benchmark's own under way at once.
const AT_ONCE: usize = 4;
/// Longest wait for all clients.
const PATIENCE: Duration = Duration::from_secs(300);

/// Running clients.
pub(super) struct Crowd {
    pub(super) network: Arc<Network>,
    told: mpsc::UnboundedReceiver<Told>,
    people: Vec<Person>,
    _running: JoinSet<()>,
}

struct Person {
    token: Arc<str>,
    room: RoomId,
}

impl Crowd {
    /// Signs so many people in and connects them; returns when all are.
    pub(super) async fn gather(address: SocketAddr, clients: u32) -> Result<Self> {
        progress(&format!("{clients} clients sign in"));
        let http = reqwest::Client::new();
        let signing_in = (0..clients).map(|number| signed_in(&http, address, number));
        let signed: Vec<_> = stream::iter(signing_in).buffered(AT_ONCE).try_collect().await?;
        let (runtime, network) = (Runtime::system(), Arc::new(Network::to(address)?));
        let (tell, told) = mpsc::unbounded_channel();
        let (mut running, mut people) = (JoinSet::new(), Vec::new());
        for (number, (account, person)) in signed.into_iter().enumerate() {
            let identity = Identity { number, account, token: Arc::clone(&person.token) };
            running.spawn(Client::run(identity, runtime.clone(), Arc::clone(&network), tell.clone()));
            people.push(person);
        }
        let mut crowd = Crowd { network, told, people, _running: running };
        crowd.until_here().await?;
        Ok(crowd)
    }

    /// Waits until every client that was here when this was last asked has gone and come back.
    pub(super) async fn until_back(&mut self) -> Result<Return> {
        let mut back = Return { clients: vec![Place::Here; self.people.len()], ..Return::default() };
        self.until(|told| back.take(told)).await?;
        Ok(back)
    }

    async fn until_here(&mut self) -> Result<()> {
        let mut back = Return { clients: vec![Place::Gone; self.people.len()], ..Return::default() };
        self.until(|told| back.take(told)).await
    }

    /// Listens until told to stop.
    async fn until(&mut self, mut take: impl FnMut(Told) -> ControlFlow<()>) -> Result<()> {
        let listening = async {
            loop {
                let told = self.told.recv().await.context("the clients are gone")?;
                if take(told).is_break() {
                    return anyhow::Ok(());
                }
            }
        };
        let listened = tokio::time::timeout(PATIENCE, listening).await;
        listened.with_context(|| format!("not all clients are back after {PATIENCE:?}"))?
    }

    /// One of each pair writes a message by another server; how many clients are to receive one.
    pub(super) async fn one_of_each_pair_writes(&self, address: SocketAddr) -> Result<u64> {
        let http = reqwest::Client::new();
        let writing = self.people.iter().step_by(2).map(|person| write(&http, address, person));
        stream::iter(writing).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        Ok(self.people.len() as u64)
    }
}

/// Where a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Connected as before.
    Here,
    Gone,
    Back {
        at: Instant,
        line: Line,
    },
}

/// What became of all clients since they were here.
#[derive(Debug, Default)]
pub(super) struct Return {
    pub(super) clients: Vec<Place>,
    /// Messages they have received.
    pub(super) messages: u64,
    /// How often one that was back has gone again.
    pub(super) again: u32,
}

impl Return {
    /// Takes in what a client tells; breaks once all are back.
    fn take(&mut self, told: Told) -> ControlFlow<()> {
        self.messages += told.messages;
        let Some(place) = self.clients.get_mut(told.client) else { return ControlFlow::Continue(()) };
        *place = match (*place, told.line) {
            (Place::Back { .. }, Line::Down) => {
                self.again += 1;
                Place::Gone
            }
            (_, Line::Down) => Place::Gone,
            (Place::Gone, line) => Place::Back { at: told.at, line },
            (as_it_was, _) => as_it_was,
        };
        let all = self.clients.iter().all(|place| matches!(place, Place::Back { .. }));
        if all { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

async fn signed_in(
    http: &reqwest::Client,
    address: SocketAddr,
    number: u32,
) -> Result<(bedside_protocol::AccountId, Person)> {
    let role = if number.is_multiple_of(2) { "patient" } else { "practitioner" };
    let answer = sign_in(http, address, format!("{role}{:05}", number / 2)).await?;
    let list = http.get(format!("http://{address}/chat/")).header("accept", "application/json");
    let list: ChatList = list.bearer_auth(&answer.token).send().await?.error_for_status()?.json().await?;
    let room = list.rooms.first().context("the pair has no room")?.room_id;
    Ok((answer.account.person.account_id, Person { token: answer.token.into(), room }))
}

async fn write(http: &reqwest::Client, address: SocketAddr, person: &Person) -> Result<()> {
    let message = SendMessage {
        room_id: person.room,
        message: "Written while you were away.".to_owned(),
        client_id: Some(ClientId(uuid::Uuid::now_v7())),
        composed_at: None,
        urgent: false,
        reply_to: None,
    };
    let url = format!("http://{address}/chat/send-message/");
    http.post(url).bearer_auth(&person.token).json(&message).send().await?.error_for_status()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(client: usize, line: Line) -> Told {
        Told { client, at: Instant::now(), line, messages: 1 }
    }

    #[test]
    fn back_is_who_was_gone_and_all_have_to_be() {
        let mut back = Return { clients: vec![Place::Here; 2], ..Return::default() };
        assert!(back.take(told(0, Line::Socket)).is_continue());
        assert_eq!(back.clients[0], Place::Here);
        assert!(back.take(told(0, Line::Down)).is_continue());
        assert!(back.take(told(1, Line::Down)).is_continue());
        assert!(back.take(told(0, Line::Socket)).is_continue());
        assert!(back.take(told(0, Line::Down)).is_continue());
        assert!(back.take(told(1, Line::Polling)).is_continue());
        assert!(back.take(told(0, Line::Socket)).is_break());
        assert_eq!((back.again, back.messages), (1, 7));
    }
}
