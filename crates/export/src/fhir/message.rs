//! A message, and the conversation it is part of, as `Communication`.

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, Timestamp};
use serde_json::{Map, Value, json};

use super::{Thing, created};
use crate::model::{Head, Message};
use crate::when::Zone;

/// What all messages are part of.
pub(super) fn conversation(head: &Head) -> Value {
    let thing = Thing::Room(head.room_id.get());
    let mut resource = json!({
        "resourceType": "Communication",
        "identifier": [thing.identifier(head)],
        "status": "in-progress",
        "category": [{ "text": "Conversation" }],
    });
    if let (Some(fields), Some(patient)) = (resource.as_object_mut(), subject(head)) {
        fields.insert("subject".to_owned(), patient);
    }
    created(head, thing, "Communication", &resource)
}

pub(super) fn entry(head: &Head, zone: &Zone, message: &Message) -> Value {
    let thing = Thing::Message(message.message_id.get());
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            fields.insert(name.to_owned(), value);
        }
    };
    put("resourceType", json!("Communication"));
    put("extension", json!(extensions(head, zone, message)));
    put("identifier", json!([thing.identifier(head)]));
    put("partOf", json!([Thing::Room(head.room_id.get()).reference(head)]));
    put("inResponseTo", json!(answered(head, message)));
    put("status", json!(if message.retracted_at.is_some() { "entered-in-error" } else { "completed" }));
    if message.retracted_at.is_some() {
        put("statusReason", json!({ "text": "Taken back by its author" }));
    }
    put("category", json!([{ "text": "Message" }]));
    put("priority", json!(if message.urgent { "urgent" } else { "routine" }));
    put("subject", subject(head).unwrap_or_default());
    put("sent", json!(zone.exact(message.sent_at)));
    put("received", received(zone, message).unwrap_or_default());
    put("recipient", json!(recipients(head, message.sender)));
    put("sender", account(head, message.sender));
    if message.retracted_at.is_none() && !message.text.trim().is_empty() {
        put("payload", json!([{ "contentString": message.text }]));
    }
    put("note", json!(notes(head, zone, message)));
    created(head, thing, "Communication", &Value::Object(fields))
}

fn subject(head: &Head) -> Option<Value> {
    let patient = head.people.iter().find(|person| person.role == Role::Patient)?;
    Some(account(head, patient.account_id))
}

/// By its entry; somebody who has none (a number without a name) by the identifier alone.
fn account(head: &Head, id: AccountId) -> Value {
    let thing = Thing::Account(id.get());
    match head.person(id) {
        Some(_) => thing.reference(head),
        None => json!({ "identifier": thing.identifier(head) }),
    }
}

fn recipients(head: &Head, sender: AccountId) -> Vec<Value> {
    let others = head.people.iter().filter(|person| person.account_id != sender);
    others.map(|person| account(head, person.account_id)).collect()
}

/// By identifier: what is answered need not be in the same bundle.
fn answered(head: &Head, message: &Message) -> Vec<Value> {
    let reply = message.reply_to.iter();
    reply
        .map(|reply| {
            let identifier = Thing::Message(reply.message_id.get()).identifier(head);
            json!({ "type": "Communication", "identifier": identifier })
        })
        .collect()
}

fn received(zone: &Zone, message: &Message) -> Option<Value> {
    let first = message.receipts.iter().filter_map(|receipt| receipt.delivered_at).min()?;
    Some(json!(zone.exact(first)))
}

fn notes(head: &Head, zone: &Zone, message: &Message) -> Vec<Value> {
    let earlier = message.earlier.iter().map(|version| {
        note(
            account(head, message.sender),
            Some(zone.exact(version.written_at)),
            &format!("Earlier text: {}", version.text),
        )
    });
    let reactions = message.reactions.iter().map(|set| {
        let at = set.set_at.map(|at| zone.exact(at));
        note(account(head, set.account_id), at, &format!("Reaction: {}", set.emoji))
    });
    earlier.chain(reactions).collect()
}

fn note(author: Value, time: Option<String>, text: &str) -> Value {
    let mut note = json!({ "authorReference": author, "text": text });
    if let (Some(fields), Some(time)) = (note.as_object_mut(), time) {
        fields.insert("time".to_owned(), json!(time));
    }
    note
}

fn extensions(head: &Head, zone: &Zone, message: &Message) -> Vec<Value> {
    let moment = |name: &str, at: Option<Timestamp>| {
        at.map(|at| json!({ "url": format!("urn:bedside:fhir:{name}"), "valueDateTime": zone.exact(at) }))
    };
    let place = json!({ "url": "urn:bedside:fhir:place", "valueDecimal": message.room_seq });
    let moments = [
        moment("composed-at", message.composed_at),
        moment("edited-at", message.edited_at),
        moment("retracted-at", message.retracted_at),
    ];
    let read = message.receipts.iter().filter(|receipt| receipt.read).map(|receipt| {
        let mut parts = vec![json!({ "url": "by", "valueReference": account(head, receipt.account_id) })];
        parts.extend(receipt.read_at.map(|at| json!({ "url": "at", "valueDateTime": zone.exact(at) })));
        json!({ "url": "urn:bedside:fhir:read", "extension": parts })
    });
    std::iter::once(place).chain(moments.into_iter().flatten()).chain(read).collect()
}
