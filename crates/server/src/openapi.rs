//! The OpenAPI 3.1 document: paths from the route table, bodies from the wire types' own schemas.

use bedside_protocol::feed::FeedPage;
use bedside_protocol::wire::{
    Account, AddQuickReply, ChangeAnswer, ChangeContact, ChangeMessage, ChatList, Clinic, CreateNotification,
    DraftAnswer, Drafts, EditQuickReply, ExportKey, FlagsWish, Health, Login, LoginAnswer, MarkDelivered,
    MarkNotifications, MarkRead, MessageReceipts, MessageVersions, MessagesPage, NotificationCreated,
    Notifications, OpenRoom, OrderQuickReplies, Outreach, OutreachWishes, People, Preferences, PutDraft,
    QuickReplies, ReadAnswer, RoomAnswer, SearchAnswer, SendAnswer, SendMessage, Unread,
};
use bedside_protocol::{PROTO, Problem};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::routes::{Access, Method, Route, TABLE};

/// The document, as served at `/openapi.json` and kept in `docs/openapi.json`.
#[must_use]
pub fn document() -> Value {
    let mut schemas = generator();
    let paths = paths(&mut schemas);
    let problem = reference::<Problem>(&mut schemas);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Bedside",
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!(
                "Chat between patients and practitioners. The sockets' frames are described in docs/protocol.md \
                 (protocol version {PROTO}).",
            ),
        },
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": "sessionid" },
            },
            "responses": {
                "Problem": {
                    "description": "What went wrong, as RFC 9457 has it; `code` never changes its meaning.",
                    "content": { "application/problem+json": { "schema": problem } },
                },
            },
        },
    })
}

fn generator() -> SchemaGenerator {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.into_generator()
}

fn reference<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    schemas.subschema_for::<T>().to_value()
}

fn paths(schemas: &mut SchemaGenerator) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in TABLE {
        let method = match route.method {
            Method::Get => "get",
            Method::Post => "post",
            Method::Put => "put",
            Method::Delete => "delete",
        };
        let operation = operation(route, schemas);
        if let Some(path) = paths.entry(route.path).or_insert_with(|| json!({})).as_object_mut() {
            path.insert(method.to_owned(), operation);
        }
    }
    Value::Object(paths)
}

fn operation(route: &Route, schemas: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": {
            "2XX": success(route, schemas),
            "default": { "$ref": "#/components/responses/Problem" },
        },
    });
    if let Some(fields) = operation.as_object_mut() {
        if let Some(body) = body(route, schemas) {
            let content = json!({ "content": { "application/json": { "schema": body } }, "required": true });
            fields.insert("requestBody".to_owned(), content);
        }
        if route.access != Access::Public {
            fields.insert("security".to_owned(), json!([{ "bearer": [] }, { "session": [] }]));
        }
    }
    operation
}

fn success(route: &Route, schemas: &mut SchemaGenerator) -> Value {
    match answer(route, schemas) {
        Some(schema) => json!({
            "description": "Done.",
            "content": { "application/json": { "schema": schema } },
        }),
        None => json!({ "description": "Done." }),
    }
}

fn body(route: &Route, schemas: &mut SchemaGenerator) -> Option<Value> {
    match (route.method, route.path) {
        (Method::Post, "/accounts/login/") => Some(reference::<Login>(schemas)),
        (Method::Post, "/accounts/preferences/") => Some(reference::<Preferences>(schemas)),
        (Method::Post, "/accounts/outreach/") => Some(reference::<OutreachWishes>(schemas)),
        (Method::Post, "/accounts/outreach/contacts/") => Some(reference::<ChangeContact>(schemas)),
        (Method::Post, "/chat/notifications/read/") => Some(reference::<MarkNotifications>(schemas)),
        (Method::Post, "/platform/notifications/") => Some(reference::<CreateNotification>(schemas)),
        (Method::Post, "/chat/quick-replies/") => Some(reference::<AddQuickReply>(schemas)),
        (Method::Put, "/chat/quick-replies/") => Some(reference::<OrderQuickReplies>(schemas)),
        (Method::Put, "/chat/quick-replies/{reply_id}/") => Some(reference::<EditQuickReply>(schemas)),
        (Method::Post, "/chat/rooms/") => Some(reference::<OpenRoom>(schemas)),
        (Method::Post, "/chat/room/{room_id}/read/") => Some(reference::<MarkRead>(schemas)),
        (Method::Post, "/chat/room/{room_id}/flags/") => Some(reference::<FlagsWish>(schemas)),
        (Method::Put, "/chat/room/{room_id}/draft/") => Some(reference::<PutDraft>(schemas)),
        (Method::Post, "/chat/room/{room_id}/delivered/") => Some(reference::<MarkDelivered>(schemas)),
        (Method::Post, "/chat/messages/{room_id}/{message_id}/") => Some(reference::<ChangeMessage>(schemas)),
        (Method::Post, "/chat/send-message/") => Some(reference::<SendMessage>(schemas)),
        _ => None,
    }
}

