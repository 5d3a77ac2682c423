//! Whose cache it is: server, account, session token, settings, drafts.

use bedside_protocol::ipc::Settings;
use bedside_protocol::wire::{Clinic, Person, PersonFacts, Role};
use bedside_protocol::{AccountId, Cursor, DeviceId, Epoch, FeedSeq, MessageId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use secrecy::{ExposeSecret, SecretString};

use super::changes::Part;
use super::error::CacheError;
use super::group::Group;

const TOKEN: &str = "session_token";

/// What is remembered of the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The server's address; empty before the first sign-in.
    pub server: String,
    /// The name last signed in with; empty before the first sign-in.
    pub username: String,
    /// Whose cache it is, once known.
    pub account_id: Option<AccountId>,
    /// The device the server knows this profile as.
    pub device_id: Option<DeviceId>,
    /// How far the feed has been applied; `None` before the first snapshot.
    pub cursor: Option<Cursor>,
}

/// What stands in a composer.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The text as typed.
    pub text: String,
    /// The message it is to reply to.
    pub reply_to: Option<MessageId>,
}

impl std::fmt::Debug for Draft {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("reply_to", &self.reply_to).finish_non_exhaustive()
    }
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        Draft { text: text.to_owned(), reply_to: None }
    }
}

/// What a sign-in leaves behind.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The server's address.
    pub server: String,
    /// The name signed in with.
    pub username: String,
    /// Who.
    pub account_id: AccountId,
    /// The device the session belongs to.
    pub device_id: DeviceId,
    /// The bearer token.
    pub token: SecretString,
}

impl Group<'_> {
    pub(super) fn signed_in(&mut self, session: &SignedIn) -> Result<(), CacheError> {
        self.db.execute(
            "UPDATE profile SET server = ?1, username = ?2, account_id = ?3, device_id = ?4 WHERE only_row = 1",
            params![session.server, session.username, session.account_id.get(), session.device_id.get()],
        )?;
        self.db.execute(
            "INSERT INTO secrets (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
            params![TOKEN, session.token.expose_secret()],
        )?;
        self.me = Some(session.account_id);
        self.changed(Part::Profile);
        Ok(())
    }

    pub(super) fn forget_token(&mut self) -> Result<(), CacheError> {
        self.db.execute("DELETE FROM secrets WHERE name = ?1", [TOKEN])?;
        self.changed(Part::Profile);
        Ok(())
    }

    pub(super) fn save_settings(&mut self, settings: &Settings) -> Result<(), CacheError> {
        let body = serde_json::to_string(settings).map_err(|_| CacheError::Unreadable { what: "setting" })?;
        self.db.execute(
            "INSERT INTO settings (only_row, body) VALUES (1, ?1) ON CONFLICT (only_row) DO UPDATE SET body = ?1",
            [body],
        )?;
        self.share_drafts(settings.share_drafts)?;
        self.changed(Part::Settings);
        Ok(())
    }

    /// Keeps what stands in a composer; an empty text that replies to nothing removes the draft.
    pub(super) fn save_draft(&mut self, room_id: RoomId, draft: &Draft) -> Result<(), CacheError> {
        let text = if draft.text.trim().is_empty() { "" } else { draft.text.as_str() };
        let reply_to = draft.reply_to.map(MessageId::get);
        let changed = if text.is_empty() && reply_to.is_none() {
            self.db.prepare_cached("DELETE FROM drafts WHERE room_id = ?1")?.execute([room_id.get()])?
        } else {
            self.db
                .prepare_cached(
                    "INSERT INTO drafts (room_id, content, updated_at, reply_to) SELECT room_id, ?2, ?3, ?4 FROM rooms
                     WHERE room_id = ?1
                     ON CONFLICT (room_id) DO UPDATE SET content = ?2, updated_at = ?3, reply_to = ?4
                     WHERE content <> ?2 OR reply_to IS NOT ?4",
                )?
                .execute(params![room_id.get(), text, self.now.millis(), reply_to])?
        };
        if changed > 0 {
            self.changed_room(room_id);
        }
        Ok(())
    }
}

