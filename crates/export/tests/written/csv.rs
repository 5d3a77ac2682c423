//! A table has a row for each message, and no cell that is worked out.

use bedside_export::{Format, guarded};
use proptest::prelude::*;

use super::generated::conversation;
use super::written;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_message_is_a_row_and_its_text_a_cell(seed: u64, count in 0_i64..30) {
        let (head, messages) = conversation(seed, count);
        let text = written(Format::Csv, &head, &messages);
        let plain = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().from_reader(plain.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), messages.len());
        for (row, message) in rows.iter().zip(&messages) {
            prop_assert_eq!(row.get(6).unwrap(), guarded(&message.text));
            for cell in row {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{:?}", cell);
            }
        }
    }
}
