//! The names of emoji are loaded once they may be needed, and what a person likes is kept with the settings.

use std::cell::Cell;
use std::rc::Rc;

use bedside_i18n::Language;
use bedside_protocol::ipc::Request;
use wasm_bindgen_futures::spawn_local;
use yew::{UseReducerDispatcher, hook, use_effect_with};

use super::{Store, ask};
use crate::assets;
use crate::state::emoji::{Names, TasteAction};
use crate::state::{Action, State};

/// Loads the names of the interface's language with the first conversation, and keeps what is liked.
#[hook]
pub(crate) fn use_emoji(store: &Store, language: Language) {
    let wanted = store.nav.room.is_some() && store.taste.names.language() != Some(language);
    use_effect_with((language, wanted), {
        let dispatch = store.dispatcher();
        move |(language, wanted)| {
            let ended = Rc::new(Cell::new(false));
            if *wanted {
                spawn_local(load(*language, Rc::clone(&ended), dispatch));
            }
            move || ended.set(true)
        }
    });
    let store = store.clone();
    use_effect_with((store.taste.tone, store.taste.recent.clone()), move |_| keep(&store));
}

/// Another language may be wanted by the time the names are there.
async fn load(language: Language, ended: Rc<Cell<bool>>, dispatch: UseReducerDispatcher<State>) {
    let table = assets::text(&format!("/emoji/{}.tsv", language.tag())).await;
    if let Some(table) = table.filter(|_| !ended.get()) {
        dispatch.dispatch(Action::Taste(TasteAction::Named(Names::read(language, &table))));
    }
}

/// Unless the settings hold it already, or are not known.
fn keep(store: &Store) {
    let Some(mut settings) = store.settings.view.as_deref().map(|view| view.settings.clone()) else { return };
    if store.taste.keep_in(&mut settings) {
        ask(Request::SaveSettings { settings }, |_| {});
    }
}
