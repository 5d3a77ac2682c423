//! The home page: what waits for one, and for patients who cares for them. From the cache alone; works offline.

mod cards;
mod clinic;

use bedside_protocol::ipc::{HomeView, Request};
use bedside_protocol::wire::Role;
use web_sys::{Element, KeyboardEvent};
use yew::{Callback, Html, component, html, use_effect_with, use_node_ref};

use self::cards::{CareTeam, Conversations, Kind};
use self::clinic::Clinic;
use crate::components::{Alert, Button, EmptyState, IconName, Skeleton, Skeletons, Tone};
use crate::dom;
use crate::format;
use crate::hooks::{PageProps, Store, ask, use_minutes};
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction};
use crate::words::{Words, use_words};

/// The page.
#[component]
pub(crate) fn HomePage(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    let page = use_node_ref();
    use_minutes();
    let role = store.me().map(|me| me.role);
    // Who is linked is known from before; offline it stays as it is.
    use_effect_with(role, |role| {
        if *role == Some(Role::Patient) {
            ask(Request::RefreshPeople, |_| {});
        }
    });
    let onkeydown = Callback::from({
        let page = page.clone();
        move |event: KeyboardEvent| {
            let Some(page) = page.cast::<Element>() else { return };
            if let (Some(by), false) = (step(&event.key()), event.alt_key()) {
                event.prevent_default();
                dom::rove(&page, ".room-row", by);
            }
        }
    });
    html! {
        <main class="home" data-region="home" ref={page} {onkeydown}>
            <header class="home__head">
                <h1 class="home__title" tabindex="-1">{ words.text("rail-home") }</h1>
                <p class="home__day">{ words.dates().day(format::now()) }</p>
            </header>
            <div class="home__body">{ body(&words, store, role) }</div>
        </main>
    }
}

fn step(key: &str) -> Option<isize> {
    match key {
        "ArrowDown" => Some(1),
        "ArrowUp" => Some(-1),
        _ => None,
    }
}

fn body(words: &Words, store: &Store, role: Option<Role>) -> Html {
    let Some(view) = store.home.view.as_deref() else { return skeleton(words) };
    if view.rooms == 0 && view.people.total == 0 {
        return if view.loading { skeleton(words) } else { first_run(words, store, role) };
    }
    match role {
        Some(Role::Patient) => patient(words, store, view),
        _ => practitioner(words, store, view),
    }
}

fn skeleton(words: &Words) -> Html {
    html! {
        <div class="home__columns">
            <div class="home-card"><Skeleton of={Skeletons::FewRows} label={words.text("list-loading")} /></div>
        </div>
    }
}

fn first_run(words: &Words, store: &Store, role: Option<Role>) -> Html {
    let practitioner = role == Some(Role::Practitioner);
    let text = if practitioner { "home-first-practitioner" } else { "home-first-patient" };
    let dispatch = store.dispatcher();
    let onclick = Callback::from(move |_| dispatch.dispatch(Action::Nav(NavAction::Dialog(Dialog::People))));
    html! {
        <EmptyState icon={IconName::Home} title={words.text("home-first-title")} text={words.text(text)}>
            if practitioner {
                <Button {onclick}>{ words.text("list-empty-start") }</Button>
            }
        </EmptyState>
    }
}

fn patient(words: &Words, store: &Store, view: &HomeView) -> Html {
    html! {
        <>
            { unsent(words, store, view) }
            <div class="home__columns">
                <div class="home__column"><CareTeam store={store.clone()} people={view.people.clone()} /></div>
                <div class="home__column">
                    <Conversations store={store.clone()} kind={Kind::Unread} card={view.unread.clone()} />
                    <Clinic store={store.clone()} minute={format::now().0 / 60_000} />
                </div>
            </div>
        </>
    }
}

fn practitioner(words: &Words, store: &Store, view: &HomeView) -> Html {
    let cards = [&view.unread, &view.urgent, &view.waiting, &view.unseen];
    if view.unsent.total == 0 && cards.iter().all(|card| card.total == 0) {
        let (title, text) = (words.text("home-done-title"), words.text("home-done"));
        return html! { <EmptyState icon={IconName::Check} {title} {text} /> };
    }
    let card = |kind: Kind, card: &bedside_protocol::ipc::HomeCard| {
        html! { <Conversations store={store.clone()} {kind} card={card.clone()} /> }
    };
    html! {
        <>
            { unsent(words, store, view) }
            <div class="home__columns">
                <div class="home__column">
                    { card(Kind::Urgent, &view.urgent) }
                    { card(Kind::Waiting, &view.waiting) }
                </div>
                <div class="home__column">
                    { card(Kind::Unread, &view.unread) }
                    { card(Kind::Unseen, &view.unseen) }
                </div>
            </div>
        </>
    }
}

/// What the server does not have, if there is anything; what needs its author is said first.
fn unsent(words: &Words, store: &Store, view: &HomeView) -> Html {
    if view.unsent.total == 0 {
        return Html::default();
    }
    let parked = store.connection.view.as_deref().map_or(0, |view| view.parked);
    html! {
        <>
            if parked > 0 {
                <Alert tone={Tone::Error} title={words.count("home-parked", parked.into())} text={words.text("home-parked-do")} />
            }
            <Conversations store={store.clone()} kind={Kind::Unsent} card={view.unsent.clone()} />
        </>
    }
}
