//! How this device tells of new messages.

use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{NoticeSettings, NoticeSound, PauseSpan, Request, Settings};
use bedside_protocol::wire::{NoticeContent, QuietHours};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{AttrValue, Callback, Event, Html, Properties, component, html};

use super::settings::Change;
use super::settings_notice_test::NoticeTest;
use super::settings_outreach::{NIGHT, time};
use crate::components::{Button, Kind, Segmented, Switch};
use crate::format;
use crate::hooks::ask;
use crate::words::{Words, use_words};

const CONTENTS: [(NoticeContent, &str); 3] = [
    (NoticeContent::Nothing, "notices-nothing"),
    (NoticeContent::Name, "notices-name"),
    (NoticeContent::NameAndText, "notices-name-and-text"),
];
const SOUNDS: [(NoticeSound, &str, &str); 4] = [
    (NoticeSound::Off, "off", "notices-sound-off"),
    (NoticeSound::Chime, "chime", "notices-sound-chime"),
    (NoticeSound::Drop, "drop", "notices-sound-drop"),
    (NoticeSound::Bell, "bell", "notices-sound-bell"),
];

/// The section's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub settings: Settings,
    /// The most that the clinic lets a notification say.
    pub most: NoticeContent,
    pub change: Change,
}

/// Changes what is set of notifications.
type Set = Callback<Box<dyn FnOnce(&mut NoticeSettings)>>;

/// The section.
#[component]
pub(super) fn NoticesSection(props: &Props) -> Html {
    let words = use_words();
    let (settings, change) = (&props.settings, &props.change);
    let set: Set = change.reform(|set: Box<dyn FnOnce(&mut NoticeSettings)>| {
        Box::new(move |settings: &mut Settings| set(&mut settings.notices)) as Box<dyn FnOnce(&mut Settings)>
    });
    let turn = change.reform(|on: bool| {
        Box::new(move |settings: &mut Settings| settings.notifications = on) as Box<dyn FnOnce(&mut Settings)>
    });
    html! {
        <section class="card" aria-labelledby="settings-notifications">
            <h2 class="card__title" id="settings-notifications">{ words.text("settings-notifications") }</h2>
            <Switch id="notifications" label={words.text("settings-notify")} hint={words.text("settings-notify-hint")}
                on={settings.notifications} on_change={turn} />
            if settings.notifications {
                { content(&words, settings.notices.content, props.most, &set) }
                { sound(&words, &settings.notices, &set) }
                { pause(&words, settings.notices.paused_until) }
                { quiet(&words, &settings.notices, &set) }
                <Switch id="urgent-passes" label={words.text("notices-urgent")} hint={words.text("notices-urgent-hint")}
                    on={settings.notices.urgent_passes} on_change={with(&set, |notices, on| notices.urgent_passes = on)} />
            }
            <NoticeTest />
        </section>
    }
}

fn with<T: 'static>(set: &Set, apply: fn(&mut NoticeSettings, T)) -> Callback<T> {
    set.reform(move |value: T| {
        Box::new(move |notices: &mut NoticeSettings| apply(notices, value))
            as Box<dyn FnOnce(&mut NoticeSettings)>
    })
}

/// What the clinic does not allow is not offered.
fn content(words: &Words, held: NoticeContent, most: NoticeContent, set: &Set) -> Html {
    let offered: Vec<_> = CONTENTS.into_iter().filter(|(content, _)| *content <= most).collect();
    let choices: Vec<AttrValue> = offered.iter().map(|(_, id)| words.text(id).into()).collect();
    let chosen = offered.iter().position(|(content, _)| *content == held.min(most)).unwrap_or_default();
    let on_choose = with(set, |notices, content| notices.content = content)
        .reform(move |at: usize| offered.get(at).map_or(NoticeContent::Nothing, |(content, _)| *content));
    html! {
        <div class="setting-block">
            if choices.len() > 1 {
                <Segmented name="notice-content" label={words.text("notices-content")} {choices} {chosen} {on_choose} />
            }
            <p class="switch__hint">{ words.text(match (most, held.min(most)) {
                (NoticeContent::Nothing, _) => "notices-clinic-nothing",
                (NoticeContent::Name, _) => "notices-clinic-name",
                (_, NoticeContent::Nothing) => "notices-content-hint",
                _ => "notices-content-seen",
            }) }</p>
        </div>
    }
}

