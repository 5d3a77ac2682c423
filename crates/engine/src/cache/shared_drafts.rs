//! Drafts shared with the person's other devices: what is written here, what the server last had of it, and what another
//! device had at the same time. Here they are brought together (`core::drafts`), in the transaction that reads them.

use std::collections::HashMap;

use bedside_core::cache_write::{DraftsSync, Sharing};
use bedside_core::drafts::{beside, goes_on, merged, offered};
use bedside_protocol::ipc::DraftDecision;
use bedside_protocol::text::normalize_message;
use bedside_protocol::wire::{DraftContent, DraftText, PutDraft, SharedDraft};
use bedside_protocol::{MessageId, Rev, RoomId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Cache;
use super::error::CacheError;
use super::group::Group;
use super::profile::{self, Draft};

/// What a composer keeps.
#[derive(Clone, Debug)]
pub struct KeptDraft {
    /// What stands in it.
    pub draft: Draft,
    /// The last text from another device that has stood in it.
    pub seen: u64,
    /// What becomes of what is offered.
    pub decides: Option<DraftDecision>,
}

impl Cache {
    /// Keeps what stands in a composer like [`Cache::save_draft`]. What has come from another device since the composer
    /// last saw is offered beside it. Gives the number of the last text that has come.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn keep_draft(&self, room_id: RoomId, kept: KeptDraft) -> Result<u64, CacheError> {
        self.writer.write(move |group| group.keep_draft(room_id, &kept)).await
    }

    /// Whether drafts are shared, and which rooms have something to put.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn drafts_sync(&self) -> Result<DraftsSync, CacheError> {
        self.readers.read(sync).await
    }

    /// What another device had while something else was written here.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn draft_offered(&self, room_id: RoomId) -> Result<Option<DraftText>, CacheError> {
        self.readers.read(move |db| Ok(of_room(db, room_id)?.other)).await
    }

    /// What is to be put into a room's register; nothing if the server has it or cannot take it.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn draft_to_put(&self, room_id: RoomId) -> Result<Option<PutDraft>, CacheError> {
        self.readers.read(move |db| to_put(db, room_id)).await
    }
}

/// A room's register, as this device knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Register {
    version: Rev,
    base: DraftContent,
    /// What another device had.
    pub(crate) other: Option<DraftText>,
    other_life: bool,
    /// Counts the texts that came from elsewhere and took the composer's place.
    pub(crate) arrived: u64,
}

