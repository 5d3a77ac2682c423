//! The composer: a text that is never lost and a message that is never sent twice.
//!
//! The box is cleared only once the engine has the message on disk. What was typed meanwhile stays. What comes from the
//! person's other devices is in `shared`.

mod shared;
#[cfg(test)]
mod tests;

use bedside_protocol::ipc::{EditDraft, EditingView, IpcError, QuoteView};
use bedside_protocol::limits;
use bedside_protocol::text::{InvalidText, normalize_message};

use super::draft::Draft;
use super::editing::{self, EditAction, Editing};
use super::keeping::{KeepAction, Keeping};
pub(crate) use shared::SharedAction;

/// The count is shown once fewer characters than this are left.
const COUNT_FROM: usize = 500;

/// The composer of one conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Composer {
    pub text: String,
    /// The message it is to reply to, as it stood when that was chosen.
    pub reply: Option<QuoteView>,
    /// It is to be marked urgent. Not kept with the draft: who comes back to it decides anew.
    pub urgent: bool,
    /// What the engine was asked to send and has not yet answered for.
    pub sending: Option<Draft>,
    /// What stood in it when send was pressed once more meanwhile: what is behind the message goes next.
    next: Option<String>,
    /// Why the last attempt stored nothing.
    pub error: Option<IpcError>,
    /// What the engine keeps of the draft.
    draft: Keeping<Draft>,
    /// The number of the last draft from another device that stood here, or is offered beside it.
    pub seen: u64,
    /// The text that its author has thought over and wants to go as it is.
    pub confirmed: Option<String>,
    /// A message whose text is being changed; meanwhile the draft waits behind it.
    pub editing: Option<Editing>,
    /// What the engine keeps of that.
    edit: Keeping<Option<EditDraft>>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum ComposerAction {
    Typed(String),
    /// It is to reply to this message.
    Reply(QuoteView),
    /// It is to reply to nothing.
    NoReply,
    /// It is to be marked urgent, or not any more.
    Urgent(bool),
    /// Send was pressed and the engine asked.
    Sending(Draft),
    /// Send was pressed once more while an answer is due.
    SendNext,
    /// It is not to go before its author has thought it over.
    Held,
    /// Its author wants it to go as it is.
    Confirmed(String),
    /// The engine has it.
    Queued,
    /// Nothing was stored.
    Failed(IpcError),
    /// About the draft and the engine.
    Draft(KeepAction<Draft>),
    /// About what other devices had.
    Shared(SharedAction),
    /// About a message that is being changed.
    Edit(EditAction),
    /// About what is being made of it and the engine.
    EditDraft(KeepAction<Option<EditDraft>>),
}

/// How much room is left, where that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    Plenty,
    Left(usize),
    Over(usize),
}

impl Composer {
    /// With what the engine kept.
    pub(crate) fn with_draft(draft: &str, reply: Option<QuoteView>, editing: Option<&EditingView>) -> Self {
        let composer = Composer {
            text: draft.to_owned(),
            reply,
            editing: editing.map(Editing::kept),
            edit: Keeping::of(editing.map(|view| view.draft.clone())),
            ..Composer::default()
        };
        Composer { draft: Keeping::of(composer.draft()), ..composer }
    }

    /// Whether the engine owes an answer for the draft.
    pub(crate) fn is_being_kept(&self) -> bool {
        self.sending.is_some() || self.draft.is_asked()
    }

    /// What stands in it.
    pub(crate) fn draft(&self) -> Draft {
        let reply_to = self.reply.as_ref().map(|quote| quote.message_id);
        Draft { text: self.text.clone(), reply_to }
    }

    /// What to send now, if there is something: nothing empty, nothing too long, nothing while an answer is due.
    pub(crate) fn sendable(&self) -> Option<Draft> {
        let free = self.sending.is_none();
        (free && normalize_message(&self.text).is_ok()).then(|| self.draft())
    }

    /// What is to be sent now because send was pressed for it while an answer was due.
    pub(crate) fn due(&self) -> Option<Draft> {
        let text = self.next.clone().filter(|_| self.sending.is_none())?;
        Some(Draft { text, ..self.draft() })
    }

