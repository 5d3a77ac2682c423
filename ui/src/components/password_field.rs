//! A secret that can be shown to who types it.

use yew::{AttrValue, Callback, Html, Properties, component, html, use_state_eq};

use super::{IconButton, IconName, TextField, Typing};
use crate::words::use_words;

/// A password field's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub error: AttrValue,
    pub on_change: Callback<String>,
}

/// The field.
#[component]
pub(crate) fn PasswordField(props: &Props) -> Html {
    let words = use_words();
    let typing = use_state_eq(|| Typing::Secret);
    let (other, icon, label) = match *typing {
        Typing::VisibleSecret => (Typing::Secret, IconName::EyeOff, words.text("sign-in-password-hide")),
        _ => (Typing::VisibleSecret, IconName::Eye, words.text("sign-in-password-show")),
    };
    let onclick = Callback::from({
        let typing = typing.clone();
        move |_| typing.set(other)
    });
    html! {
        <TextField
            id={&props.id}
            label={&props.label}
            value={&props.value}
            typing={*typing}
            hint={&props.hint}
            error={&props.error}
            on_change={props.on_change.clone()}
        >
            <IconButton {icon} {label} {onclick} class="text-field__action" />
        </TextField>
    }
}
