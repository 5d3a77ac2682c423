//! What lies over the page.

use yew::{AttrValue, Callback, Html, component, html};

use super::people::PeopleDialog;
use super::sign_in_form::SignInForm;
use super::sign_out::SignOutDialog;
use crate::bridge;
use crate::components::{Button, Dialog as Sheet, Kind};
use crate::dom;
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
        Dialog::Link(url) => link(&words, url, on_close),
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

/// The link in full, and only then the browser.
fn link(words: &Words, url: AttrValue, on_close: Callback<()>) -> Html {
    let target = url.clone();
    let done = on_close.clone();
    let open = Callback::from(move |_| {
        let target = target.clone();
        // The shell has its own opener and its own refusal; there is nothing to add to it here.
        wasm_bindgen_futures::spawn_local(async move { drop(bridge::open_external(&target).await) });
        done.emit(());
    });
    let cancel = on_close.reform(|_| ());
    html! {
        <Sheet title={words.text("link-title")} {on_close}>
            <p class="dialog__text">{ words.text("link-text") }</p>
            <p class="dialog__url" dir="ltr">{ &url }</p>
            <div class="dialog__deeds">
                <Button onclick={cancel}>{ words.text("dialog-cancel") }</Button>
                <Button kind={Kind::Primary} onclick={open}>{ words.text("link-open") }</Button>
            </div>
        </Sheet>
    }
}

fn keys(words: &Words, on_close: Callback<()>) -> Html {
    let command = if dom::is_mac() { "⌘" } else { "Ctrl" };
    let list = [
        (vec![command, "K"], words.text("keys-switch")),
        (vec!["Alt", "↑"], words.text("keys-previous")),
        (vec!["Alt", "↓"], words.text("keys-next")),
        (vec!["↑", "↓"], words.text("keys-messages")),
        (vec!["F6"], words.text("keys-regions")),
        (vec!["Esc"], words.text("keys-close")),
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
