//! What lies over the page.

use yew::{Callback, Html, component, html};

use super::export::ExportDialog;
use super::link::UnopenedDialog;
use super::moments::MomentsDialog;
use super::people::PeopleDialog;
use super::reply_dialog::ReplyDialog;
use super::sign_in_form::SignInForm;
use super::sign_out::SignOutDialog;
use super::take_back::TakeBackDialog;
use super::think_over::ThinkOverDialog;
use super::unfilled::UnfilledDialog;
use super::urgent::UrgentDialog;
use super::versions::VersionsDialog;
use crate::components::Dialog as Sheet;
use crate::hooks::{PageProps, Store};
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction};
use crate::words::{Words, use_words};

/// The open dialog, if any.
#[component]
pub(super) fn Dialogs(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    let Some(dialog) = store.nav.dialog.clone() else { return Html::default() };
    let on_close = close(store);
    match dialog {
        Dialog::People => html! { <PeopleDialog store={store.clone()} /> },
        Dialog::SignOut => html! { <SignOutDialog {on_close} /> },
        Dialog::Keys => keys(&words, on_close),
        Dialog::Unopened(link) => html! { <UnopenedDialog {link} {on_close} /> },
        Dialog::TakeBack(room_id, message_id) => {
            let name = store.person_of(room_id).map(|person| person.name).unwrap_or_default();
            html! { <TakeBackDialog {room_id} {message_id} {name} dispatch={store.dispatcher()} {on_close} /> }
        }
        Dialog::ThinkOver(thought) => {
            let name = store.person_of(thought.room_id).map(|person| person.name).unwrap_or_default();
            html! { <ThinkOverDialog {thought} {name} store={store.clone()} {on_close} /> }
        }
        Dialog::Moments(room_id, message) => {
            let name = store.person_of(room_id).map(|person| person.name).unwrap_or_default();
            html! { <MomentsDialog {room_id} {message} {name} {on_close} /> }
        }
        Dialog::Versions(room_id, message_id) => {
            html! { <VersionsDialog {room_id} {message_id} {on_close} /> }
        }
        Dialog::Urgent(room_id, draft) => {
            let name = store.person_of(room_id).map(|person| person.name).unwrap_or_default();
            html! { <UrgentDialog store={store.clone()} {room_id} {draft} {name} {on_close} /> }
        }
        Dialog::QuickReply(reply) => html! { <ReplyDialog {reply} {on_close} /> },
        Dialog::Unfilled(room) => html! { <UnfilledDialog store={store.clone()} {room} {on_close} /> },
        Dialog::Export(room) => html! { <ExportDialog store={store.clone()} {room} {on_close} /> },
        Dialog::SignInAgain => again(&words, store, on_close),
    }
}

/// Closes the dialog.
pub(super) fn close(store: &Store) -> Callback<()> {
    let dispatch = store.dispatcher();
    Callback::from(move |()| dispatch.dispatch(Action::Nav(NavAction::CloseDialog)))
}

fn again(words: &Words, store: &Store, on_close: Callback<()>) -> Html {
    let Some(view) = store.session.view.clone() else { return Html::default() };
    html! {
        <Sheet title={words.text("sign-in-again-title")} on_close={on_close.clone()}>
            <p class="dialog__text">{ words.text("sign-in-again-lead") }</p>
            <SignInForm {view} on_done={on_close} />
        </Sheet>
    }
}

fn keys(words: &Words, on_close: Callback<()>) -> Html {
    let (command, escape) = (words.command_key(), words.text("key-escape"));
    let (command, escape) = (command.as_str(), escape.as_str());
    let list = [
        (vec![command, "K"], words.text("keys-switch")),
        (vec![command, "Shift", "F"], words.text("keys-search")),
        (vec![command, "F"], words.text("keys-find")),
        (vec!["Alt", "↑"], words.text("keys-previous")),
        (vec!["Alt", "↓"], words.text("keys-next")),
        (vec!["↑", "↓"], words.text("keys-messages")),
        (vec!["Enter"], words.text("keys-actions")),
        (vec!["R"], words.text("keys-reply")),
        (vec!["↑"], words.text("keys-edit-last")),
        (vec![":"], words.text("keys-emoji")),
        (vec!["Shift", "F10"], words.text("keys-room-menu")),
        (vec!["/"], words.text("keys-quick-reply")),
        (vec!["F6"], words.text("keys-regions")),
        (vec![escape], words.text("keys-close")),
        (vec![command, "1"], words.text("keys-home")),
        (vec![command, "2"], words.text("keys-conversations")),
        (vec![command, "3"], words.text("keys-alerts")),
        (vec![command, ","], words.text("keys-settings")),
        (vec!["?"], words.text("keys-help")),
    ];
    html! {
        <Sheet title={words.text("keys-title")} {on_close}>
            <dl class="key-list">
                { for list.into_iter().map(|(keys, what)| html! {
                    <>
                        <dt class="key-list__what">{ what }</dt>
                        <dd class="key-list__keys" dir="ltr">{ for keys.into_iter().map(|key| html! { <kbd>{ key }</kbd> }) }</dd>
                    </>
                }) }
            </dl>
        </Sheet>
    }
}
