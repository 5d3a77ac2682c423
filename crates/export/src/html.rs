//! One page that opens in any browser and prints well: no script, nothing from elsewhere, light or dark as the reader has it.

use std::fmt::Write as _;
use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bedside_protocol::Timestamp;
use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::model::{Head, Message};
use crate::words::Words;

/// The page's style, as its policy names it by digest.
const STYLE: &str = include_str!("html.css");

pub(crate) struct Html {
    words: Words,
    day: String,
    count: u64,
}

impl Html {
    pub(crate) fn new(words: Words) -> Self {
        Html { words, day: String::new(), count: 0 }
    }

    fn day(&mut self, out: &mut dyn Write, moment: Timestamp) -> io::Result<()> {
        let day = self.words.zone().day(moment);
        if day == self.day {
            return Ok(());
        }
        if !self.day.is_empty() {
            out.write_all(b"</ol>\n")?;
        }
        write!(
            out,
            "<h2 class=\"day\"><time datetime=\"{day}\">{day}</time></h2>\n<ol class=\"messages\">\n"
        )?;
        self.day = day;
        Ok(())
    }

    fn body(&self, head: &Head, message: &Message) -> String {
        let mut body = String::new();
        if let Some(reply) = self.words.reply(head, message) {
            let _ = match message.reply_to.as_ref() {
                Some(to) => write!(
                    body,
                    "<p class=\"reply\" dir=\"auto\"><a href=\"#m{}\">{}</a></p>",
                    to.room_seq,
                    escaped(&reply)
                ),
                None => Ok(()),
            };
        }
        let _ = match message.retracted_at {
            Some(at) => write!(body, "<p class=\"gone\">{}</p>", escaped(&self.words.retracted(at))),
            None => write!(body, "<p class=\"text\" dir=\"auto\">{}</p>", escaped(&message.text)),
        };
        let notes = self.words.notes(head, message);
        if !notes.is_empty() {
            body.push_str("<ul class=\"notes\">");
            for note in notes {
                let _ = write!(body, "<li dir=\"auto\">{}</li>", escaped(&note));
            }
            body.push_str("</ul>");
        }
        body
    }
}

impl Document for Html {
    fn begin(&mut self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        let (lang, dir) = (self.words.tag(), self.words.direction().as_str());
        let title = escaped(&self.words.title(head));
        let policy = STANDARD.encode(Sha256::digest(STYLE));
        write!(
            out,
            "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{policy}'; \
             img-src data:; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
        )?;
        if !head.clinic.is_empty() {
            writeln!(out, "<p class=\"clinic\" dir=\"auto\">{}</p>", escaped(&head.clinic))?;
        }
        out.write_all(b"<ul class=\"people\">\n")?;
        for person in &head.people {
            let (name, about) = (escaped(&person.name), escaped(&self.words.about(person)));
            writeln!(out, "<li><bdi><strong>{name}</strong></bdi> <span>{about}</span></li>")?;
        }
        out.write_all(b"</ul>\n<ul class=\"made\">\n")?;
        for line in self.words.preamble(head) {
            writeln!(out, "<li>{}</li>", escaped(&line))?;
        }
        out.write_all(b"</ul>\n</header>\n<main>\n")
    }

    fn message(&mut self, out: &mut dyn Write, head: &Head, message: &Message) -> io::Result<()> {
        self.count += 1;
        self.day(out, message.sent_at)?;
        let own = if message.sender == head.made_for { " own" } else { "" };
        let urgent = if message.urgent {
            format!(" <strong class=\"urgent\">{}</strong>", escaped(&self.words.text("export-urgent")))
        } else {
            String::new()
        };
        let (exact, full) =
            (self.words.zone().exact(message.sent_at), self.words.zone().full(message.sent_at));
        let (seq, name) = (message.room_seq, escaped(&head.name(message.sender)));
        writeln!(
            out,
            "<li class=\"message{own}\" id=\"m{seq}\"><p class=\"who\"><bdi><strong>{name}</strong></bdi> \
             <time datetime=\"{exact}\" dir=\"ltr\">{full}</time> <span class=\"number\">#{seq}</span>{urgent}</p>{}</li>",
            self.body(head, message)
        )
    }

    fn end(&mut self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        if !self.day.is_empty() {
            out.write_all(b"</ol>\n")?;
        }
        write!(
            out,
            "</main>\n<footer><p>{}</p></footer>\n</body>\n</html>\n",
            escaped(&self.words.end(self.count))
        )
    }
}

/// Text that cannot end what it stands in, in content and in attributes. Marks that could turn the direction of what
/// follows them are harmless: every text is an element of its own.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\0' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}
