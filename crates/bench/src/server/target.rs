//! How a client talks to each target: who connects where, what it sends, what it counts as delivered.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use bedside_protocol::feed::{ClientFrame, Hello, SendFrame, ServerFrame};
use bedside_protocol::room_socket::{RoomMessageFrame, RoomSend};
use bedside_protocol::wire::{ChatList, Login, LoginAnswer};
use bedside_protocol::{ClientId, PROTO, RoomId};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use http::Request;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

/// The demo accounts' password; it protects nothing but a temporary folder.
pub(crate) const PASSWORD: &str = "bench-password";

/// Which target, over which socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Door {
    /// The bare relay.
    Relay,
    /// The server, `/ws/feed/`.
    Account,
    /// The server, `/ws/chat/<room>/`.
    Room,
}

impl Door {
    /// In the order they are measured; the first is the limit that the others are compared with.
    pub(crate) const ALL: [Self; 3] = [Self::Relay, Self::Account, Self::Room];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Relay => "bare relay",
            Self::Account => "account socket",
            Self::Room => "room socket",
        }
    }
}

/// A target with everybody signed in.
pub(crate) struct Target {
    door: Door,
    /// Where senders connect, and where receivers do.
    addresses: [SocketAddr; 2],
    pairs: Vec<Pair>,
}

struct Pair {
    room: RoomId,
    tokens: [String; 2],
}

/// Which end of a pair.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Sender = 0,
    Receiver = 1,
}

pub(crate) type Stream = SplitStream<WebSocketStream<TcpStream>>;
pub(crate) type Sink = SplitSink<WebSocketStream<TcpStream>, Message>;

impl Target {
    /// Signs these pairs in, patient and practitioner of the same number.
    pub(crate) async fn prepare(
        door: Door,
        addresses: [SocketAddr; 2],
        numbers: impl IntoIterator<Item = u32>,
    ) -> Result<Self> {
        let (client, [address, _]) = (reqwest::Client::new(), addresses);
        let mut pairs = Vec::new();
        for number in numbers {
            pairs.push(match door {
                Door::Relay => {
                    Pair { room: RoomId(i64::from(number) + 1), tokens: [String::new(), String::new()] }
                }
                Door::Account | Door::Room => sign_in_pair(&client, address, number).await?,
            });
        }
        Ok(Target { door, addresses, pairs })
    }

    pub(crate) fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// Connects one end of a pair and waits until it would receive.
    pub(crate) async fn connect(&self, pair: usize, side: Side) -> Result<(Sink, Stream)> {
        let pair = self.pairs.get(pair).context("no such pair")?;
        let token = pair.tokens.get(side as usize).context("no such side")?;
        let path = match self.door {
            Door::Relay | Door::Room => format!("/ws/chat/{}/", pair.room),
            Door::Account => "/ws/feed/".to_owned(),
        };
        let address = *self.addresses.get(side as usize).context("no such side")?;
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let request = request(address, &path, token)?;
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await?;
        let (mut sink, mut stream) = socket.split();
        if self.door == Door::Account {
            greet(&mut sink, &mut stream).await?;
        }
        Ok((sink, stream))
    }

    /// The frame that sends this text for a pair.
    pub(crate) fn frame(&self, pair: usize, text: String) -> Result<Message> {
        let room_id = self.pairs.get(pair).context("no such pair")?.room;
        let client_id = ClientId(uuid::Uuid::now_v7());
        let json = match self.door {
            Door::Relay | Door::Room => serde_json::to_string(&RoomSend {
                message: text,
                client_id: Some(client_id),
                composed_at: None,
                urgent: false,
                reply_to: None,
            })?,
            Door::Account => serde_json::to_string(&ClientFrame::Send(SendFrame {
                client_id,
                room_id,
                message: text,
                composed_at: None,
                urgent: false,
                reply_to: None,
            }))?,
        };
        Ok(Message::text(json))
    }

    /// The frame that says that the pair's patient types.
    pub(crate) fn typing(&self, pair: usize) -> Result<Message> {
        let room_id = self.pairs.get(pair).context("no such pair")?.room;
        Ok(Message::text(serde_json::to_string(&ClientFrame::Typing { room_id, typing: true })?))
    }

    /// The texts delivered by a frame; none for acknowledgements and the like.
    pub(crate) fn delivered(&self, frame: &Message) -> Result<Vec<String>> {
        let Message::Text(json) = frame else { return Ok(Vec::new()) };
        match self.door {
            Door::Relay | Door::Room => match serde_json::from_str::<RoomMessageFrame>(json) {
                Ok(message) => Ok(vec![message.message]),
                Err(_) => bail!("unexpected frame: {json}"),
            },
            Door::Account => match serde_json::from_str(json)? {
                Told { kind: "events", events } => Ok(events.into_iter().filter_map(Event::text).collect()),
                Told { kind: "error", .. } => bail!("the server refused: {json}"),
                Told { .. } => Ok(Vec::new()),
            },
        }
    }
}

/// As much of a frame as is counted: the load must cost the same whatever it is put on.
#[derive(serde::Deserialize)]
struct Told<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(serde::Deserialize)]
struct Event {
    message: Option<Content>,
}

#[derive(serde::Deserialize)]
struct Content {
    content: String,
}

impl Event {
    fn text(self) -> Option<String> {
        self.message.map(|message| message.content)
    }
}

fn request(address: SocketAddr, path: &str, token: &str) -> Result<Request<()>> {
    let mut request = format!("ws://{address}{path}").into_client_request()?;
    if !token.is_empty() {
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse()?);
    }
    Ok(request)
}

async fn greet(sink: &mut Sink, stream: &mut Stream) -> Result<()> {
    let hello = ClientFrame::Hello(Hello { proto: PROTO, token: None, cursor: None });
    sink.send(Message::text(serde_json::to_string(&hello)?)).await?;
    while let Some(frame) = stream.next().await {
        if let Message::Text(json) = frame?
            && matches!(serde_json::from_str(&json)?, ServerFrame::Welcome { .. })
        {
            return Ok(());
        }
    }
    bail!("no welcome")
}

async fn sign_in_pair(client: &reqwest::Client, address: SocketAddr, number: u32) -> Result<Pair> {
    let (patient, practitioner) = (
        sign_in(client, address, format!("patient{number:05}")).await?,
        sign_in(client, address, format!("practitioner{number:05}")).await?,
    );
    let list: ChatList = client
        .get(format!("http://{address}/chat/"))
        .header("accept", "application/json")
        .bearer_auth(&patient.token)
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    let room = list.rooms.first().context("the pair has no room")?.room_id;
    Ok(Pair { room, tokens: [patient.token, practitioner.token] })
}

/// Signs one of the demo people in.
pub(crate) async fn sign_in(
    client: &reqwest::Client,
    address: SocketAddr,
    username: String,
) -> Result<LoginAnswer> {
    let login = Login {
        username,
        password: PASSWORD.to_owned(),
        device_name: "bench".to_owned(),
        platform: "linux".to_owned(),
        device_id: None,
    };
    let url = format!("http://{address}/accounts/login/");
    Ok(client.post(url).json(&login).send().await?.error_for_status()?.json().await?)
}
