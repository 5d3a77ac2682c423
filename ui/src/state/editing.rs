//! Changing a message that was sent, in the composer. The draft that stood there is not touched by it.
//!
//! The text stays in the box until the engine has the change on disk, and outlives the app meanwhile.

use bedside_protocol::MessageId;
use bedside_protocol::ipc::{EditDraft, EditingView, IpcError};
use bedside_protocol::text::{InvalidText, normalize_message};

/// A message being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Editing {
    pub message_id: MessageId,
    /// As it was sent, or last changed.
    original: String,
    pub text: String,
    /// Whether the engine was asked and has not yet answered.
    saving: bool,
    /// Why the last attempt changed nothing.
    pub error: Option<IpcError>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum EditAction {
    /// A message is to be changed; this is its text.
    Begin(MessageId, String),
    Typed(String),
    /// The engine was asked.
    Saving,
    /// The change of this message is not to go before its author has thought it over.
    Held(MessageId),
    /// The engine could not change this message.
    NotSaved(MessageId, IpcError),
    /// This message is changed, taken back, or left as it is.
    End(MessageId),
}

/// What saving would do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Give the message this text.
    Change(String),
    /// Nothing is different: just end.
    Nothing,
    /// Nothing is left of it: offer to take it back.
    TakeBack,
    /// It is too long, or an answer is due.
    Wait,
}

impl Editing {
    /// What saving would do now.
    pub(crate) fn outcome(&self) -> Outcome {
        match normalize_message(&self.text) {
            _ if self.saving => Outcome::Wait,
            Ok(text) if text == self.original => Outcome::Nothing,
            Ok(_) => Outcome::Change(self.text.clone()),
            Err(InvalidText::Empty) => Outcome::TakeBack,
            Err(InvalidText::TooLong { .. }) => Outcome::Wait,
        }
    }
}

/// Applies an action to what is being edited, if anything is.
pub(super) fn apply(editing: &mut Option<Editing>, action: EditAction) {
    match (action, editing.as_mut()) {
        // Editing the same message again goes on with what was typed.
        (EditAction::Begin(message_id, _), Some(held)) if held.message_id == message_id => {}
        (EditAction::Begin(message_id, text), _) => *editing = Some(begin(message_id, text)),
        (EditAction::Typed(text), Some(held)) => {
            held.text = text;
            held.error = None;
        }
        (EditAction::Saving, Some(held)) => {
            held.saving = true;
            held.error = None;
        }
        (EditAction::Held(message), Some(held)) if held.message_id == message => held.saving = false,
        (EditAction::NotSaved(message, why), Some(held)) if held.message_id == message => {
            held.saving = false;
            held.error = Some(why);
        }
        (EditAction::End(message), Some(held)) if held.message_id == message => *editing = None,
        _ => {}
    }
}

impl Editing {
    /// One that outlived the app.
    pub(crate) fn kept(view: &EditingView) -> Self {
        let EditDraft { message_id, text } = view.draft.clone();
        Editing { message_id, original: view.original.clone(), text, saving: false, error: None }
    }

    /// What is to outlive the app.
    pub(crate) fn draft(&self) -> EditDraft {
        EditDraft { message_id: self.message_id, text: self.text.clone() }
    }
}

fn begin(message_id: MessageId, text: String) -> Editing {
    Editing { message_id, original: text.clone(), text, saving: false, error: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    use EditAction::{Begin, End, NotSaved, Saving, Typed};

    const THIS: MessageId = MessageId(3);
    const OTHER: MessageId = MessageId(4);

    fn after(actions: &[EditAction]) -> Option<Editing> {
        let mut editing = None;
        actions.iter().cloned().for_each(|action| apply(&mut editing, action));
        editing
    }

    fn outcome(actions: &[EditAction]) -> Option<Outcome> {
        after(actions).map(|editing| editing.outcome())
    }

    #[test]
    fn saving_does_what_became_of_the_text() {
        let with = |text: &str| outcome(&[Begin(THIS, "At ten.".into()), Typed(text.into())]);
        assert_eq!(with("At ten. \n"), Some(Outcome::Nothing));
        assert_eq!(with("At eleven."), Some(Outcome::Change("At eleven.".into())));
        assert_eq!(with(" \u{200B}"), Some(Outcome::TakeBack));
        assert_eq!(with(&"x".repeat(8_001)), Some(Outcome::Wait));
    }

    #[test]
    fn nothing_is_saved_twice_while_an_answer_is_due() {
        let saving = [Begin(THIS, "a".into()), Typed("b".into()), Saving];
        assert_eq!(outcome(&saving), Some(Outcome::Wait));
        let failed = [&saving[..], &[NotSaved(THIS, IpcError::Disk)]].concat();
        assert_eq!(outcome(&failed), Some(Outcome::Change("b".into())));
        assert_eq!(after(&failed).and_then(|editing| editing.error), Some(IpcError::Disk));
    }

    #[test]
    fn an_answer_about_another_message_changes_nothing() {
        let typed = [Begin(THIS, "a".into()), Typed("b".into())];
        let answered = [&typed[..], &[NotSaved(OTHER, IpcError::Disk), End(OTHER)]].concat();
        assert_eq!(after(&answered), after(&typed));
        assert_eq!(after(&[&typed[..], &[End(THIS)]].concat()), None);
    }

    #[test]
    fn editing_a_message_again_goes_on_and_another_one_begins_anew() {
        let again = after(&[Begin(THIS, "a".into()), Typed("b".into()), Begin(THIS, "a".into())]);
        assert_eq!(again.map(|editing| editing.text), Some("b".to_owned()));
        let other = after(&[Begin(THIS, "a".into()), Begin(OTHER, "c".into())]);
        assert_eq!(other.map(|editing| editing.text), Some("c".to_owned()));
    }
}
