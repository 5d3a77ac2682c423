//! A gateway in this process that checks requests as Twilio publishes its Messages API, and one that checks signed webhooks.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

pub(crate) const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

#[derive(Default)]
pub(crate) struct Gateway {
    pub(crate) asked: Mutex<Vec<Asked>>,
    answer: Mutex<Option<(u16, Value, Option<&'static str>)>>,
}

impl Gateway {
    /// Starts one; where it is.
    pub(crate) async fn start() -> (Arc<Self>, url::Url) {
        let gateway = Arc::new(Gateway::default());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&gateway));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (gateway, url)
    }

    pub(crate) fn answers(&self, status: u16, body: Value, retry_after: Option<&'static str>) {
        *self.answer.lock().unwrap() = Some((status, body, retry_after));
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer(State(gateway): State<Arc<Gateway>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let asked = Asked { path: uri.to_string(), headers, body: body.to_vec() };
    let told = gateway.answer.lock().unwrap().clone();
    let (status, body, retry_after) = told.unwrap_or_else(|| match check(&asked) {
        Ok(()) => (201, message(), None),
        Err((status, code)) => {
            (status, json!({ "code": code, "message": "refused", "status": status }), None)
        }
    });
    gateway.asked.lock().unwrap().push(asked);
    let mut response = (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert("retry-after", seconds.parse().unwrap());
    }
    response
}

/// Status and error code as documented (20003 authenticate, 20404 not found, 21604 To, 21603 From, 21602 Body).
fn check(asked: &Asked) -> Result<(), (u16, u32)> {
    let header =
        |name: &str| asked.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let basic = format!("Basic {}", STANDARD.encode(format!("{ACCOUNT}:{TOKEN}")));
    if header("authorization") != basic {
        return Err((401, 20_003));
    }
    if asked.path != format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json") {
        return Err((404, 20_404));
    }
    if header("content-type") != "application/x-www-form-urlencoded" {
        return Err((400, 21_604));
    }
    let field = |name: &str| {
        let mut fields = url::form_urlencoded::parse(&asked.body);
        fields.find_map(|(key, value)| (key == name).then(|| value.into_owned())).unwrap_or_default()
    };
    let number =
        |text: &str| text.strip_prefix('+').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    let body = field("Body").chars().count();
    match () {
        () if !number(&field("To")) => Err((400, 21_604)),
        () if !number(&field("From")) && !field("MessagingServiceSid").starts_with("MG") => {
            Err((400, 21_603))
        }
        () if body == 0 || body > 1_600 => Err((400, 21_602)),
        () => Ok(()),
    }
}

fn message() -> Value {
    json!({ "sid": "SM00000000000000000000000000000001", "status": "queued", "error_code": null })
}