fn answer(route: &Route, schemas: &mut SchemaGenerator) -> Option<Value> {
    match (route.method, route.path) {
        (Method::Get, "/healthz" | "/readyz") => Some(reference::<Health>(schemas)),
        (Method::Post, "/accounts/login/") => Some(reference::<LoginAnswer>(schemas)),
        (Method::Get, "/accounts/me/") => Some(reference::<Account>(schemas)),
        (_, "/accounts/preferences/") => Some(reference::<Preferences>(schemas)),
        (_, "/accounts/outreach/" | "/accounts/outreach/contacts/") => Some(reference::<Outreach>(schemas)),
        (_, "/chat/notifications/" | "/chat/notifications/read/") => {
            Some(reference::<Notifications>(schemas))
        }
        (Method::Post, "/platform/notifications/") => Some(reference::<NotificationCreated>(schemas)),
        (Method::Get, "/chat/") => Some(reference::<ChatList>(schemas)),
        (Method::Get, "/chat/people/") => Some(reference::<People>(schemas)),
        (Method::Get, "/chat/export-key/") => Some(reference::<ExportKey>(schemas)),
        (Method::Get, "/chat/clinic/") => Some(reference::<Clinic>(schemas)),
        (_, "/chat/quick-replies/" | "/chat/quick-replies/{reply_id}/") => {
            Some(reference::<QuickReplies>(schemas))
        }
        (_, "/chat/drafts/") => Some(reference::<Drafts>(schemas)),
        (Method::Put, "/chat/room/{room_id}/draft/") => Some(reference::<DraftAnswer>(schemas)),
        (Method::Get, "/chat/search/") => Some(reference::<SearchAnswer>(schemas)),
        (Method::Get, "/chat/unread/") => Some(reference::<Unread>(schemas)),
        (Method::Get, "/chat/feed/") => Some(reference::<FeedPage>(schemas)),
        (Method::Get, "/chat/room/{room_id}/")
        | (Method::Post, "/chat/rooms/" | "/chat/room/{room_id}/flags/") => {
            Some(reference::<RoomAnswer>(schemas))
        }
        (Method::Post, "/chat/room/{room_id}/read/" | "/chat/room/{room_id}/delivered/") => {
            Some(reference::<ReadAnswer>(schemas))
        }
        (Method::Get, "/chat/messages/{room_id}/") => Some(reference::<MessagesPage>(schemas)),
        (Method::Post, "/chat/messages/{room_id}/{message_id}/") => Some(reference::<ChangeAnswer>(schemas)),
        (Method::Get, "/chat/messages/{room_id}/{message_id}/versions/") => {
            Some(reference::<MessageVersions>(schemas))
        }
        (Method::Get, "/chat/messages/{room_id}/{message_id}/receipts/") => {
            Some(reference::<MessageReceipts>(schemas))
        }
        (Method::Post, "/chat/send-message/") => Some(reference::<SendAnswer>(schemas)),
        _ => None,
    }
}

fn parameters(route: &Route) -> Vec<Value> {
    let in_path = ["room_id", "message_id", "reply_id"]
        .into_iter()
        .filter(|name| route.path.contains(&format!("{{{name}}}")));
    let in_path = in_path.map(|name| parameter(name, "path", "integer"));
    let token = route.path.contains("{token}").then(|| parameter("token", "path", "string"));
    let query: &[(&str, &str)] = match (route.method, route.path) {
        (Method::Get, "/healthz" | "/readyz") => &[("writes", "string")],
        (Method::Get, "/accounts/login/") => &[("next", "string")],
        (Method::Get, "/chat/") => &[("after_room", "integer"), ("limit", "integer")],
        (Method::Get, "/chat/drafts/") => &[("after_room", "integer")],
        (Method::Get, "/chat/notifications/") => &[("before", "integer"), ("limit", "integer")],
        (Method::Get, "/chat/feed/") => {
            &[("epoch", "string"), ("after", "integer"), ("wait", "integer"), ("limit", "integer")]
        }
        (Method::Get, "/chat/messages/{room_id}/") => {
            &[("before", "integer"), ("after", "integer"), ("changed_after", "integer"), ("limit", "integer")]
        }
        (Method::Get, "/chat/export/" | "/chat/export/{room_id}/") => &[
            ("format", "string"),
            ("package", "string"),
            ("from", "string"),
            ("to", "string"),
            ("zone", "string"),
            ("language", "string"),
        ],
        (Method::Get, "/chat/search/") => SEARCHED,
        (Method::Get, "/ws/chat/{room_id}/") => &[("events", "string")],
        _ => &[],
    };
    in_path.chain(token).chain(query.iter().map(|(name, kind)| parameter(name, "query", kind))).collect()
}

const SEARCHED: &[(&str, &str)] = &[
    ("q", "string"),
    ("room_id", "integer"),
    ("from", "string"),
    ("since", "string"),
    ("until", "string"),
    ("urgent", "boolean"),
    ("link", "boolean"),
    ("before", "integer"),
    ("limit", "integer"),
];

fn parameter(name: &str, place: &str, kind: &str) -> Value {
    json!({ "name": name, "in": place, "required": place == "path", "schema": { "type": kind } })
}
