//! Every route, the action it is authorised by, and the router made of them.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post, put};
use tower_http::catch_panic::CatchPanicLayer;

use crate::access::Action;
use crate::app::AppState;
use crate::cross_origin;
use crate::handlers::{accounts, chat, outreach, outside, platform, socket};

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Changes nothing.
    Get,
    /// May change something; never by cookie without proof of intent.
    Post,
    /// Gives something another state; never by cookie without proof of intent.
    Put,
    /// Removes something; never by cookie without proof of intent.
    Delete,
}

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// A live session, and this action.
    Signed(Action),
}

/// One entry of the table.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, parameters in braces.
    pub path: &'static str,
    /// Who may come in.
    pub access: Access,
    /// What it is for, in a line.
    pub summary: &'static str,
}

const fn route(method: Method, path: &'static str, access: Access, summary: &'static str) -> Route {
    Route { method, path, access, summary }
}

use Access::{Public, Signed};
use Method::{Delete, Get, Post, Put};

/// All routes but the static files.
pub const TABLE: &[Route] = &[
    route(Get, "/", Public, "Leads to the chat list."),
    route(Get, "/livez", Public, "Whether the process answers."),
    route(Get, "/readyz", Public, "The same as /healthz."),
    route(
        Get,
        "/healthz",
        Public,
        "Whether to send requests here, whether the database commits, and the protocol versions spoken.",
    ),
    route(Get, "/openapi.json", Public, "This document."),
    route(Get, "/accounts/login/", Public, "The sign-in form."),
    route(Post, "/accounts/login/", Public, "Signs in: JSON for native clients, a form for browsers."),
    route(Post, "/accounts/logout/", Signed(Action::UseAccount), "Ends the session."),
    route(Get, "/accounts/me/", Signed(Action::UseAccount), "One's own account."),
    route(Get, "/accounts/preferences/", Signed(Action::UseAccount), "What one's own account wishes."),
    route(Post, "/accounts/preferences/", Signed(Action::UseAccount), "Keeps what one's own account wishes."),
    route(
        Get,
        "/accounts/outreach/",
        Signed(Action::SeeOwnLists),
        "How one is reached outside the app, and by which addresses.",
    ),
    route(Post, "/accounts/outreach/", Signed(Action::SeeOwnLists), "Keeps how one wishes to be reached."),
    route(
        Post,
        "/accounts/outreach/contacts/",
        Signed(Action::SeeOwnLists),
        "Adds, confirms, stops, resumes or removes one of one's own addresses.",
    ),
    route(Get, "/chat/", Signed(Action::SeeOwnLists), "The chat list: HTML for a browser, else JSON."),
    route(Get, "/chat/people/", Signed(Action::SeeOwnLists), "Everyone one is linked with."),
    route(Get, "/chat/clinic/", Signed(Action::UseAccount), "What the clinic says of itself."),
    route(Get, "/chat/notifications/", Signed(Action::SeeOwnLists), "One's own alerts, newest first."),
    route(
        Post,
        "/chat/notifications/read/",
        Signed(Action::SeeOwnLists),
        "Marks alerts as read; answered with the newest.",
    ),
    route(Get, "/chat/unread/", Signed(Action::SeeOwnLists), "Unread messages over all rooms."),
    route(
        Get,
        "/chat/feed/",
        Signed(Action::SeeOwnLists),
        "What came after a cursor; held open when nothing did.",
    ),
    route(
        Get,
        "/chat/quick-replies/",
        Signed(Action::UseQuickReplies),
        "The quick replies one may use; an administrator's are the clinic's.",
    ),
    route(Post, "/chat/quick-replies/", Signed(Action::UseQuickReplies), "Adds a quick reply of one's own."),
    route(Put, "/chat/quick-replies/", Signed(Action::UseQuickReplies), "Puts one's own in another order."),
    route(
        Put,
        "/chat/quick-replies/{reply_id}/",
        Signed(Action::UseQuickReplies),
        "Gives a quick reply of one's own another title and text.",
    ),
    route(
        Delete,
        "/chat/quick-replies/{reply_id}/",
        Signed(Action::UseQuickReplies),
        "Removes a quick reply of one's own.",
    ),
    route(
        Get,
        "/chat/drafts/",
        Signed(Action::SeeOwnLists),
        "What one writes in rooms, as shared among one's own devices.",
    ),
    route(
        Delete,
        "/chat/drafts/",
        Signed(Action::SeeOwnLists),
        "Takes out what this device was the last to put in.",
    ),
    route(Post, "/chat/rooms/", Signed(Action::OpenRoom), "Gets or makes the room with a linked person."),
    route(Get, "/chat/room/{room_id}/", Signed(Action::ReadRoom), "One room: HTML for a browser, else JSON."),
    route(Post, "/chat/room/{room_id}/read/", Signed(Action::MarkRead), "Moves one's own read mark forward."),
    route(
        Post,
        "/chat/room/{room_id}/flags/",
        Signed(Action::SetFlags),
        "Pins, mutes, archives a room or marks it unread, for oneself.",
    ),
    route(
        Put,
        "/chat/room/{room_id}/draft/",
        Signed(Action::ShareDraft),
        "Shares what one writes in the room with one's own other devices.",
    ),
    route(
        Post,
        "/chat/room/{room_id}/delivered/",
        Signed(Action::MarkRead),
        "Moves forward how far one's own devices have stored the room.",
    ),
    route(Get, "/chat/messages/{room_id}/", Signed(Action::ReadRoom), "Messages, paged both ways."),
    route(
        Post,
        "/chat/messages/{room_id}/{message_id}/",
        Signed(Action::React),
        "Edits, takes back or reacts to a message.",
    ),
    route(
        Get,
        "/chat/messages/{room_id}/{message_id}/versions/",
        Signed(Action::ReadRoom),
        "What a message's text was and is.",
    ),
    route(
        Get,
        "/chat/messages/{room_id}/{message_id}/receipts/",
        Signed(Action::ReadRoom),
        "When one's own message was delivered and read.",
    ),
    route(
        Get,
        "/chat/export/",
        Signed(Action::SeeOwnLists),
        "All of one's own conversations in a signed package.",
    ),
    route(Get, "/chat/export-key/", Public, "What this clinic's packages are checked with."),
    route(
        Get,
        "/chat/export/{room_id}/",
        Signed(Action::ExportRoom),
        "A conversation written out: html, text, json, fhir or csv; with package=zip signed.",
    ),
    route(
        Post,
        "/chat/export/{room_id}/",
        Signed(Action::ExportRoom),
        "Says that a device has written the conversation out from its own copy, for the audit trail.",
    ),
    route(
        Get,
        "/chat/search/",
        Signed(Action::SeeOwnLists),
        "Finds messages in one's own rooms by parts of their words, newest first.",
    ),
    route(Post, "/chat/send-message/", Signed(Action::SendToRoom), "Stores a message."),
    route(
        Post,
        "/platform/notifications/",
        Signed(Action::Notify),
        "Tells somebody something, as the main platform.",
    ),
    route(Get, "/outreach/stop/{token}/", Public, "Asks whether e-mail is to be stopped."),
    route(Post, "/outreach/stop/{token}/", Public, "Stops e-mail, in one click (RFC 8058)."),
    route(Post, "/outreach/sms/", Public, "An SMS that came in, signed by the gateway as Twilio does."),
    route(Get, "/ws/feed/", Public, "The account's feed socket; signed in by header, cookie or first frame."),
    route(
        Get,
        "/ws/chat/{room_id}/",
        Signed(Action::ReadRoom),
        "One room's socket, as the platform describes it.",
    ),
];

