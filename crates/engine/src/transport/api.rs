//! The server's HTTP API as the engine uses it: calls into requests, answers out of bodies.
//!
//! An answer is ours if it is the JSON we expect or a problem document with a code; anything else (a captive
//! portal's page, a proxy's error) is as good as none.

use std::sync::Arc;
use std::time::Duration;

use bedside_core::sync::{Answer, Call, Failure, Range, Refusal, SocketEnd};
use bedside_protocol::search::Author;
use bedside_protocol::wire::{
    AddQuickReply, ChangeAnswer, ChangeContact, EditQuickReply, ExportKey, FlagsWish, Health, Login,
    LoginAnswer, MarkDelivered, MarkNotifications, MarkRead, MessageReceipts, MessageVersions, Notifications,
    OpenRoom, OrderQuickReplies, Outreach, OutreachWishes, People, Preferences, QuickReplies, ReadAnswer,
    Room, RoomAnswer, SearchAnswer, SendAnswer,
};
use bedside_protocol::{
    AccountId, ErrorCode, MessageId, NotificationId, Problem, QuickReplyId, RoomId, limits,
};
use bytes::Bytes;
use futures_util::StreamExt;
use http::{Method, Request, Response, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::live::ServerSearch;

use super::{Pieces, ServerAddress, Socket, Transport, TransportError};

/// Longest silence before and within an answer, beyond what a call itself may wait.
const ANSWER_DUE: Duration = Duration::from_secs(30);

const QUICK_REPLIES: &str = "/chat/quick-replies/";
const DRAFTS: &str = "/chat/drafts/";

/// A server, and the session to use there.
#[derive(Clone)]
pub(crate) struct Api {
    transport: Arc<dyn Transport>,
    server: ServerAddress,
    token: Option<SecretString>,
}

/// Why a call outside of synchronisation failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// No answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// Something answered that is not our server.
    #[error("not our server's answer")]
    NotOurs,
    /// Our server refused.
    #[error("refused: {:?}", .0.code)]
    Refused(Box<Problem>),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Refused(problem) => Failure::Refused(Refusal::from(&*problem)),
            ApiError::Transport(_) | ApiError::NotOurs => Failure::Unknown,
        }
    }
}

impl Api {
    pub(crate) fn new(transport: Arc<dyn Transport>, server: ServerAddress) -> Self {
        Api { transport, server, token: None }
    }

    pub(crate) fn with_token(mut self, token: SecretString) -> Self {
        self.token = Some(token);
        self
    }

