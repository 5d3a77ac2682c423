//! What is known about the person one writes to.

use bedside_protocol::ipc::PersonView;
use bedside_protocol::wire::Role;
use web_sys::Event;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_node_ref};

use super::dialog::{outside, use_modal};
use super::{Avatar, IconButton, IconName, Size};
use crate::state::nav::Room;
use crate::words::{Words, use_words};

/// A panel's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub person: PersonView,
    pub fits: Room,
    pub on_close: Callback<()>,
}

/// The panel: beside the conversation, or as a dialog over it.
#[component]
pub(crate) fn DetailsPanel(props: &Props) -> Html {
    let words = use_words();
    match props.fits {
        Room::Over => html! { <Over person={props.person.clone()} on_close={props.on_close.clone()} /> },
        Room::Beside => html! {
            <aside class="details-panel" aria-label={about(&words, &props.person)} data-region="details">
                { inside(&words, &props.person, &props.on_close) }
            </aside>
        },
    }
}

#[derive(Properties, PartialEq)]
struct OverProps {
    person: PersonView,
    on_close: Callback<()>,
}

#[component]
fn Over(props: &OverProps) -> Html {
    let words = use_words();
    let dialog = use_node_ref();
    use_modal(&dialog);
    let oncancel = props.on_close.reform(|event: Event| event.prevent_default());
    let onmousedown = outside(props.on_close.clone());
    html! {
        <dialog class="details-panel details-panel--over" ref={dialog} aria-label={about(&words, &props.person)} {oncancel} {onmousedown}>
            <div class="details-panel__sheet">{ inside(&words, &props.person, &props.on_close) }</div>
        </dialog>
    }
}

fn about(words: &Words, person: &PersonView) -> AttrValue {
    words.about("conversation-details", &person.name)
}

fn inside(words: &Words, person: &PersonView, on_close: &Callback<()>) -> Html {
    html! {
        <>
            <IconButton
                icon={IconName::Close}
                label={words.text("details-close")}
                onclick={on_close.reform(|_| ())}
                class="details-panel__close"
            />
            <div class="details-panel__person">
                <Avatar account={person.account_id} name={person.name.clone()} size={Size::Details} />
                <h2 class="details-panel__name"><bdi>{ &person.name }</bdi></h2>
                <p class="details-panel__role">{ words.role(person.role) }</p>
            </div>
            <h3 class="details-panel__title">{ words.text("details-about") }</h3>
            <dl class="facts">
                { for facts(words, person).into_iter().map(|(name, value)| html! {
                    <div class="facts__row"><dt class="facts__name">{ name }</dt><dd class="facts__value"><bdi>{ value }</bdi></dd></div>
                }) }
            </dl>
        </>
    }
}

fn facts(words: &Words, person: &PersonView) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(value) = born(words, person) {
        facts.push((words.text("fact-born"), value));
    }
    match (&person.profession, person.role) {
        (Some(profession), _) => facts.push((words.text("fact-profession"), profession.clone())),
        (None, Role::Patient) => {}
        (None, role) => facts.push((words.text("fact-role"), words.role(role))),
    }
    facts.push((words.text("fact-since"), words.dates().date(person.since)));
    facts
}

fn born(words: &Words, person: &PersonView) -> Option<String> {
    let birth_date = person.birth_date.as_deref()?;
    let date = words.dates().birth_date(birth_date)?;
    let age = words.dates().age(birth_date)?.to_string();
    Some(words.text_with("fact-born-value", &[("date", date.into()), ("age", age.into())]))
}
