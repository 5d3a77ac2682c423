//! The way out when a cache does not open: begin with an empty one, once it is said what that loses.

use bedside_protocol::ipc::{IpcError, Request};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state_eq};

use crate::components::{Alert, Button, Dialog, Kind, Tone};
use crate::errors::explain;
use crate::hooks::ask;
use crate::words::use_words;

/// The properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What leads there.
    pub label: AttrValue,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Progress {
    Offered,
    Asking,
    Busy,
    Failed(IpcError),
}

/// The offer and its question. After success the session view takes the whole page away.
#[component]
pub(super) fn FreshStart(props: &Props) -> Html {
    let words = use_words();
    let progress = use_state_eq(|| Progress::Offered);
    let go_to = |next: Progress| {
        let progress = progress.clone();
        Callback::from(move |()| progress.set(next.clone()))
    };
    let start = Callback::from({
        let progress = progress.clone();
        move |_| {
            progress.set(Progress::Busy);
            let progress = progress.clone();
            ask(Request::StartAnew, move |answer| match answer {
                Ok(_) => progress.set(Progress::Offered),
                Err(error) => progress.set(Progress::Failed(error)),
            });
        }
    });
    let busy = *progress == Progress::Busy;
    let on_close = go_to(Progress::Offered);
    html! {
        <>
            <Button kind={Kind::Link} onclick={go_to(Progress::Asking).reform(|_| ())}>{ &props.label }</Button>
            if *progress != Progress::Offered {
                <Dialog title={words.text("fresh-start-title")} on_close={on_close.clone()}>
                    if let Progress::Failed(error) = &*progress {
                        <Alert tone={Tone::Error} title={explain(&words, error).what} text={explain(&words, error).advice} />
                    }
                    <p class="dialog__text">{ words.text("fresh-start-back") }</p>
                    <p class="dialog__text">{ words.text("fresh-start-lost") }</p>
                    <div class="dialog__deeds">
                        <Button onclick={on_close.reform(|_| ())}>{ words.text("dialog-cancel") }</Button>
                        <Button kind={Kind::Danger} {busy} onclick={start}>
                            { words.text(if busy { "fresh-start-busy" } else { "fresh-start-do" }) }
                        </Button>
                    </div>
                </Dialog>
            }
        </>
    }
}
