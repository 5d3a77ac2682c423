//! Making a conversation with somebody one has none with yet, and going there.

use bedside_protocol::AccountId;
use bedside_protocol::ipc::{IpcError, Reply, Request};
use yew::UseStateSetter;

use crate::hooks::{Store, ask};
use crate::state::Action;
use crate::state::nav::NavAction;

/// Asks for the conversation and opens it, unless something else is done meanwhile.
pub(super) fn make_room(account_id: AccountId, store: &Store, error: UseStateSetter<Option<IpcError>>) {
    let dispatch = store.dispatcher();
    let nav = move |action| dispatch.dispatch(Action::Nav(action));
    nav(NavAction::Opening(account_id));
    error.set(None);
    ask(Request::OpenRoom { account_id }, move |answer| match answer {
        Ok(Reply::Room { room_id }) => nav(NavAction::Opened(account_id, room_id)),
        refused => {
            nav(NavAction::NotOpened(account_id));
            error.set(Some(refused.err().unwrap_or(IpcError::Internal)));
        }
    });
}
