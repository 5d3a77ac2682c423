//! The navigation rail: where one is, and who.

use bedside_protocol::ipc::{ConnectionMode, PersonView};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::{Avatar, Badge, Dot, Icon, IconName, Logo, Size};
use crate::state::nav::Page;
use crate::words::use_words;

/// A rail's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub page: Page,
    pub me: PersonView,
    pub unread: i64,
    /// Unread alerts.
    pub alerts: i64,
    pub mode: ConnectionMode,
    pub on_show: Callback<Page>,
    pub on_lock: Callback<()>,
}

/// The rail.
#[component]
pub(crate) fn Rail(props: &Props) -> Html {
    let words = use_words();
    let show = |page: Page| props.on_show.reform(move |_| page);
    let state = words.text(connection_id(props.mode));
    let account = words
        .text_with("rail-account", &[("name", props.me.name.as_str().into()), ("connection", state.into())]);
    html! {
        <nav class="rail" aria-label={words.text("rail-label")} data-region="rail">
            <Logo />
            <RailItem icon={IconName::Home} text={words.text("rail-home")}
                current={props.page == Page::Home} onclick={show(Page::Home)} />
            <RailItem icon={IconName::Message} text={words.text("rail-chat")}
                current={props.page == Page::Chat} unread={props.unread} onclick={show(Page::Chat)} />
            <RailItem icon={IconName::Bell} text={words.text("rail-alerts")}
                current={props.page == Page::Alerts} unread={props.alerts} unread_id="rail-alerts-unread" onclick={show(Page::Alerts)} />
            <RailItem icon={IconName::Settings} text={words.text("rail-settings")}
                current={props.page == Page::Settings} onclick={show(Page::Settings)} />
            <span class="rail__spacer" />
            <RailItem icon={IconName::Lock} text={words.text("rail-lock")}
                current={false} onclick={props.on_lock.reform(|_| ())} />
            <button class="rail__account" type="button" title={account.clone()} onclick={show(Page::Settings)}>
                <Avatar account={props.me.account_id} name={props.me.name.clone()} size={Size::Rail} dot={Some(dot(props.mode))} />
                <span class="visually-hidden">{ account }</span>
            </button>
        </nav>
    }
}

#[derive(Properties, PartialEq)]
struct ItemProps {
    icon: IconName,
    text: AttrValue,
    current: bool,
    #[prop_or_default]
    unread: i64,
    /// How they are called.
    #[prop_or("row-unread")]
    unread_id: &'static str,
    onclick: Callback<yew::MouseEvent>,
}

#[component]
fn RailItem(props: &ItemProps) -> Html {
    let words = use_words();
    let current = props.current;
    html! {
        <button
            class={classes!("rail__item", current.then_some("rail__item--current"))}
            type="button"
            aria-current={current.then_some("page")}
            onclick={props.onclick.clone()}
        >
            <Icon name={props.icon} />
            <span>{ &props.text }</span>
            <Badge count={props.unread} />
            if props.unread > 0 {
                <span class="visually-hidden">{ words.count(props.unread_id, props.unread) }</span>
            }
        </button>
    }
}

fn dot(mode: ConnectionMode) -> Dot {
    match mode {
        ConnectionMode::Live => Dot::Good,
        ConnectionMode::Limited | ConnectionMode::Connecting | ConnectionMode::Reconnecting => Dot::Weak,
        ConnectionMode::Offline
        | ConnectionMode::SignedOut
        | ConnectionMode::WrongServer
        | ConnectionMode::Refused => Dot::Away,
    }
}

fn connection_id(mode: ConnectionMode) -> &'static str {
    match mode {
        ConnectionMode::Connecting => "connection-connecting",
        ConnectionMode::Live => "connection-live",
        ConnectionMode::Limited => "connection-limited",
        ConnectionMode::Reconnecting => "connection-reconnecting",
        ConnectionMode::Offline => "connection-offline",
        ConnectionMode::SignedOut => "connection-signed-out",
        ConnectionMode::WrongServer => "connection-wrong-server",
        ConnectionMode::Refused => "connection-refused",
    }
}
