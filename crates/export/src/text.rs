//! Plain text: a line who and when, the text, what there is to say of it, an empty line.

use std::io::{self, Write};

use bedside_protocol::Timestamp;

use crate::document::Document;
use crate::model::{Head, Message};
use crate::words::Words;

pub(crate) struct Text {
    words: Words,
    day: String,
    count: u64,
}

impl Text {
    pub(crate) fn new(words: Words) -> Self {
        Text { words, day: String::new(), count: 0 }
    }

    fn day(&mut self, out: &mut dyn Write, moment: Timestamp) -> io::Result<()> {
        let day = self.words.zone().day(moment);
        if day != self.day {
            writeln!(out, "———— {day} ————\n")?;
            self.day = day;
        }
        Ok(())
    }
}

impl Document for Text {
    fn begin(&mut self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        writeln!(out, "{}\n", self.words.title(head))?;
        for person in &head.people {
            writeln!(out, "{} – {}", person.name, self.words.about(person))?;
        }
        writeln!(out)?;
        if !head.clinic.is_empty() {
            writeln!(out, "{}", head.clinic)?;
        }
        for line in self.words.preamble(head) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)
    }

    fn message(&mut self, out: &mut dyn Write, head: &Head, message: &Message) -> io::Result<()> {
        self.count += 1;
        self.day(out, message.sent_at)?;
        let urgent =
            if message.urgent { format!(" · {}", self.words.text("export-urgent")) } else { String::new() };
        let time = self.words.zone().full(message.sent_at);
        writeln!(out, "[{}] {} · {time}{urgent}", message.room_seq, head.name(message.sender))?;
        if let Some(reply) = self.words.reply(head, message) {
            writeln!(out, "  ↪ {}", indented(&reply))?;
        }
        match message.retracted_at {
            Some(at) => writeln!(out, "  ({})", self.words.retracted(at))?,
            None => writeln!(out, "  {}", indented(&message.text))?,
        }
        for note in self.words.notes(head, message) {
            writeln!(out, "    · {}", indented(&note).replace("\n  ", "\n      "))?;
        }
        writeln!(out)
    }

    fn end(&mut self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        writeln!(out, "———— {} ————", self.words.end(self.count))
    }
}

/// A text cannot pretend to be a line of the document: each of its lines is set in.
fn indented(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'], "\n  ")
}
