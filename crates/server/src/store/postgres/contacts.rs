//! Where people are reached outside the app, and how they wish it.

use bedside_core::outreach::DAY_MS;
use bedside_protocol::Timestamp;
use bedside_protocol::wire::{Channel, Contact, OutreachWishes};
use subtle::ConstantTimeEq as _;

use super::audit::{Entry, Event, audit};
use super::outreach::wishes_at;
use super::tx::{Tx, at};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::outreach::{CODE_LASTS_MS, CODE_TRIES, channel, code_wait, wishes};
use crate::store::{Actor, CodeHash, ContactChange, ContactOutcome, StoreError};

fn may(actor: Actor) -> bool {
    can(actor.role, Action::SeeOwnLists, Relation::Oneself) == Decision::Allow
}

pub(super) async fn outreach(
    tx: &Tx<'_>,
    actor: Actor,
) -> Result<(OutreachWishes, Vec<Contact>), StoreError> {
    let account = actor.account_id.get();
    let row = tx
        .maybe(
            "SELECT email_after, sms_after, sms_for, quiet_from, quiet_to, reminder_minutes
             FROM outreach_wishes WHERE account_id = $1",
            &[&account],
        )
        .await?;
    let row = row.map(|row| wishes_at(&row, 0)).transpose()?.flatten();
    let wishes = row.map_or(Ok(OutreachWishes::default()), wishes)?;
    let rows = tx
        .rows(
            "SELECT channel, address, pending_address, stopped_at IS NOT NULL
             FROM contacts WHERE account_id = $1 ORDER BY channel",
            &[&account],
        )
        .await?;
    let contacts = rows.iter().map(|row| {
        Ok(Contact {
            channel: channel(at(row, 0)?)?,
            address: at(row, 1)?,
            pending: at(row, 2)?,
            stopped: at(row, 3)?,
        })
    });
    Ok((wishes, contacts.collect::<Result<_, StoreError>>()?))
}

pub(super) async fn set_wishes(
    tx: &Tx<'_>,
    actor: Actor,
    wishes: &OutreachWishes,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !may(actor) {
        return Ok(());
    }
    let minutes = i64::from;
    tx.run(
        "INSERT INTO outreach_wishes
           (account_id, email_after, sms_after, sms_for, quiet_from, quiet_to, reminder_minutes)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (account_id) DO UPDATE SET email_after = excluded.email_after,
           sms_after = excluded.sms_after, sms_for = excluded.sms_for, quiet_from = excluded.quiet_from,
           quiet_to = excluded.quiet_to, reminder_minutes = excluded.reminder_minutes",
        &[
            &actor.account_id.get(),
            &minutes(wishes.email_after),
            &minutes(wishes.sms_after),
            &wishes.sms_for.as_str(),
            &wishes.quiet.map(|quiet| minutes(quiet.from)),
            &wishes.quiet.map(|quiet| minutes(quiet.to)),
            &minutes(wishes.reminder),
        ],
    )
    .await?;
    audit(tx, Entry::new(Event::OutreachWished, Some(actor)), now).await
}

/// The account is locked: of two changes at once the second sees the first.
pub(super) async fn change(
    tx: &Tx<'_>,
    actor: Actor,
    channel: Channel,
    change: &ContactChange,
    now: Timestamp,
) -> Result<ContactOutcome, StoreError> {
    if !may(actor) {
        return Ok(ContactOutcome::NotFound);
    }
    let account = actor.account_id.get();
    tx.run("SELECT 1 FROM accounts WHERE id = $1 FOR NO KEY UPDATE", &[&account]).await?;
    let outcome = match change {
        ContactChange::Add { address, code_hash, stop_token } => {
            add(tx, (account, channel), (address, code_hash, stop_token), now).await?
        }
        ContactChange::Confirm(hash) => confirm(tx, (account, channel), hash, now).await?,
        ContactChange::Stop => stop(tx, (account, channel), Some(now)).await?,
        ContactChange::Resume => stop(tx, (account, channel), None).await?,
        ContactChange::Remove => {
            // The row stays: it knows how many codes were sent.
            tx
                .run(
                "UPDATE contacts SET address = NULL, pending_address = NULL, code_hash = NULL, stopped_at = NULL
                 WHERE account_id = $1 AND channel = $2",
                &[&account, &channel.as_str()],
            )
            .await?;
            ContactOutcome::Done
        }
    };
    if outcome == ContactOutcome::Done {
        audit(tx, Entry::new(Event::ContactChanged, Some(actor)), now).await?;
    }
    Ok(outcome)
}

const fn done(changed: u64) -> ContactOutcome {
    if changed > 0 { ContactOutcome::Done } else { ContactOutcome::NotFound }
}