pub(crate) fn profile(db: &Connection) -> Result<Profile, CacheError> {
    let sql =
        "SELECT server, username, account_id, device_id, epoch, feed_seq FROM profile WHERE only_row = 1";
    Ok(db.prepare_cached(sql)?.query_row([], read)?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Profile> {
    let epoch: Option<String> = row.get(4)?;
    let feed_seq = FeedSeq(row.get::<_, Option<i64>>(5)?.unwrap_or_default());
    Ok(Profile {
        server: row.get(0)?,
        username: row.get(1)?,
        account_id: row.get::<_, Option<i64>>(2)?.map(AccountId),
        device_id: row.get::<_, Option<i64>>(3)?.map(DeviceId),
        cursor: epoch.map(|epoch| Cursor { epoch: Epoch(epoch), feed_seq }),
    })
}

pub(super) fn token(db: &Connection) -> Result<Option<SecretString>, CacheError> {
    let sql = "SELECT value FROM secrets WHERE name = ?1";
    let text: Option<String> = db.query_row(sql, [TOKEN], |row| row.get(0)).optional()?;
    Ok(text.map(SecretString::from))
}

/// The settings; those of an unreadable row fall back to the defaults.
pub(super) fn settings(db: &Connection) -> Result<Settings, CacheError> {
    let body: Option<String> =
        db.query_row("SELECT body FROM settings WHERE only_row = 1", [], |row| row.get(0)).optional()?;
    Ok(body.and_then(|body| serde_json::from_str(&body).ok()).unwrap_or_default())
}

/// What the clinic says of itself, as last heard; what holds anywhere before that.
pub(crate) fn clinic(db: &Connection) -> Result<Clinic, CacheError> {
    let mut statement = db.prepare_cached("SELECT clinic FROM profile WHERE only_row = 1")?;
    let body: Option<String> = statement.query_row([], |row| row.get(0))?;
    Ok(body.and_then(|body| serde_json::from_str(&body).ok()).unwrap_or_default())
}

pub(crate) fn draft(db: &Connection, room_id: RoomId) -> Result<Draft, CacheError> {
    let mut statement = db.prepare_cached("SELECT content, reply_to FROM drafts WHERE room_id = ?1")?;
    let read = |row: &Row<'_>| {
        Ok(Draft { text: row.get(0)?, reply_to: row.get::<_, Option<i64>>(1)?.map(MessageId) })
    };
    Ok(statement.query_row([room_id.get()], read).optional()?.unwrap_or_default())
}

/// One person, if held.
pub(crate) fn person(db: &Connection, account_id: AccountId) -> Result<Option<Person>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT account_id, role, role_id, name, profession, birth_date, since_at, phone, language, time_zone,
                record_number
         FROM people WHERE account_id = ?1",
    )?;
    Ok(statement.query_row([account_id.get()], |row| read_person(row, 0)).optional()?)
}

/// A person from eleven columns beginning at `first`: account_id, role, role_id, name, profession, birth_date, since_at,
/// phone, language, time_zone, record_number.
pub(super) fn read_person(row: &Row<'_>, first: usize) -> rusqlite::Result<Person> {
    Ok(Person {
        account_id: AccountId(row.get(first)?),
        role: Role::parse(row.get_ref(first + 1)?.as_str()?).unwrap_or(Role::Patient),
        role_id: row.get(first + 2)?,
        name: row.get(first + 3)?,
        profession: row.get(first + 4)?,
        birth_date: row.get(first + 5)?,
        since: Timestamp(row.get(first + 6)?),
        facts: Box::new(PersonFacts {
            phone: row.get(first + 7)?,
            language: row.get(first + 8)?,
            time_zone: row.get(first + 9)?,
            record_number: row.get(first + 10)?,
        }),
    })
}
