//! Those who speak: `Patient` and `Practitioner`.

use bedside_protocol::wire::Role;
use serde_json::{Value, json};

use super::{Thing, base, created};
use crate::model::{Head, Person};

pub(super) fn entry(head: &Head, person: &Person) -> Value {
    let thing = Thing::Account(person.account_id.get());
    let mut resource = json!({
        "resourceType": kind(person.role),
        "identifier": [thing.identifier(head)],
        "name": [{ "text": person.name }],
    });
    if let Some(fields) = resource.as_object_mut() {
        match person.role {
            Role::Patient => patient(head, person, fields),
            Role::Practitioner | Role::Admin => {
                if let Some(profession) = &person.profession {
                    fields.insert("qualification".to_owned(), json!([{ "code": { "text": profession } }]));
                }
            }
        }
    }
    created(head, thing, kind(person.role), &resource)
}

fn patient(head: &Head, person: &Person, fields: &mut serde_json::Map<String, Value>) {
    if let Some(date) = &person.birth_date {
        fields.insert("birthDate".to_owned(), json!(date));
    }
    if let (Some(number), Some(Value::Array(identifiers))) =
        (&person.record_number, fields.get_mut("identifier"))
    {
        let system = format!("{}/fhir/record", base(head));
        identifiers.push(json!({ "system": system, "value": number }));
    }
}

const fn kind(role: Role) -> &'static str {
    match role {
        Role::Patient => "Patient",
        Role::Practitioner | Role::Admin => "Practitioner",
    }
}