/// The static files.
const STATIC: &str = "/static/{name}";

/// The handlers of one path of the table.
fn handlers(path: &str) -> MethodRouter<Arc<AppState>> {
    match path {
        "/" => get(outside::home),
        "/livez" => get(outside::alive),
        "/healthz" | "/readyz" => get(outside::health),
        "/openapi.json" => get(outside::openapi),
        "/accounts/login/" => get(accounts::login::form).post(accounts::login::post),
        "/accounts/logout/" => post(accounts::logout::post),
        "/accounts/me/" => get(accounts::me::get),
        "/accounts/preferences/" => get(accounts::preferences::get).post(accounts::preferences::post),
        "/accounts/outreach/" => get(accounts::outreach::get).post(accounts::outreach::post),
        "/accounts/outreach/contacts/" => post(accounts::outreach::contacts),
        "/chat/" => get(chat::list::get),
        "/chat/people/" => get(chat::people::get),
        "/chat/clinic/" => get(chat::clinic::get),
        "/chat/notifications/" => get(chat::notifications::get),
        "/chat/notifications/read/" => post(chat::notifications::read),
        "/chat/unread/" => get(chat::unread::get),
        "/chat/feed/" => get(chat::feed::get),
        "/chat/quick-replies/" => {
            get(chat::quick_replies::get).post(chat::quick_replies::post).put(chat::quick_replies::order)
        }
        "/chat/quick-replies/{reply_id}/" => {
            put(chat::quick_replies::put).delete(chat::quick_replies::delete)
        }
        "/chat/drafts/" => get(chat::drafts::list).delete(chat::drafts::withdraw),
        "/chat/rooms/" => post(chat::rooms::post),
        "/chat/room/{room_id}/" => get(chat::room::get),
        "/chat/room/{room_id}/read/" => post(chat::read::post),
        "/chat/room/{room_id}/flags/" => post(chat::flags::post),
        "/chat/room/{room_id}/draft/" => put(chat::drafts::put),
        "/chat/room/{room_id}/delivered/" => post(chat::delivered::post),
        "/chat/messages/{room_id}/" => get(chat::messages::get),
        "/chat/messages/{room_id}/{message_id}/" => post(chat::change::post),
        "/chat/messages/{room_id}/{message_id}/versions/" => get(chat::change::versions),
        "/chat/messages/{room_id}/{message_id}/receipts/" => get(chat::change::receipts),
        "/chat/export/" => get(chat::export::all),
        "/chat/export-key/" => get(chat::export::key),
        "/chat/export/{room_id}/" => get(chat::export::get).post(chat::export::noted),
        "/chat/search/" => get(chat::search::get),
        "/chat/send-message/" => post(chat::send::post),
        "/platform/notifications/" => post(platform::notifications),
        "/outreach/stop/{token}/" => get(outreach::ask).post(outreach::stop),
        "/outreach/sms/" => post(outreach::sms),
        "/ws/feed/" => get(socket::feed),
        "/ws/chat/{room_id}/" => get(socket::room),
        _ => MethodRouter::new(),
    }
}

