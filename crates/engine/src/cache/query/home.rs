//! The home page: the conversations that wait for one, by kind, as the list shows them. Reads rooms, never messages.

use std::collections::HashMap;

use bedside_core::cache_write::{OutboxRow, OutboxState};
use bedside_protocol::ipc::home::CARD_ROWS;
use bedside_protocol::ipc::{
    HomeCard, HomePeople, HomePerson, HomeRow, HomeView, LinkedPersonRow, Preview, RoomRow,
};
use bedside_protocol::wire::Role;
use bedside_protocol::{RoomId, Timestamp};
use rusqlite::Connection;

use super::{people, rooms};
use crate::cache::error::CacheError;
use crate::cache::preview::one_line;
use crate::cache::{outbox, profile};

/// Which of a card's rows comes first.
#[derive(Clone, Copy)]
enum First {
    Newest,
    Oldest,
}

/// What waits for one, at a moment.
pub(crate) fn view(db: &Connection, now: Timestamp) -> Result<HomeView, CacheError> {
    let unsent = unsent(&outbox::pending(db)?);
    let everything = rooms::Wanted { search: String::new(), filter: None, keep: None, now };
    let rooms::Listed { view: list, waiting, .. } = rooms::view(db, &everything)?;
    let rows = list.rows;
    let view = HomeView {
        loading: list.loading,
        rooms: count(rows.len()),
        unread: card(&rows, First::Newest, unread_since),
        urgent: card(&rows, First::Newest, |row| row.at.filter(|_| row.urgent)),
        unsent: unsent_card(&rows, &unsent),
        ..HomeView::default()
    };
    match role(db)? {
        Some(Role::Practitioner) => Ok(HomeView {
            waiting: card(&rows, First::Oldest, |row| waiting.get(&row.room_id).copied()),
            unseen: card(&rows, First::Oldest, |row| row.unseen_since),
            ..view
        }),
        Some(Role::Patient) => Ok(HomeView { people: care_team(db, rows)?, ..view }),
        _ => Ok(view),
    }
}

/// What oneself is here.
fn role(db: &Connection) -> Result<Option<Role>, CacheError> {
    let Some(me) = profile::profile(db)?.account_id else { return Ok(None) };
    Ok(profile::person(db, me)?.map(|person| person.role))
}

/// The conversations that are of a kind since some moment.
fn card(rows: &[RoomRow], first: First, since: impl Fn(&RoomRow) -> Option<Timestamp>) -> HomeCard {
    let mut found: Vec<_> = rows.iter().filter_map(|row| Some((since(row)?, row))).collect();
    found.sort_unstable_by_key(|(since, row)| match first {
        First::Newest => (-since.0, row.room_id),
        First::Oldest => (since.0, row.room_id),
    });
    let rows = found.iter().take(CARD_ROWS);
    HomeCard {
        total: count(found.len()),
        rows: rows.map(|(since, row)| HomeRow { row: (*row).clone(), since: *since }).collect(),
    }
}

fn unread_since(row: &RoomRow) -> Option<Timestamp> {
    let unread = row.unread > 0 || row.marks.marked_unread;
    (unread && !row.marks.archived).then(|| row.at.unwrap_or_default())
}

/// Of a room's messages that the server does not have, the one to look at first.
struct Unsent {
    needs_author: bool,
    composed_at: Timestamp,
    preview: Preview,
}

/// The first that needs its author, else the first.
fn unsent(pending: &[OutboxRow]) -> HashMap<RoomId, Unsent> {
    let mut unsent: HashMap<RoomId, Unsent> = HashMap::new();
    for row in pending {
        let needs_author = matches!(row.state, OutboxState::Parked(_));
        let known = unsent.get(&row.room_id).is_some_and(|held| held.needs_author || !needs_author);
        if !known {
            let state = Some(rooms::delivery(&row.state));
            let preview = Preview::Message { text: one_line(&row.content), own: true, state };
            unsent.insert(row.room_id, Unsent { needs_author, composed_at: row.composed_at, preview });
        }
    }
    unsent
}

fn unsent_card(rows: &[RoomRow], unsent: &HashMap<RoomId, Unsent>) -> HomeCard {
    let mut found: Vec<_> = rows.iter().filter_map(|row| Some((unsent.get(&row.room_id)?, row))).collect();
    found.sort_unstable_by_key(|(unsent, row)| (!unsent.needs_author, unsent.composed_at, row.room_id));
    let rows = found.iter().take(CARD_ROWS).map(|(unsent, row)| unsent_row(unsent, row));
    HomeCard { total: count(found.len()), rows: rows.collect() }
}

fn unsent_row(unsent: &Unsent, row: &RoomRow) -> HomeRow {
    let (preview, at) = (Some(unsent.preview.clone()), Some(unsent.composed_at));
    HomeRow { row: RoomRow { preview, at, ..row.clone() }, since: unsent.composed_at }
}

/// Those one is linked with.
fn care_team(db: &Connection, rows: Vec<RoomRow>) -> Result<HomePeople, CacheError> {
    let mut rows: HashMap<RoomId, RoomRow> = rows.into_iter().map(|row| (row.room_id, row)).collect();
    let mut people: Vec<_> = people::linked(db)?
        .into_iter()
        .map(|LinkedPersonRow { person, room_id, .. }| {
            let row = room_id.and_then(|room| rows.remove(&room));
            HomePerson { person, room_id, row }
        })
        .collect();
    // They come by name, and this keeps those together that were never written with.
    people.sort_by_key(|one| std::cmp::Reverse(one.row.as_ref().and_then(|row| row.at)));
    let total = count(people.len());
    people.truncate(CARD_ROWS);
    Ok(HomePeople { total, rows: people })
}

fn count(all: usize) -> u32 {
    u32::try_from(all).unwrap_or(u32::MAX)
}
