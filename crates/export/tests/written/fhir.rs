//! A bundle that refers to nothing but itself and has an entry for each message.

use std::collections::BTreeSet;

use bedside_export::Format;
use proptest::prelude::*;
use serde_json::Value;

use super::generated::conversation;
use super::written;

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(to)) = fields.get("reference") {
                found.insert(to.clone());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_reference_leads_to_an_entry(seed: u64, count in 0_i64..30) {
        let (head, messages) = conversation(seed, count);
        let bundle: Value = serde_json::from_str(&written(Format::Fhir, &head, &messages)).unwrap();
        let entries = bundle["entry"].as_array().unwrap();
        prop_assert_eq!(entries.len(), messages.len() + 3);
        let known: BTreeSet<String> =
            entries.iter().map(|entry| entry["fullUrl"].as_str().unwrap().to_owned()).collect();
        prop_assert_eq!(known.len(), entries.len());
        let mut used = BTreeSet::new();
        references(&bundle, &mut used);
        prop_assert!(used.is_subset(&known));
        for (entry, message) in entries.iter().skip(3).zip(&messages) {
            let wrong = entry["resource"]["status"] == "entered-in-error";
            prop_assert_eq!(wrong, message.retracted_at.is_some());
            prop_assert_eq!(wrong, entry["resource"].get("payload").is_none());
        }
    }
}
