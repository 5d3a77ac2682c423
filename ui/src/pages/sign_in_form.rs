//! The form one signs in with, on its page and in the dialog.

use std::rc::Rc;

use bedside_protocol::ipc::SessionView;
use web_sys::SubmitEvent;
use yew::{Callback, Html, Properties, UseReducerHandle, component, html, use_effect_with, use_reducer};

use crate::components::{Alert, Button, Kind, PasswordField, TextField, Tone, Typing};
use crate::dom;
use crate::errors::explain;
use crate::hooks::ask;
use crate::state::sign_in::{Field, Progress, SignIn, SignInAction};
use crate::words::{Words, use_words};

/// The form's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub view: Rc<SessionView>,
    pub on_done: Callback<()>,
}

/// The form.
#[component]
pub(super) fn SignInForm(props: &Props) -> Html {
    let words = use_words();
    let form = use_reducer(|| SignIn::remembered(&props.view));
    // The first field that is empty takes the focus: on a second visit only the password is missing.
    use_effect_with((), {
        let first = form.missing();
        move |()| drop(first.and_then(|field| dom::focus(&format!("#{}", id(field)))))
    });
    let onsubmit = submit(&form, &props.on_done);
    let busy = form.progress == Progress::Busy;
    let typed = |field: Field| {
        let dispatch = form.dispatcher();
        Callback::from(move |text| dispatch.dispatch(SignInAction::Typed(field, text)))
    };
    let note = |field: Field| if form.lacks(field) { words.text("field-missing") } else { String::new() };
    html! {
        <form class="sign-in-form" {onsubmit} novalidate={true}>
            { failure(&words, &form.progress) }
            <TextField id={id(Field::Server)} typing={Typing::Address} label={words.text("sign-in-server")}
                hint={words.text("sign-in-server-hint")} error={note(Field::Server)}
                value={form.server.clone()} on_change={typed(Field::Server)} />
            <TextField id={id(Field::Username)} typing={Typing::Username} label={words.text("sign-in-username")}
                error={note(Field::Username)} value={form.username.clone()} on_change={typed(Field::Username)} />
            <PasswordField id={id(Field::Password)} label={words.text("sign-in-password")}
                error={note(Field::Password)} value={form.password.clone()} on_change={typed(Field::Password)} />
            if let Some(passphrase) = form.passphrase.clone() {
                <PasswordField id={id(Field::Passphrase)} label={words.text("sign-in-passphrase")}
                    hint={words.text("sign-in-passphrase-hint")} error={note(Field::Passphrase)}
                    value={passphrase} on_change={typed(Field::Passphrase)} />
                <PasswordField id={id(Field::Repeated)} label={words.text("sign-in-passphrase-repeat")}
                    error={repeated(&words, &form)} value={form.repeated.clone()} on_change={typed(Field::Repeated)} />
            }
            <Button kind={Kind::Primary} {busy}>
                { words.text(if busy { "sign-in-busy" } else { "sign-in-submit" }) }
            </Button>
        </form>
    }
}

fn submit(form: &UseReducerHandle<SignIn>, on_done: &Callback<()>) -> Callback<SubmitEvent> {
    let (form, on_done) = (form.clone(), on_done.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let request = form.request();
        if form.progress != Progress::Busy {
            form.dispatch(SignInAction::Submitted);
        }
        let Some(request) = request else {
            form.missing().and_then(|field| dom::focus(&format!("#{}", id(field))));
            return;
        };
        let (dispatch, on_done) = (form.dispatcher(), on_done.clone());
        ask(request, move |answer| match answer {
            Err(error) => dispatch.dispatch(SignInAction::Failed(error)),
            Ok(_) => {
                dispatch.dispatch(SignInAction::Done);
                on_done.emit(());
            }
        });
    })
}

fn failure(words: &Words, progress: &Progress) -> Html {
    let Progress::Failed(error) = progress else { return Html::default() };
    let explained = explain(words, error);
    html! { <Alert tone={Tone::Error} title={explained.what} text={explained.advice} /> }
}

fn repeated(words: &Words, form: &SignIn) -> String {
    match (form.lacks(Field::Repeated), form.differs()) {
        (false, _) => String::new(),
        (true, true) => words.text("sign-in-passphrase-differs"),
        (true, false) => words.text("field-missing"),
    }
}

fn id(field: Field) -> &'static str {
    match field {
        Field::Server => "server",
        Field::Username => "username",
        Field::Password => "password",
        Field::Passphrase => "passphrase",
        Field::Repeated => "passphrase-repeated",
    }
}
