//! Focus is never lost: when what had it is gone, it goes to what has taken its place.

use bedside_protocol::RoomId;
use yew::{hook, use_effect_with, use_mut_ref};

use super::Store;
use crate::dom;
use crate::state::nav::Page;

/// Watches over the page and the conversation being left. (An opened conversation takes the focus itself.)
#[hook]
pub(crate) fn use_focus_kept(store: &Store) {
    let last = use_mut_ref(|| None::<Option<RoomId>>);
    use_effect_with((store.nav.page, store.nav.room), move |(page, room)| {
        // At the start nothing has been left.
        let Some(left) = last.replace(Some(*room)) else { return };
        if dom::focus_is_lost() {
            match (page, room) {
                (Page::Home, _) => drop(dom::focus(".home__title")),
                (Page::Alerts, _) => drop(dom::focus(".alerts__title")),
                (Page::Settings, _) => drop(dom::focus(".settings__title")),
                (Page::Chat, None) => to_list(left),
                (Page::Chat, Some(_)) => {}
            }
        }
    });
}

/// The row of the conversation that was left, else the search above the rows.
fn to_list(left: Option<RoomId>) {
    let row = left.and_then(|room| dom::focus(&format!(".room-row[data-room='{room}']")));
    if row.is_none() {
        dom::focus(".search-field__input");
    }
}
