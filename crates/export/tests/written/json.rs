//! JSON keeps everything, keeps to its schema, and shows what was changed.

use bedside_export::{Format, JsonConversation, Wrong, read};
use proptest::prelude::*;

use super::generated::conversation;
use super::written;

const PLACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/conversation.schema.json");

fn published() -> String {
    std::fs::read_to_string(PLACE).unwrap()
}

fn schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    settings.into_generator().into_root_schema_for::<JsonConversation>().to_value()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn reading_it_again_gives_the_same_conversation(seed: u64, count in 0_i64..40) {
        let (head, messages) = conversation(seed, count);
        let text = written(Format::Json, &head, &messages);
        let mut again = Vec::new();
        let found = read(text.as_bytes(), |message| again.push(message)).unwrap();
        prop_assert_eq!(found.head, head);
        prop_assert_eq!(found.wrong, vec![]);
        prop_assert_eq!(again, messages);
    }

    #[test]
    fn it_keeps_to_the_published_schema(seed: u64, count in 0_i64..20) {
        let (head, messages) = conversation(seed, count);
        let text = written(Format::Json, &head, &messages);
        let published = serde_json::from_str(&published()).unwrap();
        let validator = jsonschema::validator_for(&published).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
    }

    #[test]
    fn a_message_taken_out_of_the_middle_is_missed(seed: u64, count in 3_i64..30, at: prop::sample::Index) {
        let (head, messages) = conversation(seed, count);
        let text = written(Format::Json, &head, &messages);
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let list = value["messages"].as_array_mut().unwrap();
        let gone = 1 + at.index(list.len() - 2);
        list.remove(gone);
        let found = read(value.to_string().as_bytes(), |_| ()).unwrap();
        let place = messages[gone + 1].room_seq.get();
        prop_assert!(found.wrong.contains(&Wrong::Before(place)), "{:?} of {place}", found.wrong);
        prop_assert!(found.wrong.contains(&Wrong::End));
        prop_assert_eq!(found.wrong.len(), 2);
    }
}

#[test]
fn a_changed_message_is_named() {
    let (head, messages) = conversation(3, 12);
    let mut value: serde_json::Value =
        serde_json::from_str(&written(Format::Json, &head, &messages)).unwrap();
    value["messages"][4]["text"] = "Take twice as many.".into();
    let found = read(value.to_string().as_bytes(), |_| ()).unwrap();
    assert_eq!(found.wrong, [Wrong::Changed(5)]);
}

#[test]
fn a_document_that_is_cut_off_is_not_read() {
    let (head, messages) = conversation(3, 12);
    let text = written(Format::Json, &head, &messages);
    for end in [0, 1, text.len() / 2, text.len() - 3] {
        assert!(read(&text.as_bytes()[..end], |_| ()).is_err(), "cut at {end}");
    }
}

#[test]
fn the_published_schema_is_that_of_the_model() {
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("BEDSIDE_WRITE_FORMS").is_some() {
        std::fs::write(PLACE, &text).unwrap();
    }
    assert_eq!(published(), text, "write it anew with BEDSIDE_WRITE_FORMS=1");
}
