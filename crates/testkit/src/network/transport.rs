//! The engine's transport over the network in memory: hyper for HTTP, tungstenite for the socket.

use std::time::Duration;

use anyhow::anyhow;
use async_trait::async_trait;
use bedside_engine::transport::{Socket, Transport, TransportError, from_websocket};
use bytes::Bytes;
use http::{Request, Response, Uri, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::DuplexStream;
use tokio_tungstenite::tungstenite::Error as WsError;

use super::{LineId, Network, Turn};

const PORTAL: &str = "<!doctype html><title>Free Wi-Fi</title><p>Accept our terms to continue.";
const GATEWAY: &str = "<!doctype html><title>502</title><p>Bad gateway";

/// A client's way to the server.
#[derive(Clone)]
pub struct LineTransport {
    network: Network,
    line: LineId,
}

impl LineTransport {
    pub(super) fn new(network: Network, line: LineId) -> Self {
        LineTransport { network, line }
    }

    fn dial(&self) -> Result<DuplexStream, TransportError> {
        self.network.dial(self.line).ok_or_else(|| unreachable(anyhow!("nobody answers")))
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let io = TokioIo::new(self.dial()?);
        let (mut sender, connection) = http1::handshake(io).await.map_err(unreachable)?;
        let driving = self.network.runtime.spawn("network.http", async move {
            let _its_end_is_the_callers_to_notice = connection.await;
        });
        let answer = sender.send_request(in_origin_form(request)?).await.map_err(unreachable)?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.map_err(unreachable)?.to_bytes();
        driving.abort();
        Ok(Response::from_parts(parts, body))
    }

    async fn answer(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        if self.network.weather(self.line).portal {
            return page(200, PORTAL);
        }
        match self.network.turn(self.line) {
            Turn::Straight => self.exchange(request).await,
            Turn::Twice => {
                let _the_first_answer_goes_astray = self.exchange(request.clone()).await;
                self.exchange(request).await
            }
            Turn::AnswerLost => {
                self.exchange(request).await?;
                Err(unreachable(anyhow!("the answer was lost")))
            }
            Turn::BadGateway => page(502, GATEWAY),
            Turn::GatewayAfterwards => {
                self.exchange(request).await?;
                page(502, GATEWAY)
            }
            Turn::Late(wait) => {
                self.carry_out_later(request, wait);
                Err(unreachable(anyhow!("nobody waited for the answer")))
            }
        }
    }

    fn carry_out_later(&self, request: Request<Bytes>, wait: Duration) {
        let (way, server) = (self.clone(), self.network.server());
        self.network.lock().late += 1;
        self.network.runtime.spawn("network.late", async move {
            way.network.runtime.sleep(wait).await;
            if way.network.server() == server {
                let exchange = way.network.runtime.timeout(wait, way.exchange(request));
                let _nobody_waits_for_the_answer = exchange.await;
            }
            way.network.lock().late -= 1;
        });
    }
}

#[async_trait]
impl Transport for LineTransport {
    async fn request(
        &self,
        request: Request<Bytes>,
        silence: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        let answer = self.network.runtime.timeout(silence, self.answer(request));
        answer.await.unwrap_or(Err(TransportError::Silent))
    }

    async fn socket(&self, request: Request<()>) -> Result<Socket, TransportError> {
        let weather = self.network.weather(self.line);
        if weather.portal || weather.sockets_blocked {
            return Err(TransportError::Refused(Box::new(page(403, GATEWAY)?)));
        }
        match tokio_tungstenite::client_async(request, self.dial()?).await {
            Ok((socket, _)) => Ok(from_websocket(socket)),
            Err(WsError::Http(answer)) => {
                let answer = answer.map(|body| Bytes::from(body.unwrap_or_default()));
                Err(TransportError::Refused(Box::new(answer)))
            }
            Err(error) => Err(unreachable(error)),
        }
    }
}

/// hyper's client wants a path and a host, not a URL.
fn in_origin_form(request: Request<Bytes>) -> Result<Request<Full<Bytes>>, TransportError> {
    let (mut parts, body) = request.into_parts();
    let host = parts.uri.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let path: Uri = path.parse().map_err(unreachable)?;
    parts.uri = path;
    parts.headers.insert(header::HOST, host.parse().map_err(unreachable)?);
    Ok(Request::from_parts(parts, Full::new(body)))
}

fn page(status: u16, text: &'static str) -> Result<Response<Bytes>, TransportError> {
    let answer = Response::builder().status(status).header(header::CONTENT_TYPE, "text/html");
    answer.body(Bytes::from_static(text.as_bytes())).map_err(unreachable)
}

fn unreachable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::Unreachable(error.into())
}
