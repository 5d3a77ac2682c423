//! Requests to the router and their answers.

use std::net::SocketAddr;

use axum::body::Body;
use bedside_server::PeerAddr;
use http::{HeaderMap, Method, StatusCode, header};
use http_body_util::BodyExt;
use serde::Serialize;
use serde_json::Value;
use tower::ServiceExt;

use super::{Browser, Native, TestApp};

pub(crate) struct Request<'a> {
    app: &'a TestApp,
    builder: http::request::Builder,
    body: Body,
    peer: SocketAddr,
}

impl<'a> Request<'a> {
    pub(crate) fn new(app: &'a TestApp, method: Method, path: &str) -> Self {
        let builder = http::Request::builder().method(method).uri(path).header(header::HOST, "bedside.test");
        Request { app, builder, body: Body::empty(), peer: "127.0.0.1:4000".parse().unwrap() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// As a browser navigating.
    pub(crate) fn page(self) -> Self {
        self.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
    }

    pub(crate) fn from(mut self, peer: &str) -> Self {
        self.peer = format!("{peer}:4000").parse().unwrap();
        self
    }

    pub(crate) fn native(self, who: &Native) -> Self {
        self.header("authorization", &format!("Bearer {}", who.token))
    }

    pub(crate) fn cookies(self, cookies: &str) -> Self {
        self.header("cookie", cookies)
    }

    pub(crate) fn browser(self, who: &Browser) -> Self {
        self.cookies(&who.cookies())
    }

    pub(crate) fn json(self, value: &impl Serialize) -> Self {
        self.header("content-type", "application/json").text(serde_json::to_string(value).unwrap())
    }

    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.header("content-type", "application/x-www-form-urlencoded").text(body)
    }

    pub(crate) fn text(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let mut request = self.builder.body(self.body).unwrap();
        request.extensions_mut().insert(PeerAddr(self.peer));
        let response = self.app.app.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// The problem's code, after checking that it is a problem document.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        problem["code"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The value of a cookie that was set.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.set_cookies().iter().find_map(|cookie| {
            let (key, rest) = cookie.split_once('=')?;
            (key == name).then(|| rest.split(';').next().unwrap().to_owned())
        })
    }

    pub(crate) fn set_cookies(&self) -> Vec<String> {
        let cookies = self.headers.get_all(header::SET_COOKIE).iter();
        cookies.map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
    }
}
