//! Where people are reached outside the app, and how they wish it.

use bedside_protocol::Timestamp;
use bedside_protocol::wire::{Channel, Contact, OutreachWishes};
use rusqlite::{Connection, OptionalExtension, params};
use subtle::ConstantTimeEq as _;

use super::audit::{Entry, Event, audit};
use super::outreach::wishes_at;
use super::writer::Write;
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::outreach::{CODE_LASTS_MS, CODE_TRIES, channel, code_wait, wishes};
use crate::store::{Actor, CodeHash, ContactChange, ContactOutcome, StoreError};

fn may(actor: Actor) -> bool {
    can(actor.role, Action::SeeOwnLists, Relation::Oneself) == Decision::Allow
}

pub(super) fn outreach(db: &Connection, actor: Actor) -> Result<(OutreachWishes, Vec<Contact>), StoreError> {
    let account = actor.account_id.get();
    let row = db
        .prepare_cached(
            "SELECT email_after, sms_after, sms_for, quiet_from, quiet_to, reminder_minutes
             FROM outreach_wishes WHERE account_id = ?1",
        )?
        .query_row([account], |row| wishes_at(row, 0))
        .optional()?;
    let wishes = row.flatten().map_or(Ok(OutreachWishes::default()), wishes)?;
    let mut statement = db.prepare_cached(
        "SELECT channel, address, pending_address, stopped_at IS NOT NULL
         FROM contacts WHERE account_id = ?1 ORDER BY channel",
    )?;
    let mut rows = statement.query([account])?;
    let mut contacts = Vec::new();
    while let Some(row) = rows.next()? {
        contacts.push(Contact {
            channel: channel(&row.get::<_, String>(0)?)?,
            address: row.get(1)?,
            pending: row.get(2)?,
            stopped: row.get(3)?,
        });
    }
    Ok((wishes, contacts))
}

pub(super) fn set_wishes(
    tx: &Write<'_>,
    actor: Actor,
    wishes: &OutreachWishes,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !may(actor) {
        return Ok(());
    }
    tx.prepare_cached(
        "INSERT INTO outreach_wishes
           (account_id, email_after, sms_after, sms_for, quiet_from, quiet_to, reminder_minutes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (account_id) DO UPDATE SET email_after = excluded.email_after,
           sms_after = excluded.sms_after, sms_for = excluded.sms_for, quiet_from = excluded.quiet_from,
           quiet_to = excluded.quiet_to, reminder_minutes = excluded.reminder_minutes",
    )?
    .execute(params![
        actor.account_id.get(),
        wishes.email_after,
        wishes.sms_after,
        wishes.sms_for.as_str(),
        wishes.quiet.map(|quiet| quiet.from),
        wishes.quiet.map(|quiet| quiet.to),
        wishes.reminder
    ])?;
    audit(tx, Entry::new(Event::OutreachWished, Some(actor)), now)
}

pub(super) fn change(
    tx: &Write<'_>,
    actor: Actor,
    channel: Channel,
    change: &ContactChange,
    now: Timestamp,
) -> Result<ContactOutcome, StoreError> {
    if !may(actor) {
        return Ok(ContactOutcome::NotFound);
    }
    let outcome = match change {
        ContactChange::Add { address, code_hash, stop_token } => {
            add(tx, actor, channel, (address, code_hash, stop_token), now)?
        }
        ContactChange::Confirm(hash) => confirm(tx, actor, channel, hash, now)?,
        ContactChange::Stop => stop(tx, actor, channel, Some(now))?,
        ContactChange::Resume => stop(tx, actor, channel, None)?,
        ContactChange::Remove => {
            // The row stays: it knows how many codes were sent.
            tx
                .prepare_cached(
                    "UPDATE contacts SET address = NULL, pending_address = NULL, code_hash = NULL, stopped_at = NULL
                     WHERE account_id = ?1 AND channel = ?2",
                )?
                .execute(params![actor.account_id.get(), channel.as_str()])?;
            ContactOutcome::Done
        }
    };
    if outcome == ContactOutcome::Done {
        audit(tx, Entry::new(Event::ContactChanged, Some(actor)), now)?;
    }
    Ok(outcome)
}

const fn done(changed: usize) -> ContactOutcome {
    if changed > 0 { ContactOutcome::Done } else { ContactOutcome::NotFound }
}

fn stop(
    tx: &Write<'_>,
    actor: Actor,
    channel: Channel,
    at: Option<Timestamp>,
) -> Result<ContactOutcome, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE contacts SET stopped_at = ?3 WHERE account_id = ?1 AND channel = ?2 AND address IS NOT NULL",
        )?
        .execute(params![actor.account_id.get(), channel.as_str(), at.map(Timestamp::millis)])?;
    Ok(done(changed))
}

