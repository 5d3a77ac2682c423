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

/// A conversation, as the list shows it and with what the list does not show.
struct Line {
    row: RoomRow,
    facts: Facts,
}

/// What waits for one, at a moment.
pub(crate) fn view(db: &Connection, now: Timestamp) -> Result<HomeView, CacheError> {
    let unsent = unsent(&outbox::pending(db)?);
    let everything = rooms::Wanted { search: String::new(), filter: None, keep: None, now };
    let list = rooms::view(db, &everything)?.view;
    let lines = lines(db, list.rows)?;
    let view = HomeView {
        loading: list.loading,
        rooms: count(lines.len()),
        unread: card(&lines, First::Newest, unread_since),
        urgent: card(&lines, First::Newest, |line| line.row.at.filter(|_| line.row.urgent)),
        unsent: unsent_card(&lines, &unsent),
        ..HomeView::default()
    };
    match role(db)? {
        Some(Role::Practitioner) => Ok(HomeView {
            waiting: card(&lines, First::Oldest, |line| waits_since(line, &unsent)),
            unseen: card(&lines, First::Oldest, |line| unseen_since(line, now)),
            ..view
        }),
        Some(Role::Patient) => Ok(HomeView { people: care_team(db, lines)?, ..view }),
        _ => Ok(view),
    }
}

/// What oneself is here.
fn role(db: &Connection) -> Result<Option<Role>, CacheError> {
    let Some(me) = profile::profile(db)?.account_id else { return Ok(None) };
    Ok(profile::person(db, me)?.map(|person| person.role))
}

fn lines(db: &Connection, rows: Vec<RoomRow>) -> Result<Vec<Line>, CacheError> {
    let mut facts = facts(db)?;
    let line = |row: RoomRow| Some(Line { facts: facts.remove(&row.room_id)?, row });
    Ok(rows.into_iter().filter_map(line).collect())
}

/// What the list does not show of a conversation.
struct Facts {
    /// The first of their messages after one's own last.
    asked_at: Option<Timestamp>,
    /// When the newest message was stored, if it is one's own and not read.
    unread_by_them_at: Option<Timestamp>,
}

const FACTS: &str = "SELECT room_id, asked_at,
       CASE WHEN newest_seq > other_read AND newest_sender IS profile.account_id THEN newest_at END
FROM rooms JOIN profile WHERE other_account IS NOT NULL";

fn facts(db: &Connection) -> Result<HashMap<RoomId, Facts>, CacheError> {
    let mut statement = db.prepare_cached(FACTS)?;
    let facts = statement.query_map([], |row| {
        let facts = Facts {
            asked_at: row.get::<_, Option<i64>>(1)?.map(Timestamp),
            unread_by_them_at: row.get::<_, Option<i64>>(2)?.map(Timestamp),
        };
        Ok((RoomId(row.get(0)?), facts))
    })?;
    Ok(facts.collect::<Result<_, _>>()?)
}

/// The conversations that are of a kind since some moment.
fn card(lines: &[Line], first: First, since: impl Fn(&Line) -> Option<Timestamp>) -> HomeCard {
    let mut found: Vec<_> = lines.iter().filter_map(|line| Some((since(line)?, line))).collect();
    found.sort_unstable_by_key(|(since, line)| match first {
        First::Newest => (-since.0, line.row.room_id),
        First::Oldest => (since.0, line.row.room_id),
    });
    let rows = found.iter().take(CARD_ROWS);
    HomeCard {
        total: count(found.len()),
        rows: rows.map(|(since, line)| HomeRow { row: line.row.clone(), since: *since }).collect(),
    }
}

fn unread_since(line: &Line) -> Option<Timestamp> {
    let unread = line.row.unread > 0 || line.row.marks.marked_unread;
    (unread && !line.row.marks.archived).then(|| line.row.at.unwrap_or_default())
}

/// Since when a patient waits for an answer, however often it was asked for; one that is on its way is an answer, a
/// draft is none.
fn waits_since(line: &Line, unsent: &HashMap<RoomId, Unsent>) -> Option<Timestamp> {
    let open = line.row.writable && !line.row.marks.archived && !unsent.contains_key(&line.row.room_id);
    line.facts.asked_at.filter(|_| open)
}

fn unseen_since(line: &Line, now: Timestamp) -> Option<Timestamp> {
    line.facts.unread_by_them_at.filter(|at| rooms::unseen_due(*at) <= now)
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

fn unsent_card(lines: &[Line], unsent: &HashMap<RoomId, Unsent>) -> HomeCard {
    let mut found: Vec<_> =
        lines.iter().filter_map(|line| Some((unsent.get(&line.row.room_id)?, &line.row))).collect();
    found.sort_unstable_by_key(|(unsent, row)| (!unsent.needs_author, unsent.composed_at, row.room_id));
    let rows = found.iter().take(CARD_ROWS).map(|(unsent, row)| unsent_row(unsent, row));
    HomeCard { total: count(found.len()), rows: rows.collect() }
}

fn unsent_row(unsent: &Unsent, row: &RoomRow) -> HomeRow {
    let (preview, at) = (Some(unsent.preview.clone()), Some(unsent.composed_at));
    HomeRow { row: RoomRow { preview, at, ..row.clone() }, since: unsent.composed_at }
}

/// Those one is linked with.
fn care_team(db: &Connection, lines: Vec<Line>) -> Result<HomePeople, CacheError> {
    let mut rows: HashMap<RoomId, RoomRow> =
        lines.into_iter().map(|line| (line.row.room_id, line.row)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::migrate::migrated;

    #[test]
    fn the_rooms_are_passed_over_and_no_message_is_read() {
        let db = migrated();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {FACTS}")).unwrap();
        let steps = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        let plan = steps.map(Result::unwrap).collect::<Vec<_>>().join("; ");
        assert_eq!(plan.matches("SCAN rooms").count(), 1, "{plan}");
        assert!(!plan.contains("messages") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
