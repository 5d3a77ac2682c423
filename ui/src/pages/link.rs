//! A link: the shell shows it in full and asks, in a window no page can reach; what it does not open is said here.

use std::cell::Cell;
use std::rc::Rc;

use bedside_protocol::ipc::IpcError;
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, Html, Properties, component, hook, html, use_callback, use_memo};

use crate::bridge;
use crate::components::{Button, Dialog, Kind};
use crate::hooks::Store;
use crate::state::Action;
use crate::state::nav::{Dialog as AppDialog, NavAction, Unopened};
use crate::words::use_words;

/// Whether the shell is asking about a link; it asks one question at a time.
type Asking = Rc<Cell<bool>>;

/// Hands a link to the shell and tells if it was not opened.
fn open(url: AttrValue, asking: Asking, unopened: Callback<Unopened>) {
    if asking.replace(true) {
        return;
    }
    spawn_local(async move {
        let answer = bridge::open_external(&url).await;
        asking.set(false);
        if let Err(why) = answer {
            unopened.emit(Unopened { url, why });
        }
    });
}

/// A callback that hands links to the shell, the same for life; what is not opened is said in a dialog.
#[hook]
pub(super) fn use_link(store: &Store) -> Callback<AttrValue> {
    let asking = use_memo((), |()| Cell::new(false));
    use_callback((asking, store.dispatcher()), |url: AttrValue, (asking, dispatch)| {
        let dispatch = dispatch.clone();
        let unopened = Callback::from(move |link| {
            dispatch.dispatch(Action::Nav(NavAction::Dialog(AppDialog::Unopened(link))));
        });
        open(url, Rc::clone(asking), unopened);
    })
}

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub link: Unopened,
    pub on_close: Callback<()>,
}

/// Says that a link was not opened, with the whole of it to copy.
#[component]
pub(super) fn UnopenedDialog(props: &Props) -> Html {
    let words = use_words();
    // The shell finds a link malformed that it does not open; anything else is the system's refusal.
    let advice = if props.link.why == IpcError::Malformed { "link-refused-do" } else { "link-failed-do" };
    html! {
        <Dialog title={words.text("link-failed")} on_close={props.on_close.clone()}>
            <p class="dialog__text">{ words.text(advice) }</p>
            <p class="dialog__url" dir="ltr">{ &props.link.url }</p>
            <div class="dialog__deeds">
                <Button kind={Kind::Primary} onclick={props.on_close.reform(|_| ())}>{ words.text("dialog-close") }</Button>
            </div>
        </Dialog>
    }
}