    /// The draft to keep, if the engine has another.
    pub(crate) fn unkept(&self) -> Option<Draft> {
        self.draft.wanted(&self.draft()).filter(|_| self.sending.is_none())
    }

    /// What is being made of a message, to be kept if the engine has something else.
    pub(crate) fn unkept_edit(&self) -> Option<Option<EditDraft>> {
        self.edit.wanted(&self.edit_draft())
    }

    /// Why the text as it stands would be lost with the app, if it would.
    pub(crate) fn at_risk(&self) -> Option<&IpcError> {
        self.draft.at_risk(&self.draft()).or_else(|| self.edit.at_risk(&self.edit_draft()))
    }

    /// Whether nothing is left to do or to say about it, so that what the engine has is the whole truth.
    pub(crate) fn is_settled(&self) -> bool {
        let kept = self.draft.is_settled(&self.draft()) && self.edit.is_settled(&self.edit_draft());
        let idle = self.error.is_none() && self.editing.is_none() && !self.urgent;
        kept && self.sending.is_none() && idle
    }

    fn edit_draft(&self) -> Option<EditDraft> {
        self.editing.as_ref().map(Editing::draft)
    }

    /// The text in the box.
    pub(crate) fn shown(&self) -> &str {
        self.editing.as_ref().map_or(&self.text, |editing| &editing.text)
    }

    /// How much room is left in the box.
    pub(crate) fn space(&self) -> Space {
        let used = match normalize_message(self.shown()) {
            Err(InvalidText::TooLong { chars }) => chars,
            Err(InvalidText::Empty) => 0,
            Ok(text) => text.chars().count(),
        };
        match limits::MESSAGE_CHARS.checked_sub(used) {
            None => Space::Over(used - limits::MESSAGE_CHARS),
            Some(left) if left < COUNT_FROM => Space::Left(left),
            Some(_) => Space::Plenty,
        }
    }

    /// Applies an action.
    pub(crate) fn apply(&mut self, action: ComposerAction) {
        match action {
            ComposerAction::Typed(text) => {
                self.text = text;
                self.error = None;
            }
            // What was to be changed is left as it is: one writes one thing at a time.
            ComposerAction::Reply(quote) => {
                self.reply = Some(quote);
                self.editing = None;
            }
            ComposerAction::NoReply => self.reply = None,
            ComposerAction::Urgent(urgent) => self.urgent = urgent,
            ComposerAction::Sending(draft) => {
                self.next.take_if(|next| *next == draft.text);
                self.sending = Some(draft);
                self.error = None;
            }
            ComposerAction::SendNext => self.next = self.sending.as_ref().map(|_| self.text.clone()),
            ComposerAction::Held => self.sending = None,
            ComposerAction::Confirmed(text) => self.confirmed = Some(text),
            ComposerAction::Queued => self.clear_sent(),
            ComposerAction::Failed(error) => {
                (self.sending, self.next) = (None, None);
                self.error = Some(error);
            }
            ComposerAction::Draft(action) => self.draft.apply(action),
            ComposerAction::Shared(action) => self.apply_shared(action),
            ComposerAction::Edit(action) => editing::apply(&mut self.editing, action),
            ComposerAction::EditDraft(action) => self.edit.apply(action),
        }
    }

    /// What was typed behind the message stays. The draft is kept anew, whatever the engine did with the old one.
    fn clear_sent(&mut self) {
        let Some(sent) = self.sending.take() else { return };
        if self.draft().reply_to == sent.reply_to {
            self.reply = None;
        }
        self.confirmed = None;
        let behind = |text: &str| text.strip_prefix(&sent.text).map(|behind| behind.trim_start().to_owned());
        self.next = self.next.as_deref().and_then(behind).filter(|next| normalize_message(next).is_ok());
        self.text = behind(&self.text).unwrap_or_else(|| std::mem::take(&mut self.text));
        self.next.take_if(|next| !self.text.starts_with(next.as_str()));
        self.draft.kept = sent;
        self.urgent = false;
    }
}
