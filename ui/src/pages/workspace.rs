//! The main window: rail, conversations, conversation or settings, and what lies over them.

use bedside_protocol::ipc::{Request, Settings};
use yew::{Callback, Html, classes, component, html};

use super::conversation::ConversationPage;
use super::conversations::ConversationsPage;
use super::dialogs::Dialogs;
use super::settings::SettingsPage;
use crate::components::{Rail, ResizeHandle};
use crate::hooks::{PageProps, Store, ask};
use crate::state::Action;
use crate::state::nav::{NavAction, Page};
use crate::words::use_words;

/// The main window.
#[component]
pub(super) fn WorkspacePage(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    let Some(me) = store.me().cloned() else { return Html::default() };
    let unread = store.rooms.live.view.as_deref().map_or(0, |view| view.unread);
    let page = store.nav.page;
    let in_room = page == Page::Chat && store.nav.room.is_some();
    html! {
        <div class={classes!("workspace", in_room.then_some("workspace--room"))}>
            <Rail {page} {me} {unread} mode={store.mode()} on_show={show(store)} />
            if page == Page::Settings {
                <SettingsPage store={store.clone()} />
            } else {
                <ConversationsPage store={store.clone()} />
                <ResizeHandle
                    label={words.text("list-resize")}
                    width={store.settings().list_width}
                    on_width={keep_width(store)}
                />
                <ConversationPage store={store.clone()} />
            }
            <Dialogs store={store.clone()} />
        </div>
    }
}

fn show(store: &Store) -> Callback<Page> {
    let dispatch = store.dispatcher();
    Callback::from(move |page| dispatch.dispatch(Action::Nav(NavAction::Show(page))))
}

fn keep_width(store: &Store) -> Callback<u16> {
    let store = store.clone();
    Callback::from(move |list_width| {
        let settings = Settings { list_width, ..store.settings() };
        // A width that is not kept is one drag to repeat; no alarm.
        ask(Request::SaveSettings { settings }, |_| {});
    })
}
