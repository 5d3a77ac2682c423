//! Who is signed in where, and the way out.

use yew::{Callback, Html, component, html};

use crate::components::{Avatar, Button};
use crate::hooks::PageProps;
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction};
use crate::words::use_words;

/// The section.
#[component]
pub(super) fn AccountSection(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    let Some(me) = store.me() else { return Html::default() };
    let server = store.session.view.as_deref().map(|view| view.server.clone()).unwrap_or_default();
    let device = store.settings.view.as_deref();
    let profile = device.map(|view| view.profile.clone()).filter(|profile| !profile.is_empty());
    let version = device.map(|view| view.version.clone()).unwrap_or_default();
    let dispatch = store.dispatcher();
    let out = Callback::from(move |_| dispatch.dispatch(Action::Nav(NavAction::Dialog(Dialog::SignOut))));
    let facts = [
        (words.text("settings-server"), Some(server)),
        (words.text("settings-profile"), profile),
        (words.text("settings-version"), Some(version)),
    ];
    html! {
        <section class="card" aria-labelledby="settings-account">
            <h2 class="card__title" id="settings-account">{ words.text("settings-account") }</h2>
            <div class="account">
                <Avatar account={me.account_id} name={me.name.clone()} />
                <div class="account__who">
                    <p class="account__name"><bdi>{ &me.name }</bdi></p>
                    <p class="account__about">{ words.about_person(me) }</p>
                </div>
                <Button onclick={out}>{ words.text("sign-out") }</Button>
            </div>
            <dl class="facts">
                { for facts.into_iter().filter_map(|(name, value)| Some((name, value?))).map(|(name, value)| html! {
                    <div class="facts__row"><dt class="facts__name">{ name }</dt><dd class="facts__value"><bdi>{ value }</bdi></dd></div>
                }) }
            </dl>
        </section>
    }
}
