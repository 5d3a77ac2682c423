//! Tells the person that no reply has come, when its time is there; takes it back when one comes.
//!
//! Needs no connection: what was not sent to this device yet cannot withdraw it, and does when it arrives.

use std::collections::BTreeSet;
use std::time::Duration;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::Place;
use tokio::sync::broadcast::error::RecvError;

use super::published::NotificationWish;
use super::telling::Telling;
use crate::cache::{Cache, Part};

/// The clock is looked at so often at least: it may have jumped, and "do not disturb" may have ended.
const LOOK: Duration = Duration::from_secs(60);

/// Runs until the cache is gone.
pub(crate) async fn follow(telling: Telling) {
    let mut changes = telling.cache.changes();
    let mut shown = BTreeSet::new();
    loop {
        let next = look(&telling, &mut shown).await;
        let wait = telling.runtime.sleep(next.min(LOOK));
        tokio::select! {
            () = wait => {}
            changed = until_changed(&mut changes) => if changed.is_err() { return },
        }
    }
}

type Changed = tokio::sync::broadcast::Receiver<std::sync::Arc<crate::cache::Changes>>;

async fn until_changed(changes: &mut Changed) -> Result<(), RecvError> {
    loop {
        match changes.recv().await {
            Ok(changes) if changes.touch(Part::ReplyWaits) => return Ok(()),
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return Ok(()),
            Err(closed) => return Err(closed),
        }
    }
}

/// Tells and takes back; how long until the next is due.
async fn look(telling: &Telling, shown: &mut BTreeSet<RoomId>) -> Duration {
    let waits = telling.cache.reply_waits().await.unwrap_or_default();
    for room_id in
        shown.iter().copied().filter(|room| !waits.iter().any(|wait| wait.room_id == *room && wait.told))
    {
        telling.wish(NotificationWish::ClearNoReply(room_id));
    }
    shown.retain(|room| waits.iter().any(|wait| wait.room_id == *room && wait.told));
    let now = telling.runtime.now();
    let mut next = LOOK;
    for wait in waits.iter().filter(|wait| !wait.told) {
        let left = u64::try_from(wait.due_at.millis().saturating_sub(now.millis())).unwrap_or_default();
        if left > 0 {
            next = next.min(Duration::from_millis(left));
        } else if tell(telling, &telling.cache, wait.room_id).await {
            shown.insert(wait.room_id);
        }
    }
    next
}

/// Whether it was told: somebody who does not want to be disturbed is told later.
async fn tell(telling: &Telling, cache: &Cache, room_id: RoomId) -> bool {
    let place = Place { room_id, message_id: None };
    telling.no_reply(place).await && cache.no_reply_told(room_id).await.is_ok()
}