impl Group<'_> {
    fn keep_draft(&mut self, room_id: RoomId, kept: &KeptDraft) -> Result<u64, CacheError> {
        let before = of_room(self.db, room_id)?;
        let mut register = before.clone();
        if let Some(decision) = &kept.decides {
            register.decide(decision);
        }
        let unseen = written(self.db, room_id)?;
        if before.arrived > kept.seen && !goes_on(&text_of(&kept.draft), &unseen) {
            register.offer(unseen);
        }
        self.keep_register(room_id, &before, &register)?;
        self.save_draft(room_id, &kept.draft)?;
        Ok(before.arrived)
    }

    /// A message takes the draft's place. What has come from elsewhere since the composer last saw is no part of it.
    pub(super) fn draft_sent(&mut self, room_id: RoomId, content: &str, seen: u64) -> Result<(), CacheError> {
        let before = of_room(self.db, room_id)?;
        if before.arrived > seen {
            let unseen = written(self.db, room_id)?;
            let is_part = normalize_message(&unseen.text).map_or(true, |text| content.starts_with(&text));
            if !is_part {
                let mut register = before.clone();
                register.offer(unseen);
                self.keep_register(room_id, &before, &register)?;
            }
        }
        self.db.prepare_cached("DELETE FROM drafts WHERE room_id = ?1")?.execute([room_id.get()])?;
        Ok(())
    }

    /// Takes in what the server says of a register.
    pub(super) fn take_draft(&mut self, draft: &SharedDraft) -> Result<(), CacheError> {
        let room_id = draft.room_id;
        let before = of_room(self.db, room_id)?;
        let news = before.other_life || draft.version > before.version;
        if !news || sharing(self.db)? != Sharing::On || !is_held(self.db, room_id)? {
            return Ok(());
        }
        let local = DraftContent { draft: written(self.db, room_id)?, other: before.other.clone() };
        let after = if draft.withdrawn || self.is_own(draft, &before)? {
            local.clone()
        } else if before.other_life {
            beside(&local, &draft.content)
        } else {
            merged(&local, &before.base, &draft.content)
        };
        let came = after.draft != local.draft;
        let register = Register {
            version: draft.version,
            base: draft.content.clone(),
            other: after.other,
            other_life: false,
            arrived: before.arrived + u64::from(came),
        };
        self.keep_register(room_id, &before, &register)?;
        if came {
            let DraftText { text, reply_to } = after.draft;
            self.save_draft(room_id, &Draft { text, reply_to })?;
        }
        Ok(())
    }

    /// Whether it is what this device itself has put: then nobody else has changed anything.
    fn is_own(&self, draft: &SharedDraft, before: &Register) -> Result<bool, CacheError> {
        let device = profile::profile(self.db)?.device_id;
        let next = draft.version.get() == before.version.get() + 1 && !before.other_life;
        Ok(next && device.is_some() && draft.device_id == device)
    }

    /// What was not listed is not there.
    pub(super) fn drafts_listed(&mut self) -> Result<(), CacheError> {
        self.db.execute(&format!("{FORGET_BASE} WHERE other_life = 1"), [])?;
        Ok(())
    }

    /// What the server had is forgotten; what is written and offered here stays.
    pub(super) fn drafts_withdrawn(&mut self) -> Result<(), CacheError> {
        self.db.execute(FORGET_BASE, [])?;
        self.db.execute(
            "UPDATE profile SET draft_sharing = 'off' WHERE only_row = 1 AND draft_sharing = 'leaving'",
            [],
        )?;
        Ok(())
    }

    /// Another life of the server's database begins.
    pub(super) fn drafts_in_other_life(&self) -> Result<(), CacheError> {
        self.db.execute("UPDATE draft_registers SET other_life = 1", [])?;
        Ok(())
    }

    /// The person's choice. Who stops has the server take out what it has, once it is reached.
    pub(super) fn share_drafts(&mut self, share: bool) -> Result<(), CacheError> {
        let next = match (share, sharing(self.db)?) {
            (true, _) => "on",
            (false, Sharing::Off) => "off",
            (false, Sharing::On | Sharing::Leaving) => "leaving",
        };
        self.db.execute("UPDATE profile SET draft_sharing = ?1 WHERE only_row = 1", [next])?;
        Ok(())
    }

    fn keep_register(
        &mut self,
        room_id: RoomId,
        before: &Register,
        register: &Register,
    ) -> Result<(), CacheError> {
        if before == register {
            return Ok(());
        }
        let (base, base_other) = (parts(Some(&register.base.draft)), parts(register.base.other.as_ref()));
        let other = parts(register.other.as_ref());
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO draft_registers (room_id, version, base_content, base_reply_to, base_other,
                   base_other_reply_to, other_content, other_reply_to, other_life, arrived)
                 SELECT room_id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM rooms WHERE room_id = ?1",
            )?
            .execute(params![
                room_id.get(),
                register.version.get(),
                base.0,
                base.1,
                base_other.0,
                base_other.1,
                other.0,
                other.1,
                register.other_life,
                i64::try_from(register.arrived).unwrap_or(i64::MAX),
            ])?;
        self.changed_room(room_id);
        Ok(())
    }
}

impl Register {
    /// What is offered by now may be more than what was decided upon: then that stays.
    fn decide(&mut self, decision: &DraftDecision) {
        if self.other.as_ref().is_some_and(|other| other.text == decision.offered) {
            let instead = DraftText { text: decision.instead.clone(), reply_to: decision.instead_reply_to };
            self.other = Some(instead).filter(|instead| !instead.text.trim().is_empty());
        }
    }

    fn offer(&mut self, text: DraftText) {
        let held = DraftContent { draft: DraftText::default(), other: self.other.take() };
        self.other = offered(held, Some(text)).other;
    }
}

