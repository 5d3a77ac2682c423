//! The messages of a conversation: a window on it that stays put, follows the end, and never grows.

use std::cell::RefCell;
use std::rc::Rc;

use bedside_protocol::RoomSeq;
use bedside_protocol::ipc::{IpcError, TimelineMessage, TimelineView, Window};
use emojis::SkinTone;
use web_sys::HtmlElement;
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, component, html, use_callback, use_effect_with,
    use_mut_ref, use_node_ref, use_state_eq,
};

use self::thumb::Thumb;
use super::scroll::{Hold, Screen, Target};
use super::{Deed, Icon, IconName, Opened};
use crate::dom;
use crate::state::emoji::Taste;
use crate::state::window;
use crate::words::use_words;

mod keys;
mod opened;
mod rows;
mod steady;
mod thumb;

/// A list's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub view: Rc<TimelineView>,
    /// The window the view was asked for with.
    pub window: Window,
    /// Grows whenever the newest message is to be shown.
    pub jumps: u32,
    /// The message to bring before the eye; a new number is a new wish.
    pub shown: Option<(u32, RoomSeq)>,
    /// The message somebody went to; a new number is a new visit.
    pub visit: Option<(u32, RoomSeq)>,
    /// The first place that was not read when the conversation was opened.
    pub unread_from: RoomSeq,
    /// Grows with the calendar's day, so that "Today" becomes "Yesterday" at midnight.
    pub today: i64,
    /// Why the last deed on a message came to nothing.
    pub refused: Option<(String, IpcError)>,
    pub taste: Taste,
    /// What is looked for, to be marked.
    pub find: AttrValue,
    /// The match before the eye.
    pub found: Option<RoomSeq>,
    pub on_window: Callback<Window>,
    /// The newest place shown, whenever it changes.
    pub on_displayed: Callback<Option<RoomSeq>>,
    pub on_link: Callback<AttrValue>,
    pub on_deed: Callback<(TimelineMessage, Deed)>,
    pub on_tone: Callback<SkinTone>,
}

/// What is remembered between drawings.
#[derive(Default)]
struct Memory {
    opened: bool,
    hold: Hold,
    target: Option<Target>,
    displayed: Option<RoomSeq>,
    /// The list's height in pixels when `hold` was noted.
    height: f64,
    /// Whether the focus was within before the document changed.
    focused: bool,
}

/// Everything a scroll event needs.
#[derive(Clone)]
struct Hands {
    viewport: NodeRef,
    thumb: NodeRef,
    memory: Rc<RefCell<Memory>>,
    view: Rc<TimelineView>,
    window: Window,
    on_window: Callback<Window>,
    on_displayed: Callback<Option<RoomSeq>>,
    set_at_end: Callback<bool>,
}

/// The list.
#[component]
pub(crate) fn MessageList(props: &Props) -> Html {
    let words = use_words();
    let (viewport, thumb) = (use_node_ref(), use_node_ref());
    let memory = use_mut_ref(Memory::default);
    let at_end = use_state_eq(|| true);
    let opened = use_state_eq(|| None::<Opened>);
    // The same callback for life: a message is drawn again only when it changes.
    let on_open = use_callback(opened.setter(), |wanted, set| set.set(Some(wanted)));
    let hands = Hands {
        viewport: viewport.clone(),
        thumb: thumb.clone(),
        memory,
        view: Rc::clone(&props.view),
        window: props.window,
        on_window: props.on_window.clone(),
        on_displayed: props.on_displayed.clone(),
        set_at_end: Callback::from({
            let at_end = at_end.setter();
            move |now| at_end.set(now)
        }),
    };
    // The document still shows the previous view: note what must not move.
    hands.note();
    use_effect_with((), {
        let hands = hands.clone();
        move |()| hands.settle()
    });
    use_effect_with(props.jumps, {
        let hands = hands.clone();
        move |jumps| {
            if *jumps > 0 {
                hands.seek(Target::End);
            }
        }
    });
    use_effect_with(props.shown, {
        let hands = hands.clone();
        move |shown| {
            if let Some((_, seq)) = shown {
                hands.show(*seq);
            }
        }
    });
    // A visit from before the list was drawn is over.
    let visited = use_mut_ref(|| props.visit);
    use_effect_with(props.visit, {
        let hands = hands.clone();
        move |visit| {
            if let (true, Some((_, seq))) = (visited.replace(*visit) != *visit, visit) {
                hands.seek(Target::Message(*seq));
            }
        }
    });
    let latest = use_mut_ref(|| None::<Hands>);
    *latest.borrow_mut() = Some(hands.clone());
    steady::use_steady(&viewport, &latest);
    let jump = Callback::from({
        let hands = hands.clone();
        move |_| {
            hands.focus();
            hands.seek(Target::End);
        }
    });
    let onscroll = Callback::from({
        let hands = hands.clone();
        move |_| hands.moved()
    });
    let unread = props.view.head.unread;
    let jump_label = match unread {
        ..=0 => words.text("jump-to-latest").into(),
        unread => words.count("jump-to-latest-new", unread),
    };
    html! {
        <div class="message-list">
            <div
                class="message-list__viewport"
                ref={viewport}
                {onscroll}
                onkeydown={keys::keys(&hands)}
                tabindex="0"
                role="list"
                aria-label={words.about("messages-with", &props.view.head.person.name)}
            >
                { rows::rows(&words, props, &on_open) }
            </div>
            { opened::opened(props, &opened) }
            <Thumb node={thumb} on_pull={hands.pull()} />
            if !*at_end || !props.view.head.at_end {
                <button class="jump-button" type="button" aria-label={jump_label.clone()} title={jump_label} onclick={jump}>
                    <Icon name={IconName::ArrowDown} />
                    <super::Badge count={unread} />
                </button>
            }
        </div>
    }
}

