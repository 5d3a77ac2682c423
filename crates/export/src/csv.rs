//! A table for spreadsheets: RFC 4180, and nothing in it is ever taken for a formula (OWASP: CSV injection).

use std::io::{self, Write};

use crate::document::Document;
use crate::model::{Head, Message};
use crate::words::Words;

pub(crate) struct Csv {
    words: Words,
}

/// Headings are names for machines, the same in every language.
const COLUMNS: [&str; 20] = [
    "number",
    "message_id",
    "sent_at",
    "sender",
    "sender_role",
    "sender_id",
    "text",
    "urgent",
    "reply_to_number",
    "composed_at",
    "edited_at",
    "earlier_texts",
    "retracted_at",
    "reactions",
    "recipient",
    "delivered",
    "delivered_at",
    "read",
    "read_at",
    "time_zone",
];

impl Csv {
    pub(crate) fn new(words: Words) -> Self {
        Csv { words }
    }

    fn cells(&self, head: &Head, message: &Message) -> Vec<String> {
        let exact =
            |moment: Option<_>| moment.map(|moment| self.words.zone().exact(moment)).unwrap_or_default();
        let sender = head.person(message.sender);
        let receipt = message.receipts.first();
        vec![
            message.room_seq.to_string(),
            message.message_id.to_string(),
            exact(Some(message.sent_at)),
            head.name(message.sender),
            sender.map(|person| person.role.as_str().to_owned()).unwrap_or_default(),
            sender.map(|person| person.role_id.to_string()).unwrap_or_default(),
            message.text.clone(),
            message.urgent.to_string(),
            message.reply_to.as_ref().map(|reply| reply.room_seq.to_string()).unwrap_or_default(),
            exact(message.composed_at),
            exact(message.edited_at),
            listed(
                message.earlier.iter().map(|old| format!("{}: {}", exact(Some(old.written_at)), old.text)),
            ),
            exact(message.retracted_at),
            listed(
                message.reactions.iter().map(|set| format!("{} {}", set.emoji, head.name(set.account_id))),
            ),
            receipt.map(|receipt| head.name(receipt.account_id)).unwrap_or_default(),
            receipt.map(|receipt| receipt.delivered.to_string()).unwrap_or_default(),
            exact(receipt.and_then(|receipt| receipt.delivered_at)),
            receipt.map(|receipt| receipt.read.to_string()).unwrap_or_default(),
            exact(receipt.and_then(|receipt| receipt.read_at)),
            head.time_zone.clone(),
        ]
    }
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}

/// A cell's text, with an apostrophe before what a spreadsheet would work out: what begins with `=`, `+`, `-`, `@`, or with
/// one of them after tabs, line breaks, spaces or invisible characters, or in its full-width form.
#[must_use]
pub fn guarded(cell: &str) -> String {
    let invisible = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    let first = cell.trim_start_matches(invisible).chars().next();
    let starts = first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    let control = cell.starts_with(['\t', '\r', '\n']);
    if starts || control { format!("'{cell}") } else { cell.to_owned() }
}

fn row(out: &mut dyn Write, cells: &[String]) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(cells.iter().map(|cell| guarded(cell)))?;
    writer.flush()
}

impl Document for Csv {
    fn begin(&mut self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        // Spreadsheets take a file for UTF-8 only if it says so.
        out.write_all("\u{feff}".as_bytes())?;
        row(out, &COLUMNS.map(str::to_owned))
    }

    fn message(&mut self, out: &mut dyn Write, head: &Head, message: &Message) -> io::Result<()> {
        row(out, &self.cells(head, message))
    }

    fn end(&mut self, _: &mut dyn Write, _: &Head) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_a_formula() {
        for bad in
            ["=1+1", "+49", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n@x", "\u{200b}=1", "＝1", "\u{feff}-1"]
        {
            assert_eq!(guarded(bad), format!("'{bad}"), "{bad:?}");
        }
        for good in ["Good morning", "1+1=2", "", "'=1", "😀 -1", "مرحبا"] {
            assert_eq!(guarded(good), good);
        }
    }
}
