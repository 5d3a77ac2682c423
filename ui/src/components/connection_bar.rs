//! A thin bar that says how the server is reached, when that matters.

use bedside_protocol::ipc::{ConnectionMode, ConnectionView};
use yew::{Callback, Html, Properties, classes, component, html};

use super::{Button, Icon, IconName, Kind};
use crate::words::use_words;

/// A bar's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub view: ConnectionView,
    pub on_try_now: Callback<()>,
    pub on_sign_in: Callback<()>,
}

/// The bar; nothing while all is well.
#[component]
pub(crate) fn ConnectionBar(props: &Props) -> Html {
    let words = use_words();
    let Some((class, icon, id)) = look(props.view.mode) else {
        return html! { <div class="connection-bar-place" role="status" /> };
    };
    let waiting = i64::from(props.view.waiting);
    html! {
        <div class="connection-bar-place" role="status">
            <div class={classes!("connection-bar", class)}>
                <Icon name={icon} />
                <p class="connection-bar__text">
                    { words.text(id) }
                    if waiting > 0 && props.view.mode != ConnectionMode::Limited {
                        { " " }{ words.count("bar-waiting", waiting) }
                    }
                </p>
                { deed(props, words.text("bar-try-now"), words.text("bar-sign-in")) }
            </div>
        </div>
    }
}

fn deed(props: &Props, try_now: String, sign_in: String) -> Html {
    match props.view.mode {
        ConnectionMode::Offline | ConnectionMode::Reconnecting => {
            html! { <Button kind={Kind::Link} onclick={props.on_try_now.reform(|_| ())}>{ try_now }</Button> }
        }
        ConnectionMode::SignedOut => {
            html! { <Button kind={Kind::Link} onclick={props.on_sign_in.reform(|_| ())}>{ sign_in }</Button> }
        }
        _ => Html::default(),
    }
}

fn look(mode: ConnectionMode) -> Option<(&'static str, IconName, &'static str)> {
    match mode {
        ConnectionMode::Live => None,
        ConnectionMode::Connecting => Some(("connection-bar--quiet", IconName::Refresh, "bar-connecting")),
        ConnectionMode::Reconnecting => {
            Some(("connection-bar--quiet", IconName::Refresh, "bar-reconnecting"))
        }
        ConnectionMode::Limited => Some(("connection-bar--quiet", IconName::Gauge, "bar-limited")),
        ConnectionMode::Offline => Some(("connection-bar--warning", IconName::CloudOff, "bar-offline")),
        ConnectionMode::SignedOut => Some(("connection-bar--warning", IconName::UserOff, "bar-signed-out")),
        ConnectionMode::WrongServer => {
            Some(("connection-bar--warning", IconName::Unplug, "bar-wrong-server"))
        }
        ConnectionMode::Refused => Some(("connection-bar--warning", IconName::UserOff, "bar-refused")),
    }
}
