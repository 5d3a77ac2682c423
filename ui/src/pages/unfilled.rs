//! A message that still holds a placeholder: is it really to go so?

use bedside_protocol::RoomId;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::{Callback, Html, Properties, component, html};

use super::writing::sending;
use crate::components::{Button, Dialog, Kind};
use crate::dom;
use crate::hooks::Store;
use crate::state::quick_reply::{first_unfilled, unfilled};
use crate::words::use_words;

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub store: Store,
    pub room: RoomId,
    pub on_close: Callback<()>,
}

/// The dialog. Going back leads to the placeholder.
#[component]
pub(super) fn UnfilledDialog(props: &Props) -> Html {
    let words = use_words();
    let Props { store, room, on_close } = props;
    let text = store.composers.of(*room).map(|composer| composer.text.clone()).unwrap_or_default();
    let name = first_unfilled(&text).unwrap_or_default().to_owned();
    let fill = Callback::from({
        let (on_close, place) = (on_close.clone(), unfilled(&text));
        move |()| {
            on_close.emit(());
            select(place);
        }
    });
    let send = Callback::from({
        let (store, room, on_close) = (store.clone(), *room, on_close.clone());
        move |_| {
            on_close.emit(());
            sending::send_unfilled(&store, room);
        }
    });
    html! {
        <Dialog title={words.text("unfilled-title")} on_close={fill.clone()}>
            <p class="dialog__text">{ words.text_with("unfilled-text", &[("placeholder", format!("{{{name}}}").into())]) }</p>
            <div class="dialog__deeds">
                <Button onclick={send}>{ words.text("unfilled-send") }</Button>
                <Button kind={Kind::Primary} onclick={fill.reform(|_| ())}>{ words.text("unfilled-back") }</Button>
            </div>
        </Dialog>
    }
}

/// Once the dialog is gone and has given the focus back.
fn select(place: Option<(u32, u32)>) {
    gloo_timers::callback::Timeout::new(0, move || {
        let area =
            dom::focus(".composer__input").and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok());
        if let (Some(area), Some((from, to))) = (area, place) {
            let _ = area.set_selection_range(from, to);
        }
    })
    .forget();
}