fn sound(words: &Words, held: &NoticeSettings, set: &Set) -> Html {
    let choose = with(set, |notices, sound| notices.sound = sound);
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let value = select.map(|select| select.value()).unwrap_or_default();
        if let Some((sound, ..)) = SOUNDS.iter().find(|(_, name, _)| *name == value) {
            choose.emit(*sound);
        }
    });
    html! {
        <>
            <div class="setting">
                <label class="setting__label" for="notice-sound">{ words.text("notices-sound") }</label>
                <select class="select" id="notice-sound" {onchange}>
                    { for SOUNDS.iter().map(|(sound, name, id)| html! {
                        <option value={*name} selected={*sound == held.sound}>{ words.text(id) }</option>
                    }) }
                </select>
            </div>
            if held.sound != NoticeSound::Off {
                { volume(words, held.volume, set) }
            }
        </>
    }
}

fn volume(words: &Words, held: u8, set: &Set) -> Html {
    let choose = with(set, |notices, volume| notices.volume = volume);
    let onchange = Callback::from(move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(volume) = input.and_then(|input| input.value().parse().ok()) {
            choose.emit(volume);
        }
    });
    let value = words.text_with("notices-volume-value", &[("percent", u32::from(held).into())]);
    html! {
        <div class="setting">
            <label class="setting__label" for="notice-volume">{ words.text("notices-volume") }</label>
            <div class="slider">
                <input class="slider__input" id="notice-volume" type="range" min="0" max="100" step="10"
                    value={held.to_string()} aria-valuetext={value.clone()} {onchange} />
                <span class="slider__value">{ value }</span>
            </div>
        </div>
    }
}

fn pause(words: &Words, until: Option<Timestamp>) -> Html {
    let until = until.filter(|until| *until > format::now());
    let press = |span: PauseSpan| Callback::from(move |_| ask(Request::Pause { span }, |_| ()));
    html! {
        <div class="setting" role="group" aria-labelledby="notice-pause">
            <span class="setting__label" id="notice-pause">{ words.text("notices-pause") }</span>
            <div class="contact__deeds">
                if let Some(until) = until {
                    <span class="setting__value">{ words.text_with("notices-paused", &[("time", words.dates().exact(until).into())]) }</span>
                    <Button kind={Kind::Secondary} onclick={press(PauseSpan::Off)}>{ words.text("notices-pause-off") }</Button>
                } else {
                    <Button kind={Kind::Secondary} onclick={press(PauseSpan::Hour)}>{ words.text("notices-pause-hour") }</Button>
                    <Button kind={Kind::Secondary} onclick={press(PauseSpan::Tomorrow)}>{ words.text("notices-pause-tomorrow") }</Button>
                }
            </div>
        </div>
    }
}

fn quiet(words: &Words, held: &NoticeSettings, set: &Set) -> Html {
    let keep = with(set, |notices, quiet: Option<QuietHours>| notices.quiet = quiet);
    let on_change = keep.reform(|on: bool| on.then_some(NIGHT));
    html! {
        <>
            <Switch id="notice-quiet" label={words.text("notices-quiet")} hint={words.text("notices-quiet-hint")}
                on={held.quiet.is_some()} {on_change} />
            if let Some(hours) = held.quiet {
                <div class="setting">
                    { time("notice-quiet-from", &words.text("outreach-quiet-from"), hours.from,
                        keep.reform(move |from| Some(QuietHours { from, ..hours }))) }
                    { time("notice-quiet-to", &words.text("outreach-quiet-to"), hours.to,
                        keep.reform(move |to| Some(QuietHours { to, ..hours }))) }
                </div>
            }
        </>
    }
}
