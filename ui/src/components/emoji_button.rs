//! The button that opens all emoji, to be put into a text.

use emojis::{Emoji, SkinTone};
use web_sys::MouseEvent;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

use super::{EmojiPicker, IconButton, IconName, Popup, Spot, popup};
use crate::state::emoji::Taste;
use crate::words::use_words;

/// The button's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub taste: Taste,
    /// The picker is about to open.
    pub on_open: Callback<()>,
    pub on_pick: Callback<&'static Emoji>,
    pub on_tone: Callback<SkinTone>,
}

/// The button.
#[component]
pub(crate) fn EmojiButton(props: &Props) -> Html {
    let words = use_words();
    let spot = use_state_eq(|| None::<Spot>);
    let onclick = Callback::from({
        let (spot, on_open) = (spot.setter(), props.on_open.clone());
        move |event: MouseEvent| {
            on_open.emit(());
            spot.set(Spot::pressed(&event));
        }
    });
    let on_close = Callback::from({
        let spot = spot.setter();
        move |()| spot.set(None)
    });
    let on_pick = Callback::from({
        let (on_close, on_pick) = (on_close.clone(), props.on_pick.clone());
        move |emoji| {
            popup::close();
            on_close.emit(());
            on_pick.emit(emoji);
        }
    });
    html! {
        <>
            <IconButton icon={IconName::Smile} label={words.text("emoji-insert")} {onclick} class="composer__emoji" />
            if let Some(at) = *spot {
                <Popup {at} label={words.text("emoji-insert")} {on_close}>
                    <EmojiPicker taste={props.taste.clone()} {on_pick} on_tone={props.on_tone.clone()} />
                </Popup>
            }
        </>
    }
}
