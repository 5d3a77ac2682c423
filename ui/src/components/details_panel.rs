//! What is known about the person one writes to.

use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{PersonView, Presence, RoomNotices};
use bedside_protocol::wire::Role;
use web_sys::Event;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_node_ref};

use super::dialog::{outside, use_modal};
use super::{
    Avatar, Button, Dot, IconButton, IconName, LocalTime, PhoneLink, ReplyWaitFields, RoomNoticesFields, Size,
};
use crate::state::nav::Room;
use crate::words::{Words, use_words};

/// A panel's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub person: PersonView,
    /// Where the clocks are of somebody of whom nothing else is known.
    pub time_zone: AttrValue,
    pub presence: Option<Presence>,
    /// Grows with the calendar's day, so that "last seen 14:02" becomes "yesterday" at midnight.
    pub today: i64,
    pub fits: Room,
    pub on_close: Callback<()>,
    /// A number is to be called.
    pub on_link: Callback<AttrValue>,
    /// How the conversation is told of.
    pub notices: RoomNotices,
    pub on_notices: Callback<RoomNotices>,
    /// The conversation is to be taken along.
    pub on_download: Callback<()>,
    /// By when a reply is to have come.
    pub reply_due: Option<Timestamp>,
    pub on_await: Callback<Option<Timestamp>>,
}

/// The panel: beside the conversation, or as a dialog over it.
#[component]
pub(crate) fn DetailsPanel(props: &Props) -> Html {
    let words = use_words();
    match props.fits {
        Room::Over => html! {
            <Over
                person={props.person.clone()}
                presence={props.presence}
                today={props.today}
                time_zone={props.time_zone.clone()}
                on_close={props.on_close.clone()}
                on_link={props.on_link.clone()}
                notices={props.notices}
                on_notices={props.on_notices.clone()}
                on_download={props.on_download.clone()}
                reply_due={props.reply_due}
                on_await={props.on_await.clone()}
            />
        },
        Room::Beside => html! {
            <aside class="details-panel" aria-label={about(&words, &props.person)} data-region="details">
                { inside(&words, (&props.person, props.presence), &props.time_zone, (&props.on_close, &props.on_download), &props.on_link) }
                { waits(&words, props.reply_due, &props.on_await) }
                { told(&words, props.notices, &props.on_notices) }
            </aside>
        },
    }
}

#[derive(Properties, PartialEq)]
struct OverProps {
    person: PersonView,
    time_zone: AttrValue,
    presence: Option<Presence>,
    today: i64,
    on_close: Callback<()>,
    on_link: Callback<AttrValue>,
    notices: RoomNotices,
    on_notices: Callback<RoomNotices>,
    on_download: Callback<()>,
    reply_due: Option<Timestamp>,
    on_await: Callback<Option<Timestamp>>,
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
            <div class="details-panel__sheet">
                { inside(&words, (&props.person, props.presence), &props.time_zone, (&props.on_close, &props.on_download), &props.on_link) }
                { waits(&words, props.reply_due, &props.on_await) }
                { told(&words, props.notices, &props.on_notices) }
            </div>
        </dialog>
    }
}

fn waits(words: &Words, due: Option<Timestamp>, on_await: &Callback<Option<Timestamp>>) -> Html {
    html! {
        <>
            <h3 class="details-panel__title details-panel__title--next">{ words.text("reply-wait") }</h3>
            <ReplyWaitFields {due} on_await={on_await.clone()} />
        </>
    }
}

fn told(words: &Words, held: RoomNotices, on_change: &Callback<RoomNotices>) -> Html {
    html! {
        <>
            <h3 class="details-panel__title details-panel__title--next">{ words.text("settings-notifications") }</h3>
            <RoomNoticesFields {held} on_change={on_change.clone()} />
        </>
    }
}

fn about(words: &Words, person: &PersonView) -> AttrValue {
    words.about("conversation-details", &person.name)
}

fn inside(
    words: &Words,
    (person, presence): (&PersonView, Option<Presence>),
    time_zone: &AttrValue,
    (on_close, on_download): (&Callback<()>, &Callback<()>),
    on_link: &Callback<AttrValue>,
) -> Html {
    html! {
        <>
            <IconButton
                icon={IconName::Close}
                label={words.text("details-close")}
                onclick={on_close.reform(|_| ())}
                class="details-panel__close"
            />
            <div class="details-panel__person">
                <Avatar
                    account={person.account_id}
                    name={person.name.clone()}
                    size={Size::Details}
                    dot={Dot::of(presence)}
                />
                <h2 class="details-panel__name"><bdi>{ &person.name }</bdi></h2>
                <p class="details-panel__role">{ kind(words, person) }</p>
                if let Some(presence) = words.presence(presence) {
                    <p class="details-panel__presence">{ presence }</p>
                }
            </div>
            <h3 class="details-panel__title">{ words.text("details-about") }</h3>
            <dl class="facts">
                { for facts(words, person, time_zone, on_link).into_iter().map(|(name, value)| html! {
                    <div class="facts__row"><dt class="facts__name">{ name }</dt><dd class="facts__value">{ value }</dd></div>
                }) }
            </dl>
            <div class="details-panel__deeds">
                <Button onclick={on_download.reform(|_| ())}>{ words.text("download") }</Button>
            </div>
        </>
    }
}

/// What somebody is: a patient of an age, or a profession.
fn kind(words: &Words, person: &PersonView) -> String {
    let role = words.role(person.role);
    match (&person.profession, words.age(person)) {
        (Some(profession), _) => profession.clone(),
        (None, Some(age)) => format!("{role} · {age}"),
        (None, None) => role,
    }
}

fn facts(
    words: &Words,
    person: &PersonView,
    time_zone: &AttrValue,
    on_link: &Callback<AttrValue>,
) -> Vec<(String, Html)> {
    let plain = |text: String| html! { <bdi>{ text }</bdi> };
    let known = &person.facts;
    let zone = known.time_zone.clone().map_or_else(|| time_zone.clone(), AttrValue::from);
    let profession = match (&person.profession, person.role) {
        (Some(profession), _) => Some(("fact-profession", profession.clone())),
        (None, Role::Patient) => None,
        (None, role) => Some(("fact-role", words.role(role))),
    };
    let since = if person.role == Role::Patient { "fact-patient-since" } else { "fact-since" };
    let language = known.language.as_deref().and_then(|tag| words.dates().language_name(tag));
    let lines = [
        born(words, person).map(|value| ("fact-born", plain(value))),
        profession.map(|(name, value)| (name, plain(value))),
        known.record_number.clone().map(|number| ("fact-record-number", plain(number))),
        known
            .phone
            .clone()
            .map(|number| ("fact-phone", html! { <PhoneLink {number} on_link={on_link.clone()} /> })),
        language.map(|name| ("fact-language", plain(name))),
        Some(("fact-local-time", html! { <LocalTime time_zone={zone} /> })),
        Some((since, plain(words.dates().date(person.since)))),
    ];
    lines.into_iter().flatten().map(|(name, value)| (words.text(name), value)).collect()
}

fn born(words: &Words, person: &PersonView) -> Option<String> {
    let birth_date = person.birth_date.as_deref()?;
    let date = words.dates().birth_date(birth_date)?;
    let age = words.dates().age(birth_date)?.to_string();
    Some(words.text_with("fact-born-value", &[("date", date.into()), ("age", age.into())]))
}
