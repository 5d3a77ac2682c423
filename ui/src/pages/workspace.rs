//! The main window: rail, connection, home page, conversations, alerts or settings, and what lies over them.

use bedside_protocol::ipc::{IpcError, Request};
use yew::{Callback, Html, UseStateHandle, classes, component, html};

use super::alerts::AlertsPage;
use super::conversation::ConversationPage;
use super::conversations::ConversationsPage;
use super::dialogs::Dialogs;
use super::home::HomePage;
use super::settings::SettingsPage;
use crate::components::{ConnectionBar, Rail};
use crate::dom;
use crate::hooks::{Alerts, PageProps, Store, ask, use_alerts, use_drafts, use_emoji, use_focus_kept};
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction, Page};
use crate::words::use_words;

/// The main window.
#[component]
pub(super) fn WorkspacePage(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    use_drafts(store);
    use_focus_kept(store);
    use_emoji(store, words.language());
    let alerts = use_alerts(store);
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
            <Rail {page} {me} {unread} alerts={alerts.unread()} mode={store.mode()} on_show={show(store)} on_lock={lock(store)} />
            <div class="workspace__main">
                { bar(store) }
                <div class="workspace__columns">
                    { columns(store, &alerts) }
                </div>
            </div>
            <Dialogs store={store.clone()} />
        </div>
    }
}

fn columns(store: &Store, alerts: &UseStateHandle<Alerts>) -> Html {
    let store = store.clone();
    match store.nav.page {
        Page::Home => html! { <HomePage {store} /> },
        Page::Alerts => html! { <AlertsPage {store} alerts={alerts.clone()} /> },
        Page::Settings => html! { <SettingsPage {store} /> },
        Page::Chat => html! {
            <>
                <ConversationsPage store={store.clone()} />
                <ConversationPage {store} />
            </>
        },
    }
}

/// How the server is reached, whatever page is shown.
fn bar(store: &Store) -> Html {
    let Some(view) = store.connection.view.as_deref().cloned() else { return Html::default() };
    let on_try_now = Callback::from(|()| ask(Request::TryNow, |_| {}));
    let dispatch = store.dispatcher();
    let on_sign_in = Callback::from(move |()| {
        dispatch.dispatch(Action::Nav(NavAction::Dialog(Dialog::SignInAgain)));
    });
    html! { <ConnectionBar {view} {on_try_now} {on_sign_in} /> }
}

/// The first stops of the tabulator: past the list, right to the conversation.
fn skip(text: &str, to: &'static str) -> Html {
    let onclick = Callback::from(move |_| drop(dom::focus(to)));
    html! { <button class="skip-link" type="button" {onclick}>{ text }</button> }
}

/// Where nothing could open it again, the settings say what to do first.
fn lock(store: &Store) -> Callback<()> {
    let dispatch = store.dispatcher();
    Callback::from(move |()| {
        let dispatch = dispatch.clone();
        ask(Request::Lock, move |answer| {
            if answer == Err(IpcError::NoLockCode) {
                dispatch.dispatch(Action::Nav(NavAction::Show(Page::Settings)));
            }
        });
    })
}

fn show(store: &Store) -> Callback<Page> {
    let dispatch = store.dispatcher();
    Callback::from(move |page| dispatch.dispatch(Action::Nav(NavAction::Show(page))))
}