    /// Makes a call of the sync machine.
    pub(crate) async fn call(&self, call: Call) -> Result<Answer, ApiError> {
        match call {
            Call::Feed { after, wait } => {
                let path = format!(
                    "/chat/feed/?epoch={}&after={}&wait={}&limit={}",
                    query_value(after.epoch.as_str()),
                    after.feed_seq,
                    wait.as_secs(),
                    limits::FEED_PAGE_MAX
                );
                self.get(&path, wait).await.map(Answer::Feed)
            }
            Call::ChatList { after_room } => {
                let after = after_room.map(|room| format!("&after_room={room}")).unwrap_or_default();
                let path = format!("/chat/?limit={}{after}", limits::PAGE_MAX);
                self.get(&path, Duration::ZERO).await.map(Answer::ChatList)
            }
            Call::Room(room_id) => {
                let answer: RoomAnswer = self.get(&format!("/chat/room/{room_id}/"), Duration::ZERO).await?;
                Ok(Answer::Room(Box::new(answer.room)))
            }
            Call::People => {
                let people: People = self.get("/chat/people/", Duration::ZERO).await?;
                Ok(Answer::People(people.people))
            }
            Call::Clinic => self.get("/chat/clinic/", Duration::ZERO).await.map(Answer::Clinic),
            Call::QuickReplies => {
                let told: QuickReplies = self.get(QUICK_REPLIES, Duration::ZERO).await?;
                Ok(Answer::QuickReplies(told.replies))
            }
            Call::Drafts { after_room } => {
                let after = after_room.map(|room| format!("?after_room={room}")).unwrap_or_default();
                self.get(&format!("{DRAFTS}{after}"), Duration::ZERO).await.map(Answer::Drafts)
            }
            Call::PutDraft { room_id, put } => {
                let answer = self.put(&format!("/chat/room/{room_id}/draft/"), &put).await?;
                Ok(Answer::Draft(Some(Box::new(answer))))
            }
            Call::WithdrawDrafts => self.delete(DRAFTS).await.map(Answer::Drafts),
            Call::Messages { room_id, range, limit } => {
                let range = match range {
                    Range::Before(seq) => format!("before={seq}"),
                    Range::ChangedAfter(rev) => format!("changed_after={rev}"),
                };
                let path = format!("/chat/messages/{room_id}/?{range}&limit={limit}");
                self.get(&path, Duration::ZERO).await.map(Answer::Messages)
            }
            Call::Send(body) => {
                let answer: SendAnswer = self.post("/chat/send-message/", &body).await?;
                Ok(Answer::Sent(Box::new(answer.message)))
            }
            Call::Change { room_id, message_id, body } => {
                let path = format!("/chat/messages/{room_id}/{message_id}/");
                let answer: ChangeAnswer = self.post(&path, &body).await?;
                Ok(Answer::Changed(Box::new(answer.message)))
            }
            Call::Read { room_id, up_to } => {
                let path = format!("/chat/room/{room_id}/read/");
                let answer: ReadAnswer = self.post(&path, &MarkRead { up_to }).await?;
                Ok(Answer::Read(answer.read_mark))
            }
            Call::Flags { room_id, set, number } => {
                let wish = FlagsWish { set, number: Some(number) };
                let answer: RoomAnswer = self.post(&format!("/chat/room/{room_id}/flags/"), &wish).await?;
                Ok(Answer::Flags(answer.room.flags))
            }
            Call::Delivered { room_id, up_to } => {
                let path = format!("/chat/room/{room_id}/delivered/");
                let answer: ReadAnswer = self.post(&path, &MarkDelivered { up_to }).await?;
                Ok(Answer::Read(answer.read_mark))
            }
        }
    }

    /// Opens the feed socket.
    pub(crate) async fn socket(&self) -> Result<Socket, SocketEnd> {
        let url = self.server.ws("/ws/feed/");
        let request = socket_request(&url, self.token.as_ref()).map_err(|_| SocketEnd::Lost)?;
        self.transport.socket(request).await.map_err(|error| match error {
            TransportError::Refused(answer) => refused_socket(&answer),
            _ => SocketEnd::Lost,
        })
    }

    /// Asks whether this is a Bedside server.
    pub(crate) async fn health(&self) -> Result<Health, ApiError> {
        let health: Health = self.get("/healthz", Duration::ZERO).await?;
        if health.status == "ok" { Ok(health) } else { Err(ApiError::NotOurs) }
    }

    pub(crate) async fn sign_in(&self, login: &Login) -> Result<LoginAnswer, ApiError> {
        self.post("/accounts/login/", login).await
    }

    /// Ends the session at the server.
    pub(crate) async fn sign_out(&self) -> Result<(), ApiError> {
        let body = Bytes::from_static(b"{}");
        self.exchange(Method::POST, "/accounts/logout/", body, Duration::ZERO).await.map(drop)
    }

    pub(crate) async fn open_room(&self, account_id: AccountId) -> Result<Room, ApiError> {
        let answer: RoomAnswer = self.post("/chat/rooms/", &OpenRoom { account_id }).await?;
        Ok(answer.room)
    }

    pub(crate) async fn versions(
        &self,
        room_id: RoomId,
        message_id: MessageId,
    ) -> Result<MessageVersions, ApiError> {
        self.get(&format!("/chat/messages/{room_id}/{message_id}/versions/"), Duration::ZERO).await
    }

