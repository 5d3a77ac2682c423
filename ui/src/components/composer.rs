//! The box one writes in: a new message, or another text for one that was sent.

use std::cell::RefCell;
use std::rc::Rc;

use bedside_protocol::ipc::{IpcError, QuickRepliesView, QuoteView};
use emojis::Emoji;
use web_sys::{FocusEvent, HtmlTextAreaElement};
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, classes, component, html, use_mut_ref, use_node_ref,
};

use super::{Alert, EmojiButton, Icon, IconButton, IconName, ReplyBar, Tone};
use crate::dom;
use crate::errors::explain;
use crate::state::completion::units;
use crate::state::composer::Space;
use crate::state::emoji::{Taste, TasteAction};
use crate::words::{Words, use_words};

mod completion;
mod keys;

/// What Enter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnterKey {
    Sends,
    Breaks,
}

/// What the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A new message.
    Send,
    /// A new message that replies to another.
    Reply,
    /// A message that was sent gets this text.
    Edit,
}

/// How it is to be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Urgency {
    Everyday,
    Urgent,
}

/// A composer's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub name: AttrValue,
    pub text: AttrValue,
    pub purpose: Purpose,
    pub urgency: Urgency,
    /// The message it replies to.
    pub reply: Option<QuoteView>,
    pub enter: EnterKey,
    pub space: Space,
    pub sendable: bool,
    pub error: Option<IpcError>,
    /// Why the text would be lost with the app, if it would.
    pub risk: Option<AttrValue>,
    pub taste: Taste,
    /// Ready-made texts; none for those who have none.
    pub replies: Option<Rc<QuickRepliesView>>,
    pub on_type: Callback<String>,
    pub on_send: Callback<()>,
    pub on_leave: Callback<()>,
    /// The message stays as it was, or nothing is replied to.
    pub on_cancel: Callback<()>,
    pub on_urgent: Callback<Urgency>,
    /// The last message is to be edited.
    pub on_edit_last: Callback<()>,
    pub on_taste: Callback<TasteAction>,
    /// The placeholders of a text are to be filled, and then it is to be handed on.
    pub on_fill: Callback<(String, Callback<String>)>,
}

/// The composer. It grows with its text, by a hidden copy of the text behind it.
#[component]
pub(crate) fn ComposerBox(props: &Props) -> Html {
    let words = use_words();
    let area = use_node_ref();
    // Of a box without the focus not every engine remembers it.
    let caret = use_mut_ref(|| None::<Caret>);
    let ids = props.purpose.ids();
    let completing = completion::use_completion(&area, props);
    let (close, look_again) = (completing.close(), completing.look_again());
    let marked = props.urgency == Urgency::Urgent && props.purpose != Purpose::Edit;
    let send = if marked { "composer-send-urgent" } else { ids.send };
    html! {
        <div class="composer">
            { completing.list(&words) }
            if props.purpose == Purpose::Edit {
                { editing(&words, props, &area) }
            }
            if let (Purpose::Reply, Some(quote)) = (props.purpose, &props.reply) {
                <ReplyBar quote={quote.clone()} name={&props.name} on_cancel={cancel(props, &area)} />
            }
            if let Some(error) = &props.error {
                { failure(&words, error) }
            }
            if let Some(risk) = &props.risk {
                <Alert tone={Tone::Notice} title={words.text("composer-not-kept")} text={risk} />
            }
            <div class="composer__row">
                <div class="composer__box" data-text={&props.text}>
                    <textarea
                        class="composer__input"
                        ref={area.clone()}
                        rows="1"
                        value={&props.text}
                        placeholder={words.about(ids.placeholder, &props.name)}
                        aria-label={words.about(ids.label, &props.name)}
                        aria-describedby="composer-hint"
                        dir={(!props.text.is_empty()).then_some("auto")}
                        aria-autocomplete="list"
                        aria-haspopup="listbox"
                        aria-controls={completing.list_id()}
                        aria-activedescendant={completing.chosen_id()}
                        oninput={completing.input()}
                        onkeydown={completing.keys(keys::keys(props))}
                        onkeyup={look_again.reform(|_| ())}
                        onclick={look_again.reform(|_| ())}
                        onblur={left(close, props.on_leave.clone())}
                    />
                </div>
                if props.replies.as_ref().is_some_and(|replies| !replies.replies.is_empty()) {
                    <IconButton icon={IconName::QuickReply} label={words.text("quick-reply-insert")} class="composer__reply"
                        onclick={completing.ask().reform(|_| ())} />
                }
                <EmojiButton
                    taste={props.taste.clone()}
                    on_open={remember(&area, &caret)}
                    on_pick={insert(&area, &caret, props)}
                    on_tone={props.on_taste.reform(TasteAction::Tone)}
                />
                if props.purpose != Purpose::Edit {
                    { urgent(&words, props) }
                }
                <button
                    class={classes!("send-button", marked.then_some("send-button--urgent"))}
                    type="button"
                    aria-label={words.text(send)}
                    title={words.text(send)}
                    aria-disabled={(!props.sendable).then_some("true")}
                    onclick={props.on_send.reform(|_| ())}
                >
                    <Icon name={ids.icon} />
                </button>
            </div>
            <div class="composer__foot">
                <span class="composer__hint" id="composer-hint">{ words.text(ids.hint(props.enter)) }</span>
                { count(&words, props.space) }
            </div>
        </div>
    }
}

