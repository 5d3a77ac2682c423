//! Offers emoji and quick replies for a name that is being typed, and puts them into the text.

use bedside_protocol::ipc::QuickReplyView;
use emojis::Emoji;
use web_sys::{HtmlTextAreaElement, InputEvent, KeyboardEvent};
use yew::{AttrValue, Callback, Html, NodeRef, UseStateHandle, hook, html, use_state_eq};

use super::{Props, caret_of, replace};
use crate::components::suggestions::{self, LIST};
use crate::components::{Suggestion, Suggestions};
use crate::dom;
use crate::state::completion::{Completion, Kind, Part, finished};
use crate::state::emoji::{Taste, TasteAction, untoned};
use crate::state::quick_reply::{find, unfilled};
use crate::words::Words;

/// How many emoji are offered: what one overlooks at a glance.
const OFFERED: usize = 8;

/// What is offered now, and the ways to take it.
pub(super) struct Completing {
    state: UseStateHandle<Completion>,
    offered: Vec<Offer>,
    pen: Pen,
}

/// One of what is offered.
#[derive(Clone)]
enum Offer {
    Emoji(&'static Emoji),
    Reply(QuickReplyView),
}

/// Everything that writing an emoji needs.
#[derive(Clone)]
struct Pen {
    area: NodeRef,
    taste: Taste,
    on_type: Callback<String>,
    on_taste: Callback<TasteAction>,
    on_fill: Callback<(String, Callback<String>)>,
}

/// What is offered for the text before the caret.
#[hook]
pub(super) fn use_completion(area: &NodeRef, props: &Props) -> Completing {
    let state = use_state_eq(Completion::default);
    let offered = state.part.as_ref().map(|part| offered(part, props)).unwrap_or_default();
    let pen = Pen {
        area: area.clone(),
        taste: props.taste.clone(),
        on_type: props.on_type.clone(),
        on_taste: props.on_taste.clone(),
        on_fill: props.on_fill.clone(),
    };
    Completing { state, offered, pen }
}

fn offered(part: &Part, props: &Props) -> Vec<Offer> {
    match (part.kind, &props.replies) {
        (Kind::Emoji, _) => {
            props.taste.find(&part.name).into_iter().take(OFFERED).map(Offer::Emoji).collect()
        }
        (Kind::QuickReply, Some(replies)) => {
            find(&replies.replies, &part.name).into_iter().cloned().map(Offer::Reply).collect()
        }
        (Kind::QuickReply, None) => Vec::new(),
    }
}

impl Completing {
    /// The list's element while there is one.
    pub(super) fn list_id(&self) -> Option<&'static str> {
        (!self.offered.is_empty()).then_some(LIST)
    }

    /// The element of what would be taken.
    pub(super) fn chosen_id(&self) -> Option<String> {
        (!self.offered.is_empty()).then(|| suggestions::id(self.state.chosen))
    }

    /// The list, and for those who do not see it how long it is.
    pub(super) fn list(&self, words: &Words) -> Html {
        let count = i64::try_from(self.offered.len()).unwrap_or(i64::MAX);
        let (label, said) = match self.state.part.as_ref().map(|part| part.kind) {
            Some(Kind::QuickReply) => ("quick-replies", "quick-replies-offered"),
            _ => ("emoji-suggestions", "emoji-offered"),
        };
        let said = (count > 0).then(|| words.count(said, count));
        let on_pick = Callback::from({
            let (offered, state, pen) = (self.offered.clone(), self.state.clone(), self.pen.clone());
            move |at: usize| pen.take(&state, offered.get(at))
        });
        let offered = self.offered.iter().map(|offer| self.suggestion(offer)).collect::<Vec<_>>();
        html! {
            <>
                <p class="visually-hidden" role="status">{ said }</p>
                if !offered.is_empty() {
                    <Suggestions label={words.text(label)} {offered} chosen={self.state.chosen} {on_pick} />
                }
            </>
        }
    }

    fn suggestion(&self, offer: &Offer) -> Suggestion {
        let names = &self.pen.taste.names;
        match offer {
            &Offer::Emoji(emoji) => Suggestion {
                mark: emoji.as_str().into(),
                title: names.of(untoned(emoji)).to_owned().into(),
                detail: AttrValue::default(),
                lang: names.language().is_none().then_some("en"),
            },
            Offer::Reply(reply) => Suggestion {
                mark: AttrValue::default(),
                title: reply.title.clone().into(),
                detail: reply.text.replace('\n', " ").into(),
                lang: None,
            },
        }
    }