    pub(crate) async fn preferences(&self) -> Result<Preferences, ApiError> {
        self.get("/accounts/preferences/", Duration::ZERO).await
    }

    pub(crate) async fn outreach(&self) -> Result<Outreach, ApiError> {
        self.get("/accounts/outreach/", Duration::ZERO).await
    }

    pub(crate) async fn save_outreach(&self, wishes: &OutreachWishes) -> Result<Outreach, ApiError> {
        self.post("/accounts/outreach/", wishes).await
    }

    pub(crate) async fn change_contact(&self, change: &ChangeContact) -> Result<Outreach, ApiError> {
        self.post("/accounts/outreach/contacts/", change).await
    }

    pub(crate) async fn notifications(
        &self,
        before: Option<NotificationId>,
    ) -> Result<Notifications, ApiError> {
        let before = before.map(|before| format!("&before={before}")).unwrap_or_default();
        self.get(&format!("/chat/notifications/?limit=50{before}"), Duration::ZERO).await
    }

    pub(crate) async fn mark_notifications(
        &self,
        which: &MarkNotifications,
    ) -> Result<Notifications, ApiError> {
        self.post("/chat/notifications/read/", which).await
    }

    pub(crate) async fn save_preferences(&self, wish: Preferences) -> Result<Preferences, ApiError> {
        self.post("/accounts/preferences/", &wish).await
    }

    pub(crate) async fn add_quick_reply(&self, add: &AddQuickReply) -> Result<QuickReplies, ApiError> {
        self.post(QUICK_REPLIES, add).await
    }

    pub(crate) async fn edit_quick_reply(
        &self,
        id: QuickReplyId,
        edit: &EditQuickReply,
    ) -> Result<QuickReplies, ApiError> {
        self.put(&format!("{QUICK_REPLIES}{id}/"), edit).await
    }

    pub(crate) async fn remove_quick_reply(&self, id: QuickReplyId) -> Result<QuickReplies, ApiError> {
        self.delete(&format!("{QUICK_REPLIES}{id}/")).await
    }

    pub(crate) async fn order_quick_replies(
        &self,
        order: &OrderQuickReplies,
    ) -> Result<QuickReplies, ApiError> {
        self.put(QUICK_REPLIES, order).await
    }

    pub(crate) async fn receipts(
        &self,
        room_id: RoomId,
        message_id: MessageId,
    ) -> Result<MessageReceipts, ApiError> {
        self.get(&format!("/chat/messages/{room_id}/{message_id}/receipts/"), Duration::ZERO).await
    }

    /// Messages that match, the newest first.
    pub(crate) async fn search(&self, search: &ServerSearch) -> Result<SearchAnswer, ApiError> {
        self.get(&search_path(search), Duration::ZERO).await
    }

    /// What the clinic's packages are checked with.
    pub(crate) async fn export_key(&self) -> Result<ExportKey, ApiError> {
        self.get("/chat/export-key/", Duration::ZERO).await
    }

    /// Says that this device has written a conversation out.
    pub(crate) async fn note_export(&self, room_id: RoomId) -> Result<(), ApiError> {
        let body = Bytes::from_static(b"{}");
        self.exchange(Method::POST, &format!("/chat/export/{room_id}/"), body, Duration::ZERO).await.map(drop)
    }

    /// Conversations as the server writes them out, piece by piece.
    pub(crate) async fn export(&self, path: &str) -> Result<Pieces, ApiError> {
        let request = self.asked(Method::GET, path, Bytes::new())?;
        let answer = self.transport.download(request, ANSWER_DUE).await?;
        if answer.status().is_success() {
            return Ok(answer.into_body());
        }
        let (parts, mut pieces) = answer.into_parts();
        let mut body = bytes::BytesMut::new();
        while let Some(piece) = pieces.next().await.filter(|_| body.len() < limits::BODY_BYTES) {
            body.extend_from_slice(&piece?);
        }
        match read_answer(Response::from_parts(parts, body.freeze())) {
            Ok(_) => Err(ApiError::NotOurs),
            Err(error) => Err(error),
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, wait: Duration) -> Result<T, ApiError> {
        let body = self.exchange(Method::GET, path, Bytes::new(), wait).await?;
        serde_json::from_slice(&body).map_err(|_| ApiError::NotOurs)
    }

    async fn delete<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        let body = self.exchange(Method::DELETE, path, Bytes::new(), Duration::ZERO).await?;
        serde_json::from_slice(&body).map_err(|_| ApiError::NotOurs)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        self.give(Method::POST, path, body).await
    }

