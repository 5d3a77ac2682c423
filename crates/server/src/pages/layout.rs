//! The frame around every page, its security policy and its cookies.

use axum::response::{Html, IntoResponse, Response};
use bedside_i18n::Localizer;
use bedside_protocol::Timestamp;
use bedside_protocol::wire::Account;
use http::{HeaderValue, StatusCode, header};
use maud::{DOCTYPE, Markup, html};

use crate::auth::cookies;
use crate::auth::csrf::PageToken;
use crate::peer::Client;

/// What differs between pages.
pub(crate) struct Page<'a> {
    pub(crate) strings: &'a Localizer,
    pub(crate) title: String,
    /// The files of its scripts under `/static/`, in the order they run.
    pub(crate) scripts: &'a [&'a str],
    pub(crate) body: Markup,
}

impl Page<'_> {
    /// The page as an answer. Its scripts and connections are its own server's only.
    pub(crate) fn answer(self, status: StatusCode, client: Option<&Client>) -> Response {
        let policy = format!(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'; connect-src 'self'{}",
            client.and_then(socket_origin).unwrap_or_default()
        );
        let mut response = (status, Html(self.render().into_string())).into_response();
        if let Ok(policy) = HeaderValue::try_from(policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }

    fn render(self) -> Markup {
        let language = self.strings.language();
        html! {
            (DOCTYPE)
            html lang=(language.tag()) dir=(language.direction().as_str()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) }
                    link rel="stylesheet" href="/static/app.css";
                    @for script in self.scripts {
                        script src={ "/static/" (script) } defer {}
                    }
                }
                body { (self.body) }
            }
        }
    }
}

/// Older browsers do not count `ws:` as `'self'`.
fn socket_origin(client: &Client) -> Option<String> {
    let origin = client.own_origin.as_ref()?.strip_prefix("http")?;
    Some(format!(" ws{origin}"))
}

/// Sets the form token's cookie if the browser had none.
pub(crate) fn with_token(mut response: Response, client: &Client, token: &PageToken) -> Response {
    if let PageToken::Fresh(fresh) = token
        && let Some(cookie) = cookies::set_csrf(fresh, client.scheme)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The hidden field of a form.
pub(crate) fn csrf_field(token: &PageToken) -> Markup {
    html! { input type="hidden" name="csrfmiddlewaretoken" value=(token.as_str()); }
}

/// The bar over a signed-in page.
pub(crate) fn bar(strings: &Localizer, me: &Account, token: &PageToken, start: &Markup) -> Markup {
    html! {
        header.bar {
            (start)
            span.bar__me dir="auto" { (me.person.name) }
            form.bar__sign-out method="post" action="/accounts/logout/" {
                (csrf_field(token))
                button.button.button--quiet type="submit" { (strings.text("page-sign-out")) }
            }
        }
    }
}

/// A moment: UTC for those without scripts, local time with them.
pub(crate) fn moment(at: Timestamp) -> Markup {
    let text = at.to_string();
    let shown = text.get(..16).unwrap_or_default().replace('T', " ");
    html! { time datetime=(text) { (shown) " UTC" } }
}