async fn stop(
    tx: &Tx<'_>,
    (account, channel): (i64, Channel),
    at: Option<Timestamp>,
) -> Result<ContactOutcome, StoreError> {
    let changed = tx.run(
        "UPDATE contacts SET stopped_at = $3 WHERE account_id = $1 AND channel = $2 AND address IS NOT NULL",
        &[&account, &channel.as_str(), &at.map(Timestamp::millis)],
    )
    .await?;
    Ok(done(changed))
}

async fn add(
    tx: &Tx<'_>,
    (account, channel): (i64, Channel),
    (address, code_hash, stop_token): (&str, &[u8; 32], &str),
    now: Timestamp,
) -> Result<ContactOutcome, StoreError> {
    let before = tx
        .maybe(
            "SELECT codes_sent, codes_since_at, code_expires_at FROM contacts
             WHERE account_id = $1 AND channel = $2",
            &[&account, &channel.as_str()],
        )
        .await?;
    let before =
        before.map(|row| Ok::<(i64, i64, i64), StoreError>((at(&row, 0)?, at(&row, 1)?, at(&row, 2)?)));
    let window = before.transpose()?.filter(|(_, since, _)| now.millis() - since < DAY_MS);
    if let Some(wait) = window.and_then(|(sent, since, expires)| code_wait(sent, since, expires, now)) {
        return Ok(ContactOutcome::Wait(wait));
    }
    let (sent, since) = window.map_or((1, now.millis()), |(sent, since, _)| (sent + 1, since));
    tx.run(
        "INSERT INTO contacts (account_id, channel, stop_token, pending_address, code_hash, code_expires_at,
                               code_tries, codes_sent, codes_since_at)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)
         ON CONFLICT (account_id, channel) DO UPDATE SET pending_address = excluded.pending_address,
           code_hash = excluded.code_hash, code_expires_at = excluded.code_expires_at, code_tries = 0,
           codes_sent = excluded.codes_sent, codes_since_at = excluded.codes_since_at",
        &[
            &account,
            &channel.as_str(),
            &stop_token,
            &address,
            &code_hash.as_slice(),
            &(now.millis() + CODE_LASTS_MS),
            &sent,
            &since,
        ],
    )
    .await?;
    Ok(ContactOutcome::Done)
}

async fn confirm(
    tx: &Tx<'_>,
    (account, channel): (i64, Channel),
    hash: &CodeHash,
    now: Timestamp,
) -> Result<ContactOutcome, StoreError> {
    let pending = tx
        .maybe(
            "SELECT pending_address, code_hash FROM contacts
             WHERE account_id = $1 AND channel = $2 AND pending_address IS NOT NULL AND code_hash IS NOT NULL
               AND code_expires_at > $3 AND code_tries < $4",
            &[&account, &channel.as_str(), &now.millis(), &CODE_TRIES],
        )
        .await?;
    let Some(row) = pending else { return Ok(ContactOutcome::WrongCode) };
    let (address, expected) = (at::<&str>(&row, 0)?, at::<&[u8]>(&row, 1)?);
    if !bool::from(expected.ct_eq(&hash.of(address))) {
        tx.run(
            "UPDATE contacts SET code_tries = code_tries + 1 WHERE account_id = $1 AND channel = $2",
            &[&account, &channel.as_str()],
        )
        .await?;
        return Ok(ContactOutcome::WrongCode);
    }
    tx.run(
        "UPDATE contacts SET address = pending_address, pending_address = NULL, code_hash = NULL, stopped_at = NULL
         WHERE account_id = $1 AND channel = $2",
        &[&account, &channel.as_str()],
    )
    .await?;
    Ok(ContactOutcome::Done)
}

pub(super) async fn stop_by_token(tx: &Tx<'_>, token: &str, now: Timestamp) -> Result<bool, StoreError> {
    let found = tx
        .maybe("SELECT account_id FROM contacts WHERE stop_token = $1 AND address IS NOT NULL", &[&token])
        .await?;
    let Some(row) = found else { return Ok(false) };
    let changed = tx
        .run(
            "UPDATE contacts SET stopped_at = $2 WHERE stop_token = $1 AND stopped_at IS NULL",
            &[&token, &now.millis()],
        )
        .await?;
    if changed > 0 {
        audit(tx, Entry::new(Event::ContactStopped, None).about(at(&row, 0)?), now).await?;
    }
    Ok(true)
}

pub(super) async fn stop_by_sms(
    tx: &Tx<'_>,
    number: &str,
    stopped: bool,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let changed = tx
        .run(
            "UPDATE contacts SET stopped_at = $2 WHERE address = $1 AND channel = 'sms'",
            &[&number, &stopped.then_some(now.millis())],
        )
        .await?;
    if changed > 0 {
        audit(tx, Entry::new(Event::ContactStopped, None), now).await?;
    }
    Ok(changed)
}