impl Hands {
    fn screen(&self) -> Option<Screen> {
        self.viewport.cast::<HtmlElement>().map(|viewport| Screen::of(&viewport))
    }

    /// Before the document changes.
    fn note(&self) {
        let mut memory = self.memory.borrow_mut();
        memory.focused = self.has_focus();
        if let (true, Some(screen)) = (memory.opened, self.screen()) {
            // Only who was at the end stays at the end while new messages arrive.
            memory.hold = match &memory.hold {
                Hold::End => Hold::End,
                Hold::Item { .. } => screen.hold_item(),
            };
        }
    }

    /// After the document changed.
    fn settle(&self) {
        let Some(screen) = self.screen() else { return };
        let (opened, hold, target) = {
            let memory = self.memory.borrow();
            (memory.opened, memory.hold.clone(), memory.target)
        };
        let head = &self.view.head;
        if !opened {
            screen.open();
            screen.reveal();
        } else if target.is_none_or(|target| !screen.go(target, head)) {
            screen.restore(&hold);
        } else {
            self.memory.borrow_mut().target = None;
        }
        self.memory.borrow_mut().opened = true;
        self.keep_focus();
        self.scrolled();
    }

    fn has_focus(&self) -> bool {
        let active = dom::active();
        let within = |viewport: HtmlElement| viewport.contains(active.as_deref().map(AsRef::as_ref));
        self.viewport.cast::<HtmlElement>().is_some_and(within)
    }

    /// A message that had the focus and is gone leaves it to the list.
    fn keep_focus(&self) {
        if self.memory.borrow().focused && dom::focus_is_lost() {
            self.focus();
        }
    }

    fn focus(&self) {
        self.viewport.cast::<HtmlElement>().inspect(dom::focus_element);
    }

    /// Brings a place before the eye, if it is not there already.
    fn show(&self, seq: RoomSeq) {
        if self.screen().is_some_and(|screen| !screen.shows(seq)) {
            self.seek(Target::Place(seq));
        }
    }

    /// A scroll event, which may be of before the list got another height: then the end it stood at is further down, and
    /// the observer of its size has not put it there yet.
    fn moved(&self) {
        let Some(height) = self.screen().map(|screen| screen.sight().height) else { return };
        let resized = {
            let memory = self.memory.borrow();
            memory.opened && memory.hold == Hold::End && (memory.height - height).abs() >= 0.5
        };
        if resized { self.settle() } else { self.scrolled() }
    }

    /// Something may have moved: remember it, report it, fetch what comes near.
    fn scrolled(&self) {
        let Some(screen) = self.screen() else { return };
        let head = &self.view.head;
        {
            let mut memory = self.memory.borrow_mut();
            memory.hold = screen.hold(head);
            memory.height = screen.sight().height;
        }
        self.set_at_end.emit(screen.at_end(head));
        if let Some(thumb) = self.thumb.cast::<HtmlElement>() {
            screen.place_thumb(&thumb, head);
        }
        self.report(screen.displayed());
        let seeking = self.memory.borrow().target.is_some();
        if let (false, Some(window)) = (seeking, window::next(self.window, head, screen.sight())) {
            self.on_window.emit(window);
        }
    }

    fn report(&self, displayed: Option<RoomSeq>) {
        if self.memory.borrow().displayed != displayed {
            self.memory.borrow_mut().displayed = displayed;
            self.on_displayed.emit(displayed);
        }
    }

    /// Goes somewhere, now or as soon as it is fetched.
    fn seek(&self, target: Target) {
        let Some(screen) = self.screen() else { return };
        if screen.go(target, &self.view.head) {
            self.memory.borrow_mut().target = None;
            return self.scrolled();
        }
        self.memory.borrow_mut().target = Some(target);
        let height = screen.sight().height;
        self.on_window.emit(match target {
            Target::End => window::latest(height),
            Target::Place(seq) | Target::Message(seq) => window::around(seq, height),
        });
    }

    /// The thumb is pulled to a share of the conversation.
    fn pull(&self) -> Callback<f64> {
        let hands = self.clone();
        Callback::from(move |share: f64| {
            let head = &hands.view.head;
            match hands.screen() {
                Some(screen) if head.at_start && head.at_end => screen.scroll_to_share(share),
                Some(_) if share >= 1.0 => hands.seek(Target::End),
                Some(_) => hands.seek(Target::Place(window::place_at(share, head.last_seq))),
                None => {}
            }
        })
    }
}