    async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        self.give(Method::PUT, path, body).await
    }

    async fn give<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, ApiError> {
        let body = serde_json::to_vec(body).map_err(|_| ApiError::NotOurs)?;
        let answer = self.exchange(method, path, body.into(), Duration::ZERO).await?;
        serde_json::from_slice(&answer).map_err(|_| ApiError::NotOurs)
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
        wait: Duration,
    ) -> Result<Bytes, ApiError> {
        read_answer(self.transport.request(self.asked(method, path, body)?, ANSWER_DUE + wait).await?)
    }

    fn asked(&self, method: Method, path: &str, body: Bytes) -> Result<Request<Bytes>, ApiError> {
        let mut request = Request::builder()
            .method(method)
            .uri(self.server.http(path))
            .header(header::ACCEPT, "application/json");
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, bearer(token));
        }
        Ok(request.body(body).map_err(|error| TransportError::Unreachable(Box::new(error)))?)
    }
}

fn search_path(search: &ServerSearch) -> String {
    let ServerSearch { text, filter, before, limit } = search;
    let mut path = format!("/chat/search/?q={}&limit={limit}", query_value(text));
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            path.push_str(&format!("&{name}={}", query_value(&value)));
        }
    };
    let from = filter.from.map(|from| if from == Author::Me { "me" } else { "them" });
    add("room_id", filter.room_id.map(|room_id| room_id.to_string()));
    add("from", from.map(str::to_owned));
    add("since", filter.since.map(|since| since.to_string()));
    add("until", filter.until.map(|until| until.to_string()));
    add("urgent", filter.urgent.then(|| "true".to_owned()));
    add("link", filter.link.then(|| "true".to_owned()));
    add("before", before.map(|before| before.to_string()));
    path
}

fn read_answer(answer: Response<Bytes>) -> Result<Bytes, ApiError> {
    if answer.status().is_success() {
        return Ok(answer.into_body());
    }
    Err(problem(&answer).map_or(ApiError::NotOurs, |problem| ApiError::Refused(Box::new(problem))))
}

/// The problem document of our server, if this is one.
fn problem(answer: &Response<Bytes>) -> Option<Problem> {
    let kind = answer.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    let problem: Problem = kind
        .starts_with("application/problem+json")
        .then(|| serde_json::from_slice(answer.body()).ok())??;
    (problem.status == answer.status().as_u16()).then_some(problem)
}

fn refused_socket(answer: &Response<Bytes>) -> SocketEnd {
    match problem(answer).map(|problem| problem.code) {
        Some(ErrorCode::Unauthenticated) => SocketEnd::Unauthenticated,
        Some(ErrorCode::UpgradeRequired) => SocketEnd::Incompatible,
        _ => SocketEnd::Lost,
    }
}

fn socket_request(
    url: &str,
    token: Option<&SecretString>,
) -> Result<Request<()>, tokio_tungstenite::tungstenite::Error> {
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    let mut request = url.into_client_request()?;
    if let Some(token) = token
        && let Ok(mut value) = header::HeaderValue::from_str(&bearer(token))
    {
        value.set_sensitive(true);
        request.headers_mut().insert(header::AUTHORIZATION, value);
    }
    Ok(request)
}

fn bearer(token: &SecretString) -> String {
    format!("Bearer {}", token.expose_secret())
}

fn query_value(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
