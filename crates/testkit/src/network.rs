//! A network in memory between engines and the server, with every fault a network has.
//!
//! Each client has a line of its own. The weather of a line decides what happens to a connection or request made on
//! it; cutting and muting also strike connections that exist.

mod pipe;
mod transport;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bedside_runtime::Runtime;
use bedside_server::{App, PeerAddr};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::io::DuplexStream;

use pipe::{Fate, Strike};
pub use transport::LineTransport;

/// What lies in a pipe at most, in bytes.
const PIPE: usize = 64 * 1024;

/// What a line does to connections made on it. Chances are in per cent, per connection or request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weather {
    /// Nothing gets through.
    pub down: bool,
    /// A proxy answers WebSocket handshakes with 403.
    pub sockets_blocked: bool,
    /// A captive portal answers everything with a page of its own.
    pub portal: bool,
    /// Bytes wait up to this long.
    pub delay: Duration,
    /// A connection is cut after some bytes, in either direction.
    pub cuts: u8,
    /// A connection goes silent after some bytes, without closing.
    pub mutes: u8,
    /// A request arrives twice.
    pub duplicates: u8,
    /// The request is carried out, the answer is lost.
    pub lost_answers: u8,
    /// A proxy answers 502 with a page of its own, before or after the request has been carried out.
    pub bad_gateways: u8,
    /// The request is given up and carried out all the same, up to a minute later.
    pub late: u8,
}

/// The network. Clones are the same one.
#[derive(Clone)]
pub struct Network {
    runtime: Runtime,
    state: Arc<Mutex<State>>,
}

struct State {
    random: StdRng,
    server: Option<App>,
    /// Counts the servers: what was on its way to one does not reach the next.
    servers: u64,
    /// Requests that were given up and are on their way.
    late: usize,
    lines: BTreeMap<LineId, Line>,
}

#[derive(Default)]
struct Line {
    weather: Weather,
    connections: Vec<Strike>,
}

/// One client's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineId(pub u32);

/// What happens to one request on top of what happens to its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Straight,
    Twice,
    AnswerLost,
    BadGateway,
    GatewayAfterwards,
    Late(Duration),
}

impl Network {
    /// A network without a server.
    #[must_use]
    pub fn new(runtime: Runtime, seed: u64) -> Self {
        let state = State {
            random: StdRng::seed_from_u64(seed),
            server: None,
            servers: 0,
            late: 0,
            lines: BTreeMap::new(),
        };
        Network { runtime, state: Arc::new(Mutex::new(state)) }
    }

    /// Puts a server at the other end, or takes it away: its connections break.
    pub fn connect(&self, server: Option<App>) {
        let mut state = self.lock();
        state.server = server;
        state.servers += 1;
        state.lines.values_mut().for_each(Line::cut);
    }

    /// The transport of a client on this line.
    #[must_use]
    pub fn transport(&self, line: LineId) -> LineTransport {
        self.lock().lines.entry(line).or_default();
        LineTransport::new(self.clone(), line)
    }

    /// Sets a line's weather for what is connected from now on.
    pub fn set_weather(&self, line: LineId, weather: Weather) {
        self.lock().lines.entry(line).or_default().weather = weather;
    }

    /// Breaks every connection of a line.
    pub fn cut(&self, line: LineId) {
        self.lock().lines.entry(line).or_default().cut();
    }

    /// Lets every connection of a line go silent, without closing it.
    pub fn mute(&self, line: LineId) {
        let mut state = self.lock();
        state.lines.entry(line).or_default().connections.iter().for_each(Strike::mute);
    }

    /// Whether a request that was given up may still be carried out.
    #[must_use]
    pub fn is_anything_late(&self) -> bool {
        self.lock().late > 0
    }

    fn weather(&self, line: LineId) -> Weather {
        self.lock().lines.get(&line).map(|line| line.weather).unwrap_or_default()
    }

    /// A new connection to the server through a faulty pipe; `None` if nobody answers.
    fn dial(&self, line: LineId) -> Option<DuplexStream> {
        let mut state = self.lock();
        let server = state.server.clone()?;
        let weather = state.lines.get(&line).map(|line| line.weather).unwrap_or_default();
        if weather.down {
            return None;
        }
        let fate = draw_fate(&mut state.random, weather);
        let strike = Strike::default();
        let held = state.lines.entry(line).or_default();
        held.connections.retain(|strike| !strike.is_over());
        held.connections.push(strike.clone());
        drop(state);
        Some(self.lay(server, fate, strike))
    }

    fn lay(&self, server: App, fate: Fate, strike: Strike) -> DuplexStream {
        let (client, client_end) = tokio::io::duplex(PIPE);
        let (server_end, io) = tokio::io::duplex(PIPE);
        self.runtime
            .spawn("network.pipe", pipe::run(self.runtime.clone(), client_end, server_end, fate, strike));
        let peer = PeerAddr(SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000)));
        let served = server.clone();
        server.runtime().spawn("network.serve", async move { served.serve_connection(io, peer).await });
        client
    }

    /// Which of its servers it has now.
    fn server(&self) -> u64 {
        self.lock().servers
    }

    fn turn(&self, line: LineId) -> Turn {
        let weather = self.weather(line);
        let mut state = self.lock();
        let mut happens = |chance: u8| state.random.random_range(0..100) < chance;
        if happens(weather.duplicates) {
            Turn::Twice
        } else if happens(weather.lost_answers) {
            Turn::AnswerLost
        } else if happens(weather.bad_gateways) {
            if happens(50) { Turn::BadGateway } else { Turn::GatewayAfterwards }
        } else if happens(weather.late) {
            Turn::Late(Duration::from_millis(state.random.random_range(1..60_000)))
        } else {
            Turn::Straight
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    fn cut(&mut self) {
        self.connections.drain(..).for_each(|strike| strike.cut());
    }
}

fn draw_fate(random: &mut StdRng, weather: Weather) -> Fate {
    let mut after = |chance: u8| {
        let happens = random.random_range(0..100) < chance;
        happens.then(|| random.random_range(1..6_000))
    };
    Fate { cut_after: after(weather.cuts), mute_after: after(weather.mutes), delay: weather.delay }
}
