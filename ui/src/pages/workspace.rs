//! The main window: rail, conversations, conversation or settings, and what lies over them.

use yew::{Callback, Html, classes, component, html};

use super::conversation::ConversationPage;
use super::conversations::ConversationsPage;
use super::dialogs::Dialogs;
use super::settings::SettingsPage;
use crate::components::Rail;
use crate::dom;
use crate::hooks::{PageProps, Store};
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
            if in_room {
                { skip(&words.text("skip-to-messages"), ".message-list__viewport") }
                { skip(&words.text("skip-to-composer"), ".composer__input") }
            }
            <Rail {page} {me} {unread} mode={store.mode()} on_show={show(store)} />
            if page == Page::Settings {
                <SettingsPage store={store.clone()} />
            } else {
                <ConversationsPage store={store.clone()} />
                <ConversationPage store={store.clone()} />
            }
            <Dialogs store={store.clone()} />
        </div>
    }
}

/// The first stops of the tabulator: past the list, right to the conversation.
fn skip(text: &str, to: &'static str) -> Html {
    let onclick = Callback::from(move |_| drop(dom::focus(to)));
    html! { <button class="skip-link" type="button" {onclick}>{ text }</button> }
}

fn show(store: &Store) -> Callback<Page> {
    let dispatch = store.dispatcher();
    Callback::from(move |page| dispatch.dispatch(Action::Nav(NavAction::Show(page))))
}
