//! The two documents for other people's clients stay true.

use std::path::Path;

use bedside_protocol::feed::{ClientFrame, ServerFrame};
use bedside_protocol::room_socket::{RoomClientFrame, RoomEventFrame, RoomMessageFrame};
use bedside_protocol::wire::{DraftAnswer, PutDraft, SearchAnswer};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn doc(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

/// `BEDSIDE_UPDATE_DOCS=1 cargo test -p bedside-server openapi` writes it anew.
#[test]
fn the_openapi_document_in_the_repository_is_current() {
    let current = serde_json::to_string_pretty(&bedside_server::openapi::document()).unwrap() + "\n";
    if std::env::var_os("BEDSIDE_UPDATE_DOCS").is_some() {
        std::fs::write(doc("openapi.json"), &current).unwrap();
    }
    let kept = std::fs::read_to_string(doc("openapi.json")).unwrap();
    assert!(kept == current, "docs/openapi.json is out of date");
}

#[test]
fn every_reference_of_the_openapi_document_leads_somewhere() {
    let document = bedside_server::openapi::document();
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(ToOwned::to_owned));
            fields.values().for_each(|value| collect_references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect_references(value, found)),
        _ => {}
    }
}

/// A block of docs/protocol.md: ```json <type>
struct Example {
    kind: String,
    text: String,
}

fn examples() -> Vec<Example> {
    let text = std::fs::read_to_string(doc("protocol.md")).unwrap();
    let mut blocks = text.split("\n```json ").skip(1);
    let mut found = Vec::new();
    for block in &mut blocks {
        let (kind, rest) = block.split_once('\n').unwrap();
        let (text, _) = rest.split_once("\n```").unwrap();
        found.push(Example { kind: kind.trim().to_owned(), text: text.to_owned() });
    }
    found
}

/// Reads as the type, and the type writes every field the example shows.
fn check<T: DeserializeOwned + Serialize>(example: &Example) {
    let shown: Value = serde_json::from_str(&example.text).unwrap();
    let read: T =
        serde_json::from_value(shown.clone()).unwrap_or_else(|error| panic!("{error}: {}", example.text));
    let written = serde_json::to_value(&read).unwrap();
    assert_covers(&written, &shown, &example.text);
}

fn assert_covers(written: &Value, shown: &Value, text: &str) {
    match (written, shown) {
        (Value::Object(written), Value::Object(shown)) => {
            for (name, value) in shown {
                let written = written.get(name).unwrap_or_else(|| panic!("no field {name} in {text}"));
                assert_covers(written, value, text);
            }
        }
        (Value::Array(written), Value::Array(shown)) => {
            assert_eq!(written.len(), shown.len());
            written.iter().zip(shown).for_each(|(written, shown)| assert_covers(written, shown, text));
        }
        _ => assert_eq!(written, shown, "{text}"),
    }
}

#[test]
fn the_examples_in_the_protocol_document_are_frames() {
    let examples = examples();
    assert!(examples.len() >= 15);
    for example in &examples {
        match example.kind.as_str() {
            "ClientFrame" => check::<ClientFrame>(example),
            "ServerFrame" => check::<ServerFrame>(example),
            "RoomClientFrame" => check::<RoomClientFrame>(example),
            "RoomMessageFrame" => check::<RoomMessageFrame>(example),
            "PutDraft" => check::<PutDraft>(example),
            "SearchAnswer" => check::<SearchAnswer>(example),
            "DraftAnswer" => check::<DraftAnswer>(example),
            "RoomEventFrame" => check::<RoomEventFrame>(example),
            other => panic!("an example of no known type: {other}"),
        }
    }
}

#[test]
fn every_close_code_is_described() {
    use bedside_protocol::close;
    let text = std::fs::read_to_string(doc("protocol.md")).unwrap();
    for code in [
        close::GOING_AWAY,
        close::TOO_LARGE,
        close::UNAUTHENTICATED,
        close::TIMEOUT,
        close::UPGRADE_REQUIRED,
        close::TOO_SLOW,
        close::UNAVAILABLE,
    ] {
        assert!(text.contains(&format!("| {code} |")), "{code}");
    }
}
