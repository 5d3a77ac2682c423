//! Conversations, one after another, each as a file of a package: the one way from messages to what somebody takes along.

use std::io;

use super::Package;
use super::container::Container;
use super::manifest::{Conversation, Manifest};
use super::signature::Signer;
use crate::digest::Chain;
use crate::document::{Document, Format, document};
use crate::model::{Head, Message};
use crate::words::Words;

/// A container of any kind.
pub type AnyContainer = Box<dyn Container + Send>;

/// A package in the making.
pub struct Assembly {
    package: Package<AnyContainer>,
    format: Format,
    words: Words,
    manifest: Option<Manifest>,
    current: Option<Current>,
}

struct Current {
    head: Head,
    document: Box<dyn Document>,
    chain: Chain,
    count: u64,
}

impl Assembly {
    /// An empty one.
    #[must_use]
    pub fn new(container: AnyContainer, format: Format, words: Words) -> Self {
        Assembly { package: Package::new(container), format, words, manifest: None, current: None }
    }

    /// A conversation begins.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn begin(&mut self, head: Head) -> io::Result<()> {
        self.end()?;
        self.package.begin(&file_name(&head, self.format))?;
        let mut document = document(self.format, self.words.clone());
        document.begin(&mut self.package, &head)?;
        self.manifest.get_or_insert_with(|| Manifest::of(&head, self.format));
        self.current = Some(Current { chain: Chain::new(&head), head, document, count: 0 });
        Ok(())
    }

    /// Its next message, if it lies in what was asked for.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn message(&mut self, message: &Message) -> io::Result<()> {
        let Some(current) = &mut self.current else {
            return Err(io::Error::other("no conversation was begun"));
        };
        if !current.head.covers(message.sent_at) {
            return Ok(());
        }
        current.chain.add(message);
        current.count += 1;
        current.document.message(&mut self.package, &current.head, message)
    }

    /// The conversation ends.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn end(&mut self) -> io::Result<()> {
        let Some(mut current) = self.current.take() else { return Ok(()) };
        current.document.end(&mut self.package, &current.head)?;
        self.package.end()?;
        let conversation = Conversation {
            room_id: current.head.room_id,
            messages: current.count,
            chain: current.chain.hex(),
        };
        if let Some(manifest) = &mut self.manifest {
            manifest.conversations.push(conversation);
        }
        Ok(())
    }

    /// The package ends; how many messages are in it.
    ///
    /// # Errors
    /// Whatever writing gives, and when it is empty.
    pub fn finish(mut self, signer: Option<&Signer>) -> io::Result<u64> {
        self.end()?;
        let manifest = self.manifest.ok_or_else(|| io::Error::other("nothing was written out"))?;
        let messages = manifest.conversations.iter().map(|conversation| conversation.messages).sum();
        self.package.finish(manifest, signer)?;
        Ok(messages)
    }
}

/// What every system takes for a name, with the other person's in it.
#[must_use]
pub fn file_name(head: &Head, format: Format) -> String {
    let other = head.people.iter().find(|person| person.account_id != head.made_for);
    let name = other.map(|person| person.name.as_str()).unwrap_or_default();
    let safe: String =
        name.chars().filter(|c| !c.is_control() && !"\\/:*?\"<>|".contains(*c)).take(60).collect();
    let safe = safe.trim().trim_matches('.');
    let base = if safe.is_empty() { "conversation".to_owned() } else { safe.to_owned() };
    format!("{base} ({}).{}", head.room_id, format.ending())
}