    /// Offers all quick replies where the caret is, for a button.
    pub(super) fn ask(&self) -> Callback<()> {
        let (state, area) = (self.state.clone(), self.pen.area.clone());
        Callback::from(move |()| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                dom::focus_element(&area);
                change(&state, |completion| completion.ask(&area.value(), caret_of(&area)));
            }
        })
    }

    /// Hears what was typed; a whole name is its emoji.
    pub(super) fn input(&self) -> Callback<InputEvent> {
        let (state, pen) = (self.state.clone(), self.pen.clone());
        Callback::from(move |event: InputEvent| {
            let Some(area) = pen.area.cast::<HtmlTextAreaElement>() else { return };
            let whole = finished(&area.value(), caret_of(&area));
            let whole = whole.filter(|_| !event.is_composing());
            match whole.and_then(|part| Some((pen.taste.exactly(&part.name)?, part))) {
                Some((emoji, part)) => pen.emoji(&state, &part, emoji),
                None => {
                    look(&state, &area);
                    pen.on_type.emit(area.value());
                }
            }
        })
    }

    /// The caret may stand elsewhere now.
    pub(super) fn look_again(&self) -> Callback<()> {
        let (state, area) = (self.state.clone(), self.pen.area.clone());
        Callback::from(move |()| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                look(&state, &area);
            }
        })
    }

    /// Nothing is offered for now.
    pub(super) fn close(&self) -> Callback<()> {
        let state = self.state.clone();
        Callback::from(move |()| state.set(Completion::default()))
    }

    /// The keys of the list while there is one; all others are the box's own.
    pub(super) fn keys(&self, own: Callback<KeyboardEvent>) -> Callback<KeyboardEvent> {
        let (offered, state, pen) = (self.offered.clone(), self.state.clone(), self.pen.clone());
        Callback::from(move |event: KeyboardEvent| {
            let composing = event.is_composing() || event.key_code() == 229;
            let plain = !(event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key());
            let meaning = meaning(&event.key()).filter(|_| plain && !composing && !offered.is_empty());
            let Some(meaning) = meaning else { return own.emit(event) };
            event.prevent_default();
            match meaning {
                Meaning::Take => pen.take(&state, offered.get(state.chosen)),
                Meaning::Step(by) => change(&state, |completion| completion.step(by, offered.len())),
                Meaning::Refuse => change(&state, Completion::refuse),
            }
        })
    }
}

impl Pen {
    fn take(&self, state: &UseStateHandle<Completion>, offer: Option<&Offer>) {
        match (offer, &state.part) {
            (Some(&Offer::Emoji(emoji)), Some(part)) => self.emoji(state, part, emoji),
            (Some(Offer::Reply(reply)), Some(part)) => self.reply(state, part, &reply.text),
            _ => {}
        }
    }

    /// What could not be filled in is selected, so that nobody overlooks it.
    fn reply(&self, state: &UseStateHandle<Completion>, part: &Part, text: &str) {
        state.set(Completion::default());
        let (area, on_type, place) = (self.area.clone(), self.on_type.clone(), (part.from, part.to));
        let write = Callback::from(move |text: String| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            replace(&area, place, &text);
            if let Some((from, to)) = unfilled(&area.value()) {
                let _ = area.set_selection_range(from, to);
            }
            on_type.emit(area.value());
        });
        self.on_fill.emit((text.to_owned(), write));
    }

    fn emoji(&self, state: &UseStateHandle<Completion>, part: &Part, emoji: &'static Emoji) {
        let Some(area) = self.area.cast::<HtmlTextAreaElement>() else { return };
        state.set(Completion::default());
        replace(&area, (part.from, part.to), emoji.as_str());
        self.on_type.emit(area.value());
        self.on_taste.emit(TasteAction::Used(emoji));
    }
}

/// What a key does to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Take,
    Step(isize),
    Refuse,
}

fn meaning(key: &str) -> Option<Meaning> {
    match key {
        "Enter" | "Tab" => Some(Meaning::Take),
        "ArrowDown" => Some(Meaning::Step(1)),
        "ArrowUp" => Some(Meaning::Step(-1)),
        "Escape" => Some(Meaning::Refuse),
        _ => None,
    }
}

fn look(state: &UseStateHandle<Completion>, area: &HtmlTextAreaElement) {
    change(state, |completion| completion.look(&area.value(), caret_of(area)));
}

fn change(state: &UseStateHandle<Completion>, change: impl FnOnce(&mut Completion)) {
    let mut next = (**state).clone();
    change(&mut next);
    state.set(next);
}
