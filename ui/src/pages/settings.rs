//! This device's settings.

use bedside_i18n::Language;
use bedside_protocol::ipc::{Request, Settings, Theme};
use bedside_protocol::wire::Role;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Event, Html, component, html, use_state_eq};

use super::export::ExportSection;
use super::settings_account::AccountSection;
use super::settings_lock::LockSection;
use super::settings_notices::NoticesSection;
use super::settings_outreach::OutreachSection;
use super::settings_privacy::PrivacySection;
use super::settings_replies::RepliesSection;
use super::settings_unseen::unseen;
use crate::components::{Alert, IconButton, IconName, Segmented, Switch, Tone};
use crate::hooks::{PageProps, Store, ask};
use crate::state::Action;
use crate::state::nav::{NavAction, Page};
use crate::words::{Words, use_words};

const THEMES: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

/// A change of the settings.
pub(super) type Change = Callback<Box<dyn FnOnce(&mut Settings)>>;

/// The page.
#[component]
pub(super) fn SettingsPage(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    let failed = use_state_eq(|| false);
    let settings = store.settings();
    let change: Change = {
        let (store, failed) = (store.clone(), failed.clone());
        Callback::from(move |change: Box<dyn FnOnce(&mut Settings)>| {
            let mut settings = store.settings();
            change(&mut settings);
            let failed = failed.clone();
            ask(Request::SaveSettings { settings }, move |answer| failed.set(answer.is_err()));
        })
    };
    html! {
        <main class="settings" data-region="settings">
            <header class="settings__head">
                <IconButton icon={IconName::Back} label={words.text("conversation-back")} onclick={back(store)} />
                <h1 class="settings__title" tabindex="-1">{ words.text("settings") }</h1>
            </header>
            <div class="settings__sections">
                if *failed {
                    <Alert tone={Tone::Error} title={words.text("settings-not-saved")} />
                }
                { appearance(&words, &settings, &change) }
                { writing(&words, &settings, &change) }
                <NoticesSection settings={settings.clone()} most={store.clinic().notification_content} change={change.clone()} />
                { window(&words, &settings, &change) }
                if store.me().is_some_and(|me| me.role == Role::Practitioner) {
                    { unseen(&words, &settings, days(&change)) }
                }
                <LockSection store={store.clone()} />
                <OutreachSection store={store.clone()} />
                <PrivacySection store={store.clone()} />
                <RepliesSection store={store.clone()} />
                <ExportSection store={store.clone()} />
                <AccountSection store={store.clone()} />
            </div>
        </main>
    }
}

fn days(change: &Change) -> Callback<u8> {
    change.reform(|days: u8| {
        Box::new(move |settings: &mut Settings| settings.unseen_days = days) as Box<dyn FnOnce(&mut Settings)>
    })
}

fn back(store: &Store) -> Callback<yew::MouseEvent> {
    let dispatch = store.dispatcher();
    Callback::from(move |_| dispatch.dispatch(Action::Nav(NavAction::Show(Page::Chat))))
}

fn appearance(words: &Words, settings: &Settings, change: &Change) -> Html {
    let themes = ["theme-system", "theme-light", "theme-dark"];
    let choices = themes.iter().map(|id| words.text(id).into()).collect::<Vec<yew::AttrValue>>();
    let chosen = THEMES.iter().position(|theme| *theme == settings.theme).unwrap_or_default();
    let on_choose = change.reform(|at: usize| {
        let theme = THEMES.get(at).copied().unwrap_or_default();
        Box::new(move |settings: &mut Settings| settings.theme = theme) as Box<dyn FnOnce(&mut Settings)>
    });
    html! {
        <section class="card" aria-labelledby="settings-appearance">
            <h2 class="card__title" id="settings-appearance">{ words.text("settings-appearance") }</h2>
            <Segmented name="theme" label={words.text("settings-theme")} {choices} {chosen} {on_choose} />
            { text_size(words, settings, change) }
            { language(words, settings, change) }
        </section>
    }
}

