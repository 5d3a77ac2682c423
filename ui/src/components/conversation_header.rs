//! Who one writes to, always in view.

use bedside_protocol::ipc::PersonView;
use yew::{Callback, Html, Properties, component, html};

use super::{Avatar, IconButton, IconName, Size};
use crate::state::nav::Panel;
use crate::words::use_words;

/// A header's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub person: PersonView,
    pub details: Panel,
    pub on_back: Callback<()>,
    pub on_details: Callback<Panel>,
}

/// The header.
#[component]
pub(crate) fn ConversationHeader(props: &Props) -> Html {
    let words = use_words();
    let open = props.details == Panel::Open;
    let other = if open { Panel::Closed } else { Panel::Open };
    html! {
        <header class="conversation-header">
            <IconButton
                icon={IconName::Back}
                label={words.text("conversation-back")}
                onclick={props.on_back.reform(|_| ())}
                class="conversation-header__back"
            />
            <Avatar account={props.person.account_id} name={props.person.name.clone()} size={Size::Header} />
            <div class="conversation-header__who">
                <h1 class="conversation-header__name"><bdi class="cut">{ &props.person.name }</bdi></h1>
                <p class="conversation-header__about">{ words.about_person(&props.person) }</p>
            </div>
            <IconButton
                icon={IconName::Details}
                label={words.about("conversation-details", &props.person.name)}
                onclick={props.on_details.reform(move |_| other)}
                pressed={Some(open)}
            />
        </header>
    }
}
