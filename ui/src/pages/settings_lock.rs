//! Locking the app: by the passphrase there is, or by a code of its own that is set here.

use bedside_protocol::ipc::{IpcError, LockWay, Request};
use bedside_protocol::limits::LOCK_CODE_CHARS;
use web_sys::SubmitEvent;
use yew::{Callback, Html, UseStateHandle, component, html, use_state_eq};

use crate::components::{Alert, Button, Kind, PasswordField, Tone};
use crate::errors::explain;
use crate::hooks::{PageProps, ask};
use crate::words::{Words, use_words};

/// What is typed, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Form {
    open: bool,
    before: String,
    code: String,
    error: Option<IpcError>,
    kept: bool,
}

/// The section.
#[component]
pub(super) fn LockSection(props: &PageProps) -> Html {
    let words = use_words();
    let form = use_state_eq(Form::default);
    let way = props.store.session.view.as_deref().and_then(|view| view.lock);
    let lead = match way {
        Some(LockWay::Passphrase) => "lock-by-passphrase",
        Some(LockWay::Code) => "lock-by-code",
        None => "lock-by-nothing",
    };
    html! {
        <section class="card" aria-labelledby="settings-lock">
            <h2 class="card__title" id="settings-lock">{ words.text("settings-lock") }</h2>
            <p class="card__lead">{ words.text(lead) }</p>
            if way != Some(LockWay::Passphrase) {
                if form.open {
                    { fields(&words, &form, way.is_some()) }
                } else {
                    { opener(&words, &form, way.is_some()) }
                }
            }
        </section>
    }
}

fn opener(words: &Words, form: &UseStateHandle<Form>, is_set: bool) -> Html {
    let onclick = Callback::from({
        let form = form.clone();
        move |_| form.set(Form { open: true, ..Form::default() })
    });
    html! {
        <div class="contact__deeds" role="status">
            <Button {onclick}>{ words.text(if is_set { "lock-change" } else { "lock-set" }) }</Button>
            if form.kept {
                <span class="setting__value">{ words.text("lock-kept") }</span>
            }
        </div>
    }
}

fn fields(words: &Words, form: &UseStateHandle<Form>, is_set: bool) -> Html {
    let change = |apply: fn(&mut Form, String)| {
        let form = form.clone();
        Callback::from(move |typed: String| {
            let mut next = (*form).clone();
            apply(&mut next, typed);
            form.set(next);
        })
    };
    let onsubmit = {
        let save = save(form, is_set, true);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            save.emit(());
        })
    };
    let close = Callback::from({
        let form = form.clone();
        move |_| form.set(Form::default())
    });
    let least = u32::try_from(LOCK_CODE_CHARS).unwrap_or_default();
    let hint = words.text_with("lock-code-hint", &[("least", least.into())]);
    html! {
        <form class="reply-form" {onsubmit} novalidate={true}>
            if let Some(explained) = form.error.as_ref().map(|error| explained(words, error)) {
                <Alert tone={Tone::Error} title={explained.0} text={explained.1} />
            }
            if is_set {
                <PasswordField id="lock-before" label={words.text("lock-before")} value={form.before.clone()}
                    on_change={change(|form, typed| form.before = typed)} />
            }
            <PasswordField id="lock-code" label={words.text("lock-code")} {hint} value={form.code.clone()}
                on_change={change(|form, typed| form.code = typed)} />
            <div class="contact__deeds">
                <Button kind={Kind::Primary}>{ words.text("lock-save") }</Button>
                if is_set {
                    <Button onclick={save(form, true, false).reform(|_| ())}>{ words.text("lock-remove") }</Button>
                }
                <Button onclick={close}>{ words.text("dialog-cancel") }</Button>
            </div>
        </form>
    }
}

fn save(form: &UseStateHandle<Form>, is_set: bool, sets: bool) -> Callback<()> {
    let form = form.clone();
    Callback::from(move |()| {
        let before = is_set.then(|| form.before.clone());
        let code = sets.then(|| form.code.clone());
        let form = form.clone();
        ask(Request::SetLockCode { before, code }, move |answer| match answer {
            Ok(_) => form.set(Form { kept: true, ..Form::default() }),
            Err(error) => form.set(Form { error: Some(error), ..(*form).clone() }),
        });
    })
}

fn explained(words: &Words, error: &IpcError) -> (String, String) {
    if *error == IpcError::WrongPassphrase {
        return (words.text("unlock-code-wrong"), words.text("unlock-code-wrong-do"));
    }
    let explained = explain(words, error);
    (explained.what, explained.advice)
}