/// The words and the icon of a purpose.
struct Ids {
    label: &'static str,
    placeholder: &'static str,
    send: &'static str,
    icon: IconName,
    hints: [&'static str; 2],
}

impl Purpose {
    fn ids(self) -> Ids {
        match self {
            Self::Send | Self::Reply => Ids {
                label: "composer-label",
                placeholder: "composer-placeholder",
                send: "composer-send",
                icon: IconName::Send,
                hints: ["composer-hint-enter", "composer-hint-shift-enter"],
            },
            Self::Edit => Ids {
                label: "composer-edit-label",
                placeholder: "composer-edit-placeholder",
                send: "composer-save",
                icon: IconName::Check,
                hints: ["composer-hint-save-enter", "composer-hint-save-shift-enter"],
            },
        }
    }
}

impl Ids {
    fn hint(&self, enter: EnterKey) -> &'static str {
        let [sends, breaks] = self.hints;
        if enter == EnterKey::Sends { sends } else { breaks }
    }
}

/// Marks the message, or takes the mark off.
fn urgent(words: &Words, props: &Props) -> Html {
    let on = props.urgency == Urgency::Urgent;
    let next = if on { Urgency::Everyday } else { Urgency::Urgent };
    html! {
        <IconButton
            class="composer__urgent"
            icon={IconName::Alert}
            label={words.text("composer-urgent")}
            pressed={on}
            onclick={props.on_urgent.reform(move |_| next)}
        />
    }
}

/// Says that a message is being edited, and the way out.
fn editing(words: &Words, props: &Props, area: &NodeRef) -> Html {
    let cancel = cancel(props, area).reform(|_| ());
    html! {
        <div class="composer__editing" role="status">
            <Icon name={IconName::Edit} />
            <span class="composer__editing-text">{ words.text("composer-editing") }</span>
            <IconButton icon={IconName::Close} label={words.text("composer-edit-cancel")} onclick={cancel} />
        </div>
    }
}

/// The way out leads back into the box.
fn cancel(props: &Props, area: &NodeRef) -> Callback<()> {
    let (on_cancel, focus) = (props.on_cancel.clone(), focus(area));
    Callback::from(move |()| {
        focus.emit(());
        on_cancel.emit(());
    })
}

fn focus(area: &NodeRef) -> Callback<()> {
    let area = area.clone();
    Callback::from(move |()| {
        if let Some(area) = area.cast::<HtmlTextAreaElement>() {
            dom::focus_element(&area);
        }
    })
}

/// What is selected in the box, in UTF-16 units; both the same where nothing is.
type Caret = (u32, u32);

/// Notes the caret and gives the box the focus, so that it comes back to it.
fn remember(area: &NodeRef, caret: &Rc<RefCell<Option<Caret>>>) -> Callback<()> {
    let (area, caret) = (area.clone(), Rc::clone(caret));
    Callback::from(move |()| {
        let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
        let (from, to) = (area.selection_start().ok().flatten(), area.selection_end().ok().flatten());
        *caret.borrow_mut() = from.zip(to);
        dom::focus_element(&area);
    })
}

/// Puts an emoji where the caret was, in place of what was selected.
fn insert(area: &NodeRef, caret: &Rc<RefCell<Option<Caret>>>, props: &Props) -> Callback<&'static Emoji> {
    let (area, caret) = (area.clone(), Rc::clone(caret));
    let (on_type, on_taste) = (props.on_type.clone(), props.on_taste.clone());
    Callback::from(move |emoji: &'static Emoji| {
        let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
        let end = units(&area.value());
        let (from, to) = caret.take().unwrap_or((end, end));
        dom::focus_element(&area);
        replace(&area, (from, to), emoji.as_str());
        on_type.emit(area.value());
        on_taste.emit(TasteAction::Used(emoji));
    })
}

/// Puts a text in the place of a part of the box's, and the caret behind it.
fn replace(area: &HtmlTextAreaElement, (from, to): Caret, text: &str) {
    // Throws only for a range that ends before it begins.
    let _ = area.set_range_text_with_start_and_end(text, from, to);
    let behind = from.saturating_add(units(text));
    let _ = area.set_selection_range(behind, behind);
}

/// Where the caret stands; nowhere while something is selected.
fn caret_of(area: &HtmlTextAreaElement) -> u32 {
    let (from, to) = (area.selection_start().ok().flatten(), area.selection_end().ok().flatten());
    from.filter(|_| from == to).unwrap_or_default()
}

fn left(close: Callback<()>, on_leave: Callback<()>) -> Callback<FocusEvent> {
    Callback::from(move |_| {
        close.emit(());
        on_leave.emit(());
    })
}

fn failure(words: &Words, error: &IpcError) -> Html {
    let explained = explain(words, error);
    html! { <Alert tone={Tone::Error} title={explained.what} text={explained.advice} /> }
}

fn count(words: &Words, space: Space) -> Html {
    let (id, count, class) = match space {
        Space::Plenty => return Html::default(),
        Space::Left(left) => ("composer-left", left, None),
        Space::Over(over) => ("composer-over", over, Some("composer__count--over")),
    };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    html! { <span class={classes!("composer__count", class)} role="status">{ words.count(id, count) }</span> }
}