/// The router of the table, with what is done to every request around it.
pub(crate) fn router(state: Arc<AppState>) -> Router {
    let mut paths: Vec<&str> = TABLE.iter().map(|route| route.path).collect();
    paths.dedup();
    let table = paths.into_iter().fold(Router::new(), |router, path| router.route(path, handlers(path)));
    let router = table
        .route(STATIC, get(outside::static_file))
        .fallback(outside::missing)
        .method_not_allowed_fallback(outside::wrong_method)
        .layer(CatchPanicLayer::custom(outside::panicked))
        .layer(from_fn_with_state(Arc::clone(&state), crate::around::every_request))
        .with_state(Arc::clone(&state));
    cross_origin::share(router, &state.config.allow_origins)
}

/// A route's pattern as it stands in the table.
pub(crate) fn pattern(matched: &str) -> Option<&'static str> {
    TABLE.iter().map(|route| route.path).chain([STATIC]).find(|path| *path == matched)
}

/// Whether the table has this path, for the redirect that adds a missing slash.
pub(crate) fn has_get(path: &str) -> bool {
    TABLE.iter().any(|route| route.method == Get && matches(route.path, path))
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(known), Some(given)) if known == given => {}
            (Some(known), Some(given)) if known.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_a_parameter_is_recognised() {
        assert!(has_get("/chat/room/12/"));
        assert!(has_get("/chat/"));
        assert!(!has_get("/chat/room//"));
        assert!(!has_get("/chat/send-message/"));
        assert!(!has_get("//evil.example/"));
    }
}
