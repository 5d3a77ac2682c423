//! The sign-in form: what is typed, what is missing, what went wrong.

use std::rc::Rc;

use bedside_protocol::ipc::{IpcError, Request, SessionView};
use yew::Reducible;

/// The form.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SignIn {
    pub server: String,
    pub username: String,
    pub password: String,
    /// Asked for only where there is no keychain.
    pub passphrase: Option<String>,
    /// The same once more: nobody can recover one that was mistyped.
    pub repeated: String,
    pub progress: Progress,
}

/// How far the attempt is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Progress {
    #[default]
    Typing,
    /// Sent off with a field empty.
    Incomplete,
    Busy,
    Failed(IpcError),
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Server,
    Username,
    Password,
    Passphrase,
    Repeated,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum SignInAction {
    Typed(Field, String),
    Submitted,
    Failed(IpcError),
    Done,
}

impl SignIn {
    /// With what is remembered.
    pub(crate) fn remembered(view: &SessionView) -> Self {
        SignIn {
            server: view.server.clone(),
            username: view.username.clone(),
            passphrase: view.passphrase_needed.then(String::new),
            ..SignIn::default()
        }
    }

    /// Whether the passphrase was typed in two different ways.
    pub(crate) fn differs(&self) -> bool {
        !self.repeated.is_empty() && self.passphrase.as_ref().is_some_and(|first| *first != self.repeated)
    }

    /// The first field nobody has filled in, or that contradicts another.
    pub(crate) fn missing(&self) -> Option<Field> {
        let passphrase = self.passphrase.as_deref().unwrap_or("not asked");
        let repeated = if self.passphrase.is_none() { "not asked" } else { self.repeated.as_str() };
        [
            (Field::Server, self.server.trim()),
            (Field::Username, self.username.trim()),
            (Field::Password, self.password.as_str()),
            (Field::Passphrase, passphrase),
            (Field::Repeated, if self.differs() { "" } else { repeated }),
        ]
        .into_iter()
        .find_map(|(field, text)| text.is_empty().then_some(field))
    }

    /// Whether to tell that a field is missing.
    pub(crate) fn lacks(&self, field: Field) -> bool {
        self.progress == Progress::Incomplete && self.missing() == Some(field)
    }

    /// What to ask the engine for, if the form is complete and no answer is due.
    pub(crate) fn request(&self) -> Option<Request> {
        if self.missing().is_some() || self.progress == Progress::Busy {
            return None;
        }
        Some(Request::SignIn {
            server: self.server.trim().to_owned(),
            username: self.username.trim().to_owned(),
            password: self.password.clone(),
            passphrase: self.passphrase.clone(),
        })
    }

    fn apply(&mut self, action: SignInAction) {
        match action {
            SignInAction::Typed(field, text) => self.fill(field, text),
            SignInAction::Submitted if self.missing().is_some() => self.progress = Progress::Incomplete,
            SignInAction::Submitted => self.progress = Progress::Busy,
            SignInAction::Failed(error) => self.fail(error),
            SignInAction::Done => self.progress = Progress::Typing,
        }
    }

    fn fill(&mut self, field: Field, text: String) {
        match field {
            Field::Server => self.server = text,
            Field::Username => self.username = text,
            Field::Password => self.password = text,
            Field::Passphrase => self.passphrase = Some(text),
            Field::Repeated => self.repeated = text,
        }
    }

    fn fail(&mut self, error: IpcError) {
        if error == IpcError::PassphraseNeeded && self.passphrase.is_none() {
            self.passphrase = Some(String::new());
        }
        self.progress = Progress::Failed(error);
    }
}

impl Reducible for SignIn {
    type Action = SignInAction;

    fn reduce(self: Rc<Self>, action: SignInAction) -> Rc<Self> {
        let mut next = (*self).clone();
        next.apply(action);
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> SignIn {
        SignIn {
            server: " chat.example.org ".to_owned(),
            username: "ana".to_owned(),
            password: " kept as typed ".to_owned(),
            ..SignIn::default()
        }
    }

    #[test]
    fn the_address_is_trimmed_and_the_password_is_not() {
        let Some(Request::SignIn { server, password, .. }) = filled().request() else { panic!("complete") };
        assert_eq!((server.as_str(), password.as_str()), ("chat.example.org", " kept as typed "));
    }

    #[test]
    fn an_incomplete_form_names_its_first_gap() {
        let mut form = SignIn { username: String::new(), password: String::new(), ..filled() };
        assert!(form.request().is_none());
        form.apply(SignInAction::Submitted);
        assert!(form.lacks(Field::Username) && !form.lacks(Field::Password));
    }

    #[test]
    fn two_presses_are_one_attempt() {
        let mut form = filled();
        form.apply(SignInAction::Submitted);
        assert_eq!((form.progress.clone(), form.request()), (Progress::Busy, None));
    }

    #[test]
    fn a_passphrase_is_asked_for_once_it_turns_out_to_be_needed() {
        let mut form = filled();
        form.apply(SignInAction::Submitted);
        form.apply(SignInAction::Failed(IpcError::PassphraseNeeded));
        assert_eq!(form.missing(), Some(Field::Passphrase));
        form.apply(SignInAction::Typed(Field::Passphrase, "four plain words here".to_owned()));
        assert_eq!(form.missing(), Some(Field::Repeated));
        form.apply(SignInAction::Typed(Field::Repeated, "four plain word here".to_owned()));
        assert!(form.differs() && form.request().is_none());
        form.apply(SignInAction::Typed(Field::Repeated, "four plain words here".to_owned()));
        assert!(form.request().is_some());
    }
}
