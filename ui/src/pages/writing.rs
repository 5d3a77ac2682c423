//! Writing in a conversation: the draft is kept, the message stored, and only then the box cleared.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::Request;
use gloo_timers::callback::Timeout;
use yew::{
    AttrValue, Callback, Html, Properties, UseReducerHandle, component, html, use_effect_with, use_mut_ref,
    use_reducer,
};

use crate::components::{ComposerBox, EnterKey, Icon, IconName};
use crate::hooks::ask;
use crate::state::composer::{Composer, ComposerAction};
use crate::words::use_words;

/// A changed draft is kept after at most this long, in milliseconds.
const KEEP_AFTER_MS: u32 = 400;

/// The properties of writing.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub room_id: RoomId,
    pub name: AttrValue,
    /// The draft as it was when the conversation was opened.
    pub draft: AttrValue,
    pub writable: bool,
    pub enter_sends: bool,
    /// A message was stored.
    pub on_sent: Callback<()>,
}

type Handle = UseReducerHandle<Composer>;

/// The composer, or the reason why there is none.
#[component]
pub(super) fn Writing(props: &Props) -> Html {
    let words = use_words();
    let composer = use_reducer(|| Composer::with_draft(&props.draft));
    let timer = use_mut_ref(|| None::<Timeout>);
    let room_id = props.room_id;
    use_effect_with((), {
        let composer = composer.clone();
        move |()| move || keep(&composer, room_id)
    });
    if !props.writable {
        return html! {
            <footer class="composer composer--closed" data-region="composer">
                <Icon name={IconName::Lock} /><p>{ words.about("composer-closed", &props.name) }</p>
            </footer>
        };
    }
    let on_type = Callback::from({
        let composer = composer.clone();
        move |text| {
            composer.dispatch(ComposerAction::Typed(text));
            let (composer, running) = (composer.clone(), timer.clone());
            // The first change starts the clock and later ones do not: a fast typist's draft is kept, too.
            timer.borrow_mut().get_or_insert_with(|| {
                Timeout::new(KEEP_AFTER_MS, move || {
                    drop(running.borrow_mut().take());
                    keep(&composer, room_id);
                })
            });
        }
    });
    let on_leave = Callback::from({
        let composer = composer.clone();
        move |()| keep(&composer, room_id)
    });
    html! {
        <footer data-region="composer">
            <ComposerBox
                name={&props.name}
                text={composer.text.clone()}
                enter={if props.enter_sends { EnterKey::Sends } else { EnterKey::Breaks }}
                space={composer.space()}
                sendable={composer.sendable().is_some()}
                error={composer.error.clone()}
                {on_type}
                on_send={send(&composer, room_id, &props.on_sent)}
                {on_leave}
            />
        </footer>
    }
}

fn keep(composer: &Handle, room_id: RoomId) {
    if let Some(text) = composer.unkept() {
        let composer = composer.clone();
        ask(Request::SaveDraft { room_id, text: text.clone() }, move |answer| {
            if answer.is_ok() {
                composer.dispatch(ComposerAction::Kept(text));
            }
        });
    }
}

fn send(composer: &Handle, room_id: RoomId, on_sent: &Callback<()>) -> Callback<()> {
    let (composer, on_sent) = (composer.clone(), on_sent.clone());
    Callback::from(move |()| {
        let Some(text) = composer.sendable() else { return };
        composer.dispatch(ComposerAction::Sending(text.clone()));
        let (composer, on_sent) = (composer.clone(), on_sent.clone());
        ask(Request::Send { room_id, text, urgent: false }, move |answer| match answer {
            Err(error) => composer.dispatch(ComposerAction::Failed(error)),
            Ok(_) => {
                composer.dispatch(ComposerAction::Queued);
                on_sent.emit(());
                keep(&composer, room_id);
            }
        });
    })
}