fn add(
    tx: &Write<'_>,
    actor: Actor,
    channel: Channel,
    (address, code_hash, stop_token): (&str, &[u8; 32], &str),
    now: Timestamp,
) -> Result<ContactOutcome, StoreError> {
    let account = actor.account_id.get();
    let before: Option<(i64, i64, i64)> = tx
        .prepare_cached(
            "SELECT codes_sent, codes_since_at, code_expires_at FROM contacts
             WHERE account_id = ?1 AND channel = ?2",
        )?
        .query_row(params![account, channel.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let window = before.filter(|(_, since, _)| now.millis() - since < bedside_core::outreach::DAY_MS);
    if let Some(wait) = window.and_then(|(sent, since, expires)| code_wait(sent, since, expires, now)) {
        return Ok(ContactOutcome::Wait(wait));
    }
    let (sent, since) = window.map_or((1, now.millis()), |(sent, since, _)| (sent + 1, since));
    tx.prepare_cached(
        "INSERT INTO contacts (account_id, channel, stop_token, pending_address, code_hash, code_expires_at,
                               code_tries, codes_sent, codes_since_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8)
         ON CONFLICT (account_id, channel) DO UPDATE SET pending_address = excluded.pending_address,
           code_hash = excluded.code_hash, code_expires_at = excluded.code_expires_at, code_tries = 0,
           codes_sent = excluded.codes_sent, codes_since_at = excluded.codes_since_at",
    )?
    .execute(params![
        account,
        channel.as_str(),
        stop_token,
        address,
        code_hash,
        now.millis() + CODE_LASTS_MS,
        sent,
        since
    ])?;
    Ok(ContactOutcome::Done)
}

fn confirm(
    tx: &Write<'_>,
    actor: Actor,
    channel: Channel,
    hash: &CodeHash,
    now: Timestamp,
) -> Result<ContactOutcome, StoreError> {
    let account = actor.account_id.get();
    let pending: Option<(String, Vec<u8>)> = tx
        .prepare_cached(
            "SELECT pending_address, code_hash FROM contacts
             WHERE account_id = ?1 AND channel = ?2 AND pending_address IS NOT NULL AND code_hash IS NOT NULL
               AND code_expires_at > ?3 AND code_tries < ?4",
        )?
        .query_row(params![account, channel.as_str(), now.millis(), CODE_TRIES], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((address, expected)) = pending else { return Ok(ContactOutcome::WrongCode) };
    if !bool::from(expected.as_slice().ct_eq(&hash.of(&address))) {
        tx.prepare_cached(
            "UPDATE contacts SET code_tries = code_tries + 1 WHERE account_id = ?1 AND channel = ?2",
        )?
        .execute(params![account, channel.as_str()])?;
        return Ok(ContactOutcome::WrongCode);
    }
    tx.prepare_cached(
        "UPDATE contacts SET address = pending_address, pending_address = NULL, code_hash = NULL, stopped_at = NULL
         WHERE account_id = ?1 AND channel = ?2",
    )?
    .execute(params![account, channel.as_str()])?;
    Ok(ContactOutcome::Done)
}

pub(super) fn stop_by_token(tx: &Write<'_>, token: &str, now: Timestamp) -> Result<bool, StoreError> {
    let account: Option<i64> = tx
        .prepare_cached("SELECT account_id FROM contacts WHERE stop_token = ?1 AND address IS NOT NULL")?
        .query_row([token], |row| row.get(0))
        .optional()?;
    let Some(account) = account else { return Ok(false) };
    let changed = tx
        .prepare_cached("UPDATE contacts SET stopped_at = ?2 WHERE stop_token = ?1 AND stopped_at IS NULL")?
        .execute(params![token, now.millis()])?;
    if changed > 0 {
        audit(tx, Entry::new(Event::ContactStopped, None).about(account), now)?;
    }
    Ok(true)
}

pub(super) fn stop_by_sms(
    tx: &Write<'_>,
    number: &str,
    stopped: bool,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let changed = tx
        .prepare_cached("UPDATE contacts SET stopped_at = ?2 WHERE address = ?1 AND channel = 'sms'")?
        .execute(params![number, stopped.then_some(now.millis())])?;
    if changed > 0 {
        audit(tx, Entry::new(Event::ContactStopped, None), now)?;
    }
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}
