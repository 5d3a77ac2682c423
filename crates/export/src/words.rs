//! The words around a conversation, in the reader's language.

use std::sync::Arc;

use bedside_i18n::{Direction, Localizer, Value};
use bedside_protocol::Timestamp;
use bedside_protocol::wire::Role;

use crate::model::{Head, Message, Person, Receipt, Source};
use crate::when::Zone;

/// A language and a clock.
#[derive(Clone)]
pub struct Words {
    localizer: Arc<Localizer>,
    zone: Zone,
}

impl Words {
    /// Of a language's tag and a time zone's name.
    #[must_use]
    pub fn new(language: &str, zone: &str) -> Self {
        Words { localizer: Arc::new(Localizer::new(language)), zone: Zone::named(zone) }
    }

    pub(crate) fn zone(&self) -> &Zone {
        &self.zone
    }

    pub(crate) fn tag(&self) -> &'static str {
        self.localizer.language().tag()
    }

    pub(crate) fn direction(&self) -> Direction {
        self.localizer.language().direction()
    }

    pub(crate) fn text(&self, id: &str) -> String {
        self.localizer.text(id)
    }

    fn with(&self, id: &str, values: &[(&str, Value)]) -> String {
        self.localizer.text_with(id, values)
    }

    fn at(&self, id: &str, moment: Timestamp) -> String {
        self.with(id, &[("time", self.zone.full(moment).into())])
    }

    /// "Conversation of Ana Ribeiro and Drew Hart".
    pub(crate) fn title(&self, head: &Head) -> String {
        let mut names = head.people.iter().map(|person| person.name.clone());
        let (one, other) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        self.with("export-title", &[("one", one.into()), ("other", other.into())])
    }

    /// What is said of a person beside their name.
    pub(crate) fn about(&self, person: &Person) -> String {
        let role = match person.role {
            Role::Patient => self.text("export-patient"),
            Role::Practitioner | Role::Admin => self.text("export-practitioner"),
        };
        let born =
            person.birth_date.as_deref().map(|date| self.with("export-born", &[("date", date.into())]));
        let record = person
            .record_number
            .as_deref()
            .map(|number| self.with("export-record", &[("number", number.into())]));
        let parts = [person.profession.clone().or(Some(role)), born, record];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The lines under the title.
    pub(crate) fn preamble(&self, head: &Head) -> Vec<String> {
        let made = self.with(
            "export-made",
            &[("time", self.zone.full(head.made_at).into()), ("name", head.name(head.made_for).into())],
        );
        let source = match head.source {
            Source::Server => self.text("export-from-server"),
            Source::Device => self.text("export-from-device"),
        };
        let zone = self.with("export-zone", &[("zone", head.time_zone.as_str().into())]);
        let range = self.range(head);
        let mut lines = vec![made, source, zone];
        lines.extend(range);
        lines.extend(head.missing.iter().map(|stretch| {
            let values = [
                ("count", Value::Number(stretch.len())),
                ("from", Value::Text(stretch.from_seq.to_string())),
                ("to", Value::Text(stretch.to_seq.to_string())),
            ];
            self.with("export-missing", &values)
        }));
        lines
    }

    fn range(&self, head: &Head) -> Option<String> {
        let moment = |moment: Option<Timestamp>| moment.map(|moment| self.zone.full(moment));
        match (moment(head.from), moment(head.until)) {
            (None, None) => None,
            (Some(from), None) => Some(self.with("export-since", &[("from", from.into())])),
            (None, Some(until)) => Some(self.with("export-before", &[("until", until.into())])),
            (Some(from), Some(until)) => {
                Some(self.with("export-between", &[("from", from.into()), ("until", until.into())]))
            }
        }
    }

    /// What is said under a message, a line each.
    pub(crate) fn notes(&self, head: &Head, message: &Message) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(composed) = message.composed_at.filter(|at| late(*at, message.sent_at)) {
            notes.push(self.at("export-written", composed));
        }
        if let Some(edited) = message.edited_at.filter(|_| message.retracted_at.is_none()) {
            notes.push(self.at("export-edited", edited));
            if message.earlier.is_empty() {
                notes.push(self.text("export-earlier-unknown"));
            }
        }
        notes.extend(message.earlier.iter().map(|version| {
            let values =
                [("time", self.zone.full(version.written_at).into()), ("text", version.text.as_str().into())];
            self.with("export-earlier", &values)
        }));
        if !message.reactions.is_empty() {
            let each =
                message.reactions.iter().map(|set| format!("{} {}", set.emoji, head.name(set.account_id)));
            notes
                .push(self.with("export-reactions", &[("list", each.collect::<Vec<_>>().join(", ").into())]));
        }
        notes.extend(message.receipts.iter().filter_map(|receipt| self.receipt(head, receipt)));
        notes
    }

    fn receipt(&self, head: &Head, receipt: &Receipt) -> Option<String> {
        let name = head.name(receipt.account_id);
        let said = |id: &str, timed: &str, at: Option<Timestamp>| match at {
            Some(at) => {
                let time = self.zone.full(at);
                self.with(timed, &[("name", name.as_str().into()), ("time", time.into())])
            }
            None => self.with(id, &[("name", name.as_str().into())]),
        };
        let delivered =
            receipt.delivered.then(|| said("export-delivered", "export-delivered-at", receipt.delivered_at));
        let read = receipt.read.then(|| said("export-read", "export-read-at", receipt.read_at));
        let parts: Vec<String> = delivered.into_iter().chain(read).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    /// "Reply to Ana (message 12): …".
    pub(crate) fn reply(&self, head: &Head, message: &Message) -> Option<String> {
        let reply = message.reply_to.as_ref()?;
        let values = [
            ("name", head.name(reply.sender).into()),
            ("number", Value::Text(reply.room_seq.to_string())),
            ("text", reply.excerpt.as_str().into()),
        ];
        let id = if reply.excerpt.is_empty() { "export-reply-gone" } else { "export-reply" };
        Some(self.with(id, values.get(..if reply.excerpt.is_empty() { 2 } else { 3 }).unwrap_or_default()))
    }

    pub(crate) fn retracted(&self, at: Timestamp) -> String {
        self.at("export-retracted", at)
    }

    pub(crate) fn end(&self, count: u64) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.with("export-end", &[("count", Value::Number(count))])
    }
}

/// Whether what was written when is worth a line: more than a minute before it was stored.
fn late(composed: Timestamp, sent: Timestamp) -> bool {
    sent.millis() - composed.millis() > 60_000
}
