//! Half a minute of everything at once, through two servers, by few people.

use std::time::Duration;

use bedside_protocol::RoomSeq;
use bedside_server::store::postgres::PgStore;
use bedside_server::store::{
    LoginThrottle, OpenRoomOutcome, ReadCommand, SendOutcome, Store as _, StoreError,
};
use futures_util::future::try_join_all;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use crate::support::{Clinic, assert_no_deadlock, number};

const LONG: Duration = Duration::from_secs(30);
const WORKERS: u64 = 8;

/// What a mistake of the order of locks, or of what is decided under them, would leave behind: each counts faults.
const FAULTS: [(&str, &str); 8] = [
    (
        "places in a room are dense",
        "SELECT count(*) FROM rooms r WHERE (r.last_seq, r.last_seq) IS DISTINCT FROM
           (SELECT (count(*), coalesce(max(room_seq), 0)) FROM messages WHERE room_id = r.id)",
    ),
    (
        "places in a feed are dense",
        "SELECT count(*) FROM feed_heads h WHERE (h.head, h.head) IS DISTINCT FROM
           (SELECT (count(*), coalesce(max(feed_seq), 0)) FROM feed WHERE account_id = h.account_id)",
    ),
    (
        "each message is in the feed of each member",
        "SELECT count(*) FROM messages m JOIN room_members p ON p.room_id = m.room_id WHERE 1 <>
           (SELECT count(*) FROM feed WHERE account_id = p.account_id AND kind = 'message' AND object_id = m.id)",
    ),
    (
        "each message has its command",
        "SELECT count(*) FROM messages m FULL JOIN commands c ON c.message_id = m.id
           WHERE m.id IS NULL OR c.message_id IS NULL",
    ),
    (
        "each author's messages are numbered",
        "SELECT count(*) FROM (SELECT sender_no, row_number() OVER (PARTITION BY room_id, sender_id ORDER BY room_seq)
           AS no FROM messages) AS numbered WHERE sender_no <> no",
    ),
    (
        "no revision is given twice in a room",
        "SELECT count(*) - count(DISTINCT (room_id, rev)) FROM messages",
    ),
    (
        "nothing was stored behind the end of a membership",
        "SELECT count(*) FROM room_members p JOIN messages m ON m.room_id = p.room_id AND m.room_seq > p.until_seq",
    ),
    (
        "a room is open while its pair is linked",
        "SELECT count(*) FROM links l JOIN rooms r USING (patient_id, practitioner_id)
           JOIN room_members p ON p.room_id = r.id WHERE (l.ended_at IS NULL) <> (p.until_at IS NULL)",
    ),
];

/// Somebody who does things by chance, now through one server, now through the other.
struct Worker<'c> {
    clinic: &'c Clinic,
    draw: StdRng,
}

impl Worker<'_> {
    async fn run(mut self) -> Result<u64, StoreError> {
        let runtime = &self.clinic.database.runtime;
        let end = runtime.monotonic() + LONG;
        let mut deeds = 0;
        while runtime.monotonic() < end {
            self.deed().await?;
            deeds += 1;
        }
        Ok(deeds)
    }

    async fn deed(&mut self) -> Result<(), StoreError> {
        let clinic = self.clinic;
        let store = &clinic.stores[self.draw.random_range(0..2)];
        let no = self.draw.random_range(0..clinic.patients.len());
        let (patient, room) = clinic.patients[no];
        let name = format!("patient {no}");
        let by_patient = self.draw.random_bool(0.5);
        let (actor, other) = if by_patient { (patient, clinic.drew) } else { (clinic.drew, patient) };
        match self.draw.random_range(0..20) {
            0..9 => {
                let sent = store.send_message(actor, clinic.command(room, "text")).await?;
                assert!(matches!(sent, SendOutcome::Stored { .. } | SendOutcome::Forbidden), "{sent:?}");
            }
            9..14 => {
                let up_to = RoomSeq(self.draw.random_range(0..200));
                let now = clinic.database.runtime.now();
                store.mark_read(actor, ReadCommand { room_id: room, up_to, now }).await?;
            }
            14 => drop(store.end_link(None, &name, "drew").await?),
            15 | 16 => drop(store.link(None, &name, "drew").await?),
            17 => match clinic.open_room(store, actor, other.account_id).await {
                OpenRoomOutcome::Room { room: opened, .. } => assert_eq!(opened.room_id, room),
                OpenRoomOutcome::NotFound => {}
            },
            _ => self.sign_in(store, no).await?,
        }
        Ok(())
    }

    async fn sign_in(&mut self, store: &PgStore, no: usize) -> Result<(), StoreError> {
        let mut keys = vec![format!("account:patient {no}"), format!("pair:192.0.2.1 patient {no}")];
        keys.rotate_left(self.draw.random_range(0..2));
        let login = match self.draw.random_bool(0.5) {
            true => LoginThrottle::Failed { keys },
            false => LoginThrottle::Succeeded { keys },
        };
        store.record_login(login, self.clinic.database.runtime.now()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_minute_of_everything_at_once_never_deadlocks_and_leaves_no_fault() {
    let clinic = Clinic::with_patients(3).await;
    let workers =
        (0..WORKERS).map(|seed| Worker { clinic: &clinic, draw: StdRng::seed_from_u64(seed) }.run());
    let deeds: u64 = try_join_all(workers).await.unwrap().iter().sum();
    assert!(deeds > 500, "only {deeds} deeds");
    let raw = clinic.database.raw().await;
    for (what, faults) in FAULTS {
        assert_eq!(number(&raw, faults).await, 0, "{what}");
    }
    for (actor, room) in
        clinic.patients.iter().flat_map(|(patient, room)| [(*patient, *room), (clinic.drew, *room)])
    {
        let shown = clinic.stores[0].room(actor, room).await.unwrap().unwrap().unread_count;
        let recount = format!(
            "SELECT count(*) FROM messages m JOIN read_marks r ON r.room_id = m.room_id AND r.account_id = {0}
             JOIN room_members p ON p.room_id = m.room_id AND p.account_id = {0}
             WHERE m.room_id = {room} AND m.sender_id <> {0} AND m.room_seq > r.up_to
               AND m.room_seq <= coalesce(p.until_seq, m.room_seq)",
            actor.account_id
        );
        assert_eq!(shown, number(&raw, &recount).await, "unread");
    }
    assert_no_deadlock().await;
}
