//! Something that is to outlive the app: what the engine has of it, and what it was asked to keep.
//!
//! The engine is asked for one thing after the other, and not again for what it could not keep.

use bedside_protocol::ipc::IpcError;

/// How far the engine is with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Keeping<T> {
    /// As the engine has it.
    pub kept: T,
    /// What the engine was asked to keep and has not yet answered for.
    asked: Option<T>,
    /// What it could not keep, and why.
    refused: Option<(T, IpcError)>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum KeepAction<T> {
    /// The engine was asked to keep this.
    Keeping(T),
    /// The engine keeps this.
    Kept(T),
    /// The engine could not keep this.
    NotKept(T, IpcError),
}

impl<T: Clone + PartialEq> Keeping<T> {
    /// The engine has it like this.
    pub(crate) fn of(kept: T) -> Self {
        Keeping { kept, asked: None, refused: None }
    }

    /// What is to be kept now, if the engine has something else.
    pub(crate) fn wanted(&self, now: &T) -> Option<T> {
        let refused = self.refused.as_ref().is_some_and(|(what, _)| what == now);
        (self.asked.is_none() && !refused && self.kept != *now).then(|| now.clone())
    }

    /// Why it would be lost with the app as it stands, if it would.
    pub(crate) fn at_risk(&self, now: &T) -> Option<&IpcError> {
        self.refused.as_ref().filter(|_| self.kept != *now).map(|(_, why)| why)
    }

    /// Whether the engine has it and owes no answer.
    pub(crate) fn is_settled(&self, now: &T) -> bool {
        self.kept == *now && self.asked.is_none()
    }

    /// Whether it owes an answer.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Applies an action.
    pub(crate) fn apply(&mut self, action: KeepAction<T>) {
        match action {
            KeepAction::Keeping(what) => self.asked = Some(what),
            KeepAction::Kept(what) => *self = Keeping::of(what),
            KeepAction::NotKept(what, why) => {
                self.asked = None;
                self.refused = Some((what, why));
            }
        }
    }
}
