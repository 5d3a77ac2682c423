//! Really send this message as an urgent one? And what that does, and does not.

use bedside_protocol::RoomId;
use bedside_protocol::wire::Role;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::link::use_link;
use super::think_over::when_somebody_is_there;
use super::writing::sending;
use crate::components::{Button, Dialog, Icon, IconName, Kind};
use crate::hooks::Store;
use crate::state::draft::Draft;
use crate::words::use_words;

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub store: Store,
    pub room_id: RoomId,
    pub draft: Draft,
    /// Who is to see it first.
    pub name: AttrValue,
    pub on_close: Callback<()>,
}

/// The dialog. What it says of emergencies is for patients: nobody may wait here for an answer that is needed at once.
#[component]
pub(super) fn UrgentDialog(props: &Props) -> Html {
    let words = use_words();
    let Props { store, room_id, draft, name, on_close } = props;
    let is_patient = store.me().is_some_and(|me| me.role == Role::Patient);
    let send = Callback::from({
        let (store, room_id, draft, on_close) = (store.clone(), *room_id, draft.clone(), on_close.clone());
        move |_| {
            on_close.emit(());
            sending::send(&store, room_id, draft.clone());
        }
    });
    let open = use_link(store);
    let clinic = store.clinic();
    let number = clinic.emergency_number.as_str();
    let emergency = words.text_with("urgent-emergency", &[("number", number.into())]);
    html! {
        <Dialog title={words.text("urgent-title")} on_close={on_close.clone()}>
            if is_patient {
                <div class="urgent-note" role="note">
                    <Icon name={IconName::Alert} />
                    <div class="urgent-note__words">
                        <p class="urgent-note__first">{ emergency }</p>
                        <p>{ words.text("urgent-not-watched") }</p>
                    </div>
                </div>
                { when_somebody_is_there(&words, &open, &clinic) }
            }
            <p class="dialog__text">{ words.about("urgent-text", name) }</p>
            <p class="dialog__text">{ words.text("urgent-sms") }</p>
            <div class="dialog__deeds">
                <Button onclick={on_close.reform(|_| ())}>{ words.text("dialog-cancel") }</Button>
                <Button kind={Kind::Danger} onclick={send}>{ words.text("urgent-send") }</Button>
            </div>
        </Dialog>
    }
}
