//! What stands for a person: initials on their colour, and a dot for how they are reached.

use bedside_protocol::AccountId;
use bedside_protocol::ipc::Presence;
use yew::{AttrValue, Html, Properties, classes, component, html};

use crate::avatar::{colour_class, initials};

/// How large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Size {
    Rail,
    Header,
    #[default]
    Row,
    Details,
}

/// What the dot says; always said in words beside it, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dot {
    Good,
    Weak,
    Away,
}

impl Dot {
    /// The dot of somebody who is there; others have none.
    pub(crate) fn of(presence: Option<Presence>) -> Option<Dot> {
        (presence == Some(Presence::Online)).then_some(Dot::Good)
    }
}

/// An avatar's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub account: AccountId,
    pub name: AttrValue,
    #[prop_or_default]
    pub size: Size,
    #[prop_or_default]
    pub dot: Option<Dot>,
}

/// The picture; decorative, for the name is always beside it.
#[component]
pub(crate) fn Avatar(props: &Props) -> Html {
    let size = match props.size {
        Size::Rail => "avatar--rail",
        Size::Header => "avatar--header",
        Size::Row => "avatar--row",
        Size::Details => "avatar--details",
    };
    html! {
        <span class={classes!("avatar", size, colour_class(props.account))} aria-hidden="true">
            { initials(&props.name) }
            if let Some(dot) = props.dot {
                <span class={classes!("avatar__dot", dot_class(dot))} />
            }
        </span>
    }
}

fn dot_class(dot: Dot) -> &'static str {
    match dot {
        Dot::Good => "avatar__dot--good",
        Dot::Weak => "avatar__dot--weak",
        Dot::Away => "avatar__dot--away",
    }
}
