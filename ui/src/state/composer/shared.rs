//! What the person's other devices had: it takes the place of what is kept here, or is offered beside it.
//!
//! Never takes the place of something typed that the engine has not got.

use bedside_protocol::ipc::{ArrivedDraft, QuoteView};

use super::Composer;
use crate::state::draft::Draft;
use crate::state::keeping::Keeping;

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum SharedAction {
    /// Drafts from other devices up to this one stood here, or are offered beside what does.
    Seen(u64),
    /// The text is this one from now on, as decided upon what another device had.
    Decided(String, Option<QuoteView>),
    /// That could not be kept: what stood here before.
    NotDecided(Draft, String),
}

impl Composer {
    /// A draft from another device is what the engine has now. It takes this one's place unless something was typed
    /// here that the engine has not got: then the engine offers it.
    pub(crate) fn arrives(&mut self, arrived: &ArrivedDraft) {
        let free = self.sending.is_none() && self.draft.is_settled(&self.draft());
        if free && arrived.number > self.seen {
            (self.text, self.reply, self.seen) =
                (arrived.text.clone(), arrived.reply.clone(), arrived.number);
            self.draft = Keeping::of(self.draft());
        }
    }

    /// Applies an action.
    pub(super) fn apply_shared(&mut self, action: SharedAction) {
        match action {
            SharedAction::Seen(number) => self.seen = self.seen.max(number),
            SharedAction::Decided(text, reply) => (self.text, self.reply) = (text, reply),
            SharedAction::NotDecided(decided, before) => self.undo(&decided, before),
        }
    }

    /// The box is as it was, and what was typed meanwhile stays.
    fn undo(&mut self, decided: &Draft, before: String) {
        self.text = match self.text.strip_prefix(&decided.text) {
            Some(typed_since) => before + typed_since,
            None => [before.as_str(), self.text.as_str()].join("\n\n"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::SharedAction::{Decided, NotDecided, Seen};
    use super::*;
    use crate::state::composer::ComposerAction::{self, Sending, Typed};
    use crate::state::composer::tests::{after, keeping, kept};

    fn arrived(number: u64, text: &str) -> ArrivedDraft {
        ArrivedDraft { number, text: text.into(), reply: None }
    }

    #[test]
    fn a_draft_from_another_device_takes_the_place_of_what_is_kept_once() {
        let mut composer = Composer::with_draft("a", None, None);
        composer.arrives(&arrived(1, "b"));
        assert_eq!((composer.text.as_str(), composer.unkept(), composer.seen), ("b", None, 1));
        composer.apply(Typed("b c".into()));
        composer.apply(kept("b c"));
        composer.arrives(&arrived(1, "b"));
        assert_eq!(composer.text, "b c", "what is older than what was kept");
    }

    #[test]
    fn a_draft_from_another_device_never_takes_the_place_of_what_is_not_kept() {
        for last in [Typed("a x".into()), keeping("a x"), Sending("a x".into())] {
            let mut composer = after(&[Typed("a".into()), kept("a"), Typed("a x".into()), last]);
            composer.arrives(&arrived(1, "b"));
            assert_eq!((composer.text.as_str(), composer.seen), ("a x", 0));
        }
        let answered = [Typed("a".into()), keeping("a"), ComposerAction::Shared(Seen(1)), kept("a")];
        let mut composer = after(&answered);
        composer.arrives(&arrived(1, "b"));
        assert_eq!(composer.text, "a", "the engine has said that it offers it");
    }

    #[test]
    fn a_decision_that_is_not_kept_brings_back_what_stood_there() {
        let taken = [
            Typed("mine".into()),
            kept("mine"),
            ComposerAction::Shared(Decided("theirs".into(), None)),
            keeping("theirs"),
        ];
        let undone = [
            &taken[..],
            &[Typed("theirs!".into()), ComposerAction::Shared(NotDecided("theirs".into(), "mine".into()))],
        ]
        .concat();
        assert_eq!(after(&undone).text, "mine!");
        let other = [
            &taken[..],
            &[Typed("else".into()), ComposerAction::Shared(NotDecided("theirs".into(), "mine".into()))],
        ]
        .concat();
        assert_eq!(after(&other).text, "mine\n\nelse");
    }
}
