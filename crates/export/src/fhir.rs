//! An HL7 FHIR R4 Bundle that a server takes in as one transaction: who, the conversation, and a `Communication` for each message.
//!
//! Every entry is created only if its identifier is not there yet, so that importing twice changes nothing. A message is part
//! of (`partOf`) the conversation's own `Communication`; a reply names what it answers (`inResponseTo`); what was taken back is
//! `entered-in-error` without a payload. Earlier texts and reactions are notes with their author and time. Delivery is
//! `received`; reading, editing and composing, for which R4 has no element, are extensions.

mod message;
mod people;

use std::io::{self, Write};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::document::Document;
use crate::model::{Head, Message};
use crate::when::Zone;

#[derive(Default)]
pub(crate) struct Fhir {
    zone: Option<Zone>,
    begun: bool,
}

impl Fhir {
    fn entry(&mut self, out: &mut dyn Write, entry: &Value) -> io::Result<()> {
        out.write_all(if self.begun { b",\n" } else { b"\n" })?;
        self.begun = true;
        serde_json::to_writer(&mut *out, entry)?;
        Ok(())
    }
}

impl Document for Fhir {
    fn begin(&mut self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        let zone = Zone::named(&head.time_zone);
        let made = zone.exact(head.made_at);
        self.zone = Some(zone);
        write!(
            out,
            "{{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"timestamp\":\"{made}\",\"entry\":["
        )?;
        for person in &head.people {
            let entry = people::entry(head, person);
            self.entry(out, &entry)?;
        }
        self.entry(out, &message::conversation(head))
    }

    fn message(&mut self, out: &mut dyn Write, head: &Head, message: &Message) -> io::Result<()> {
        let zone = self.zone.get_or_insert_with(|| Zone::named(&head.time_zone)).clone();
        self.entry(out, &message::entry(head, &zone, message))
    }

    fn end(&mut self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}

/// What is identified on the server.
#[derive(Clone, Copy)]
pub(super) enum Thing {
    Account(i64),
    Room(i64),
    Message(i64),
}

impl Thing {
    const fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Account(id) => ("account", id),
            Self::Room(id) => ("room", id),
            Self::Message(id) => ("message", id),
        }
    }

    /// The naming system is the server's, so that two clinics' numbers do not meet.
    pub(super) fn identifier(self, head: &Head) -> Value {
        let (kind, id) = self.parts();
        json!({ "system": format!("{}/fhir/{kind}", base(head)), "value": id.to_string() })
    }

    /// The same for the same thing, whenever it is written out.
    pub(super) fn urn(self, head: &Head) -> String {
        let (kind, id) = self.parts();
        let digest = hex(&Sha256::digest(format!("{}/{kind}/{id}", base(head))));
        let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
        // Version 8 of RFC 9562: made of what one likes.
        format!(
            "urn:uuid:{}-{}-8{}-a{}-{}",
            part(0, 8),
            part(8, 12),
            part(12, 15),
            part(15, 18),
            part(18, 30)
        )
    }

    pub(super) fn reference(self, head: &Head) -> Value {
        json!({ "reference": self.urn(head) })
    }
}

fn base(head: &Head) -> &str {
    let server = head.server.trim_end_matches('/');
    if server.is_empty() { "urn:bedside" } else { server }
}

/// An entry that creates its resource unless there is one with its identifier.
pub(super) fn created(head: &Head, thing: Thing, kind: &str, resource: &Value) -> Value {
    let identifier = thing.identifier(head);
    let word = |name: &str| identifier.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    json!({
        "fullUrl": thing.urn(head),
        "resource": resource,
        "request": {
            "method": "POST",
            "url": kind,
            "ifNoneExist": format!("identifier={}|{}", word("system"), word("value")),
        },
    })
}
