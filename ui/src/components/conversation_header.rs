//! Who one writes to, always in view.

use bedside_protocol::ipc::{PersonView, Presence, RoomDeed, RoomMarks};
use web_sys::MouseEvent;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

use super::{Avatar, Dot, IconButton, IconName, RoomMenu, RoomSigns, Size, Spot};
use crate::state::nav::Panel;
use crate::words::use_words;

/// A header's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub person: PersonView,
    pub presence: Option<Presence>,
    /// Grows with the calendar's day, so that "last seen 14:02" becomes "yesterday" at midnight.
    pub today: i64,
    pub details: Panel,
    /// How the conversation is set up.
    pub marks: RoomMarks,
    pub on_back: Callback<()>,
    /// Something is to be looked for here.
    pub on_find: Callback<()>,
    pub on_details: Callback<Panel>,
    pub on_set_up: Callback<RoomDeed>,
    /// The conversation is to be taken along.
    pub on_download: Callback<()>,
}

/// The header.
#[component]
pub(crate) fn ConversationHeader(props: &Props) -> Html {
    let words = use_words();
    let open = props.details == Panel::Open;
    let other = if open { Panel::Closed } else { Panel::Open };
    let menu = use_state_eq(|| None::<Spot>);
    let on_more = Callback::from({
        let menu = menu.setter();
        move |event: MouseEvent| menu.set(Spot::pressed(&event))
    });
    let on_close = Callback::from({
        let menu = menu.setter();
        move |()| menu.set(None)
    });
    html! {
        <header class="conversation-header">
            <IconButton
                icon={IconName::Back}
                label={words.text("conversation-back")}
                onclick={props.on_back.reform(|_| ())}
                class="conversation-header__back"
            />
            <Avatar
                account={props.person.account_id}
                name={props.person.name.clone()}
                size={Size::Header}
                dot={Dot::of(props.presence)}
            />
            <div class="conversation-header__who">
                <h1 class="conversation-header__name">
                    <bdi class="cut">{ &props.person.name }</bdi>
                    <RoomSigns marks={props.marks} />
                </h1>
                <p class="conversation-header__about">
                    if let Some(presence) = words.presence(props.presence) {
                        <span class="conversation-header__presence">{ presence }</span>{ " · " }
                    }
                    { words.about_person(&props.person) }
                </p>
            </div>
            <IconButton
                icon={IconName::Search}
                label={words.text("find-label")}
                onclick={props.on_find.reform(|_| ())}
                class="conversation-header__find"
            />
            <IconButton
                icon={IconName::Details}
                label={words.about("conversation-details", &props.person.name)}
                onclick={props.on_details.reform(move |_| other)}
                pressed={Some(open)}
            />
            <IconButton
                icon={IconName::More}
                label={words.about("row-more", &props.person.name)}
                onclick={on_more}
            />
            if let Some(at) = *menu {
                <RoomMenu
                    {at}
                    name={props.person.name.clone()}
                    marks={props.marks}
                    unread={0}
                    {on_close}
                    on_deed={props.on_set_up.clone()}
                    on_download={props.on_download.clone()}
                />
            }
        </header>
    }
}