const FORGET_BASE: &str = "UPDATE draft_registers SET version = 0, base_content = '', base_reply_to = NULL,
    base_other = '', base_other_reply_to = NULL, other_life = 0";

fn parts(text: Option<&DraftText>) -> (&str, Option<i64>) {
    text.map_or(("", None), |text| (text.text.as_str(), text.reply_to.map(MessageId::get)))
}

fn text_of(draft: &Draft) -> DraftText {
    DraftText { text: draft.text.clone(), reply_to: draft.reply_to }
}

fn is_held(db: &Connection, room_id: RoomId) -> Result<bool, CacheError> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM rooms WHERE room_id = ?1)")?;
    Ok(statement.query_row([room_id.get()], |row| row.get(0))?)
}

/// What stands in a room's composer.
pub(crate) fn written(db: &Connection, room_id: RoomId) -> Result<DraftText, CacheError> {
    let Draft { text, reply_to } = profile::draft(db, room_id)?;
    Ok(DraftText { text, reply_to })
}

/// What waits for a decision, by room.
pub(crate) fn offers(db: &Connection) -> Result<HashMap<RoomId, String>, CacheError> {
    let sql = "SELECT room_id, other_content FROM draft_registers WHERE other_content <> ''";
    let mut statement = db.prepare_cached(sql)?;
    let offers = statement.query_map([], |row| Ok((RoomId(row.get(0)?), row.get(1)?)))?;
    Ok(offers.collect::<Result<_, _>>()?)
}

/// A room's register.
pub(crate) fn of_room(db: &Connection, room_id: RoomId) -> Result<Register, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT version, base_content, base_reply_to, base_other, base_other_reply_to, other_content, other_reply_to,
                other_life, arrived
         FROM draft_registers WHERE room_id = ?1",
    )?;
    Ok(statement.query_row([room_id.get()], read).optional()?.unwrap_or_default())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Register> {
    let other = |at| -> rusqlite::Result<_> { Ok(Some(text(row, at)?).filter(|text| !text.is_blank())) };
    Ok(Register {
        version: Rev(row.get(0)?),
        base: DraftContent { draft: text(row, 1)?, other: other(3)? },
        other: other(5)?,
        other_life: row.get(7)?,
        arrived: u64::try_from(row.get::<_, i64>(8)?).unwrap_or_default(),
    })
}

fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<DraftText> {
    Ok(DraftText { text: row.get(at)?, reply_to: row.get::<_, Option<i64>>(at + 1)?.map(MessageId) })
}

fn sharing(db: &Connection) -> Result<Sharing, CacheError> {
    let sql = "SELECT draft_sharing FROM profile WHERE only_row = 1";
    let word: String = db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(match word.as_str() {
        "on" => Sharing::On,
        "leaving" => Sharing::Leaving,
        _ => Sharing::Off,
    })
}

fn to_put(db: &Connection, room_id: RoomId) -> Result<Option<PutDraft>, CacheError> {
    let register = of_room(db, room_id)?;
    if sharing(db)? != Sharing::On || register.other_life {
        return Ok(None);
    }
    let content = DraftContent { draft: written(db, room_id)?, other: register.other };
    let put = content != register.base && content.fits();
    Ok(put.then_some(PutDraft { base: register.version, content }))
}

/// What the sync machine starts from.
pub(crate) fn sync(db: &Connection) -> Result<DraftsSync, CacheError> {
    let sharing = sharing(db)?;
    if sharing != Sharing::On {
        return Ok(DraftsSync { sharing, rooms: Vec::new() });
    }
    let mut statement =
        db.prepare_cached("SELECT room_id FROM drafts UNION SELECT room_id FROM draft_registers")?;
    let rooms = statement.query_map([], |row| row.get(0).map(RoomId))?.collect::<Result<Vec<_>, _>>()?;
    let mut dirty = Vec::new();
    for room_id in rooms {
        let register = of_room(db, room_id)?;
        let content = DraftContent { draft: written(db, room_id)?, other: register.other };
        if content != register.base {
            dirty.push(room_id);
        }
    }
    Ok(DraftsSync { sharing, rooms: dirty })
}
