//! The one state, handed to the pages, and asking the engine.

use bedside_protocol::ipc::{IpcError, Reply, Request};
use wasm_bindgen_futures::spawn_local;
use yew::{Properties, UseReducerHandle};

use crate::bridge;
use crate::state::State;

/// The state and its reducer.
pub(crate) type Store = UseReducerHandle<State>;

/// What every page gets.
#[derive(Properties, PartialEq)]
pub(crate) struct PageProps {
    pub store: Store,
}

/// Asks the engine and hands the answer on.
pub(crate) fn ask(request: Request, then: impl FnOnce(Result<Reply, IpcError>) + 'static) {
    spawn_local(async move { then(bridge::request(request).await) });
}
