//! A signed-in request. The only way to an [`Actor`] is to name the action.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use bedside_protocol::ErrorCode;
use http::request::Parts;
use http::{HeaderMap, Method, header};

use crate::accept;
use crate::access::{Action, Decision, Relation, can};
use crate::app::AppState;
use crate::auth::{cookies, token};
use crate::failure::Failure;
use crate::rate::Rate;
use crate::store::{Actor, Session, SessionKind, TokenHash};

/// A live session and the token it was found by.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) session: Session,
    pub(crate) token: TokenHash,
}

/// What a request presents to prove who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Presented {
    pub(crate) kind: SessionKind,
    pub(crate) token: TokenHash,
}

impl Presented {
    /// `Authorization: Bearer` goes before the cookie.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        if let Some(bearer) = bearer(headers) {
            return Some(Presented { kind: SessionKind::Bearer, token: token::hash(bearer) });
        }
        let cookie = cookies::get(headers, cookies::SESSION)?;
        Some(Presented { kind: SessionKind::Cookie, token: token::hash(cookie) })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// What is behind a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Somebody did something.
    ByPerson,
    /// A page may do it by itself as long as it is open: it does not keep a browser's session alive.
    ByItself,
}

impl Use {
    fn of(parts: &Parts) -> Self {
        let polls = parts.method == Method::GET && !accept::wants_html(&parts.headers);
        if polls { Self::ByItself } else { Self::ByPerson }
    }
}

impl Signed {
    /// The session of what a request presented; a token works only the way it was issued for.
    pub(crate) async fn find(
        state: &AppState,
        presented: Option<Presented>,
        by: Use,
    ) -> Result<Self, Failure> {
        let presented = presented.ok_or(ErrorCode::Unauthenticated)?;
        let now = state.runtime.now();
        let found = match (by, presented.kind) {
            (Use::ByItself, SessionKind::Cookie) => state.store.peek_session(&presented.token, now).await?,
            _ => state.store.session(&presented.token, now).await?,
        };
        let session =
            found.filter(|session| session.kind == presented.kind).ok_or(ErrorCode::Unauthenticated)?;
        state.rates.take(Rate::Account(session.actor.account_id))?;
        Ok(Signed { session, token: presented.token })
    }

    /// Who acts, if this role may ever do this. On what, the store decides within its transaction.
    pub(crate) fn actor(&self, action: Action) -> Result<Actor, Failure> {
        let actor = self.session.actor;
        let decisions = Relation::ALL.map(|relation| can(actor.role, action, relation));
        if decisions.contains(&Decision::Allow) {
            return Ok(actor);
        }
        Err(if decisions.contains(&Decision::Deny) { ErrorCode::Forbidden } else { ErrorCode::NotFound }
            .into())
    }
}

impl FromRequestParts<Arc<AppState>> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Failure> {
        Signed::find(state, Presented::of(&parts.headers), Use::of(parts)).await
    }
}