fn text_size(words: &Words, settings: &Settings, change: &Change) -> Html {
    let onchange = change.reform(|event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let size = input.and_then(|input| input.value().parse().ok()).unwrap_or(100_u16);
        Box::new(move |settings: &mut Settings| settings.text_size = size.clamp(90, 150))
            as Box<dyn FnOnce(&mut Settings)>
    });
    let value =
        words.text_with("settings-text-size-value", &[("percent", u32::from(settings.text_size).into())]);
    html! {
        <div class="setting">
            <label class="setting__label" for="text-size">{ words.text("settings-text-size") }</label>
            <div class="slider">
                <span class="slider__small" aria-hidden="true">{ "A" }</span>
                <input class="slider__input" id="text-size" type="range" min="90" max="150" step="10"
                    value={settings.text_size.to_string()} aria-valuetext={value.clone()} {onchange} />
                <span class="slider__large" aria-hidden="true">{ "A" }</span>
                <span class="slider__value">{ value }</span>
            </div>
        </div>
    }
}

fn language(words: &Words, settings: &Settings, change: &Change) -> Html {
    let onchange = change.reform(|event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let tag = select.map(|select| select.value()).unwrap_or_default();
        Box::new(move |settings: &mut Settings| settings.language = tag) as Box<dyn FnOnce(&mut Settings)>
    });
    html! {
        <div class="setting">
            <label class="setting__label" for="language">{ words.text("settings-language") }</label>
            <select class="select" id="language" {onchange}>
                <option value="" selected={settings.language.is_empty()}>{ words.text("settings-language-system") }</option>
                { for Language::ALL.iter().map(|language| html! {
                    <option value={language.tag()} lang={language.tag()} selected={settings.language == language.tag()}>
                        { language.native_name() }
                    </option>
                }) }
            </select>
        </div>
    }
}

fn switched(change: &Change, apply: fn(&mut Settings, bool)) -> Callback<bool> {
    change.reform(move |on: bool| {
        Box::new(move |settings: &mut Settings| apply(settings, on)) as Box<dyn FnOnce(&mut Settings)>
    })
}

fn writing(words: &Words, settings: &Settings, change: &Change) -> Html {
    let set = |apply| switched(change, apply);
    html! {
            <section class="card" aria-labelledby="settings-writing">
                <h2 class="card__title" id="settings-writing">{ words.text("settings-writing") }</h2>
                <Switch id="enter-sends" label={words.text("settings-enter-sends")} hint={words.text("settings-enter-sends-hint")}
                    on={settings.enter_sends} on_change={set(|settings, on| settings.enter_sends = on)} />
                <Switch id="share-drafts" label={words.text("settings-share-drafts")} hint={words.text("settings-share-drafts-hint")}
                    on={settings.share_drafts} on_change={set(|settings, on| settings.share_drafts = on)} />
            </section>
    }
}

fn window(words: &Words, settings: &Settings, change: &Change) -> Html {
    let set = |apply| switched(change, apply);
    html! {
            <section class="card" aria-labelledby="settings-window">
                <h2 class="card__title" id="settings-window">{ words.text("settings-window") }</h2>
                <Switch id="close-to-tray" label={words.text("settings-close-to-tray")} hint={words.text("settings-close-to-tray-hint")}
                    on={settings.close_to_tray} on_change={set(|settings, on| settings.close_to_tray = on)} />
                <Switch id="start-with-session" label={words.text("settings-start-with-session")} hint={words.text("settings-start-with-session-hint")}
                    on={settings.start_with_session} on_change={set(|settings, on| settings.start_with_session = on)} />
                if settings.start_with_session {
                    <Switch id="start-hidden" label={words.text("settings-start-hidden")} hint={words.text("settings-start-hidden-hint")}
                        on={settings.start_hidden} on_change={set(|settings, on| settings.start_hidden = on)} />
                }
            </section>
    }
}
