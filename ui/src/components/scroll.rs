//! The hands of the message list: what is on screen, keeping it in place, the thumb.
//!
//! WebKit neither anchors scrolling nor stands very tall documents, so both are done here: before the document
//! changes the first message on screen and its offset are noted; afterwards it is put where it was.

use bedside_protocol::RoomSeq;
use bedside_protocol::ipc::TimelineHead;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::dom;
use crate::state::window::{Sight, position};

/// Closer to the end than this, in pixels, is at the end.
const AT_END: f64 = 8.0;
/// Shortest thumb, in pixels.
const THUMB_MIN: f64 = 36.0;

/// What stays where it is when the document changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Hold {
    /// The end: new messages push the rest up.
    #[default]
    End,
    /// An item, this far below the top of the screen.
    Item { key: String, offset: f64 },
}

/// Where to go once it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The newest message.
    End,
    /// A place.
    Place(RoomSeq),
    /// The message of a place: it takes the focus.
    Message(RoomSeq),
}

/// The scrolled element with its items.
pub(super) struct Screen {
    viewport: HtmlElement,
    items: Vec<HtmlElement>,
}

impl Screen {
    /// Reads the document.
    pub(super) fn of(viewport: &HtmlElement) -> Self {
        let list = viewport.first_element_child();
        let items = list.map(|list| children(&list)).unwrap_or_default();
        Screen { viewport: viewport.clone(), items }
    }

    fn top(&self) -> f64 {
        self.viewport.get_bounding_client_rect().top()
    }

    fn height(&self) -> f64 {
        f64::from(self.viewport.client_height())
    }

    fn below(&self) -> f64 {
        let all = f64::from(self.viewport.scroll_height());
        (all - self.height() - scroll_top(&self.viewport)).max(0.0)
    }

    /// Whether the newest message is on screen.
    pub(super) fn at_end(&self, head: &TimelineHead) -> bool {
        head.at_end && self.below() <= AT_END
    }

    /// The items from the first on screen on.
    fn on_screen(&self) -> &[HtmlElement] {
        let top = self.top();
        let first = self.items.partition_point(|item| item.get_bounding_client_rect().bottom() <= top);
        self.items.get(first..).unwrap_or_default()
    }

    /// What is to stay where it is.
    pub(super) fn hold(&self, head: &TimelineHead) -> Hold {
        if self.at_end(head) { Hold::End } else { self.hold_item() }
    }

    /// The first message on screen, even at the end.
    pub(super) fn hold_item(&self) -> Hold {
        let top = self.top();
        let keyed = self.on_screen().iter().find_map(|item| Some((item.get_attribute("data-key")?, item)));
        match keyed {
            Some((key, item)) => Hold::Item { key, offset: item.get_bounding_client_rect().top() - top },
            None => Hold::End,
        }
    }

    /// Puts it back.
    pub(super) fn restore(&self, hold: &Hold) {
        match hold {
            Hold::End => self.to_end(),
            Hold::Item { key, offset } => {
                let held =
                    self.items.iter().find(|item| item.get_attribute("data-key").as_ref() == Some(key));
                if let Some(item) = held {
                    self.put(item, *offset);
                }
            }
        }
    }

    /// To the newest message held.
    pub(super) fn to_end(&self) {
        self.viewport.set_scroll_top(self.viewport.scroll_height());
    }

    /// Where a conversation opens: the "new messages" line a quarter down the screen, else the end.
    pub(super) fn open(&self) {
        let line = self.items.iter().find(|item| item.class_list().contains("new-line"));
        match line {
            Some(line) => self.put(line, self.height() * 0.25),
            None => self.to_end(),
        }
    }

    /// Shows the list, which was hidden until it stood at its place.
    pub(super) fn reveal(&self) {
        dom::style(&self.viewport, "visibility", "visible");
    }

    /// Goes to a target; false if it is not here yet.
    pub(super) fn go(&self, target: Target, head: &TimelineHead) -> bool {
        match target {
            Target::End if head.at_end => self.to_end(),
            Target::End => return false,
            Target::Place(place) => match self.at(place, head) {
                Some(item) => self.put(item, 12.0),
                None => return false,
            },
            Target::Message(place) => match self.at(place, head) {
                Some(item) => self.visit(item),
                None => return false,
            },
        }
        true
    }

    /// The item at a place, or the next one where there is none, if what lies around it is here.
    fn at(&self, place: RoomSeq, head: &TimelineHead) -> Option<&HtmlElement> {
        let here = self.items.iter().find(|item| seq(item).is_some_and(|seq| seq >= place));
        let before = self.items.iter().any(|item| seq(item).is_some_and(|seq| seq <= place));
        here.filter(|_| before || head.at_start)
    }

    /// Puts an item a third down the screen, its top always in sight, and gives it the focus.
    fn visit(&self, item: &HtmlElement) {
        let room = self.height() - item.get_bounding_client_rect().height();
        self.put(item, (room / 3.0).max(12.0));
        if item.has_attribute("tabindex") {
            dom::focus_element(item);
        }
    }

    fn put(&self, item: &HtmlElement, offset: f64) {
        let by = item.get_bounding_client_rect().top() - self.top() - offset;
        if by.abs() >= 0.5 {
            let to = scroll_top(&self.viewport) + by;
            self.viewport.set_scroll_top(to.round() as i32);
        }
    }

    /// What the eye has before it.
    pub(super) fn sight(&self) -> Sight {
        Sight {
            first: self.on_screen().iter().find_map(seq),
            height: self.height(),
            above: scroll_top(&self.viewport),
            below: self.below(),
        }
    }

    /// The newest place that has been shown: its message ends on screen, or fills it.
    pub(super) fn displayed(&self) -> Option<RoomSeq> {
        let (top, bottom) = (self.top(), self.top() + self.height());
        let missing = self.first_missing();
        self.on_screen()
            .iter()
            .map(|item| (item, item.get_bounding_client_rect()))
            .take_while(|(_, place)| place.bottom() <= bottom + 4.0 || place.top() <= top + 4.0)
            .filter(|(item, _)| gap(item).is_none())
            .filter_map(|(item, _)| seq(item))
            .filter(|seq| missing.is_none_or(|missing| *seq < missing))
            .max()
    }

    /// The first place that is unread and not held: nothing after it may count as read.
    fn first_missing(&self) -> Option<RoomSeq> {
        self.items.iter().find(|item| gap(item).as_deref() == Some("unread")).and_then(seq)
    }

    /// Whether a place is on screen whole.
    pub(super) fn shows(&self, place: RoomSeq) -> bool {
        let (top, bottom) = (self.top(), self.top() + self.height());
        self.items.iter().filter(|item| seq(item) == Some(place)).any(|item| {
            let at = item.get_bounding_client_rect();
            at.top() >= top && at.bottom() <= bottom + 4.0
        })
    }

    /// Moves the thumb to where the eye is in the whole conversation.
    pub(super) fn place_thumb(&self, thumb: &HtmlElement, head: &TimelineHead) {
        let all_shown = head.at_start && head.at_end && self.below() + scroll_top(&self.viewport) < 1.0;
        dom::style(thumb, "visibility", if all_shown { "hidden" } else { "visible" });
        let sight = self.sight();
        let bottom = self.top() + self.height();
        let on_screen =
            self.on_screen().iter().take_while(|item| item.get_bounding_client_rect().top() < bottom);
        let visible = i64::try_from(on_screen.filter(|item| seq(item).is_some()).count()).unwrap_or(1).max(1);
        let last = head.last_seq.get().max(1);
        let track = self.height() - 8.0;
        let length = (track * visible as f64 / last as f64).clamp(THUMB_MIN.min(track), track.max(1.0));
        let at = match sight.first {
            _ if self.at_end(head) => 1.0,
            _ if head.at_start && sight.above < 1.0 => 0.0,
            Some(first) => position(first, visible, head.last_seq),
            None => 1.0,
        };
        dom::style(thumb, "height", &format!("{length:.0}px"));
        dom::style(thumb, "transform", &format!("translateY({:.1}px)", at * (track - length)));
    }

    /// Scrolls to a share of what is held; for a conversation that is held whole.
    pub(super) fn scroll_to_share(&self, share: f64) {
        let room = f64::from(self.viewport.scroll_height()) - self.height();
        self.viewport.set_scroll_top((room * share).round() as i32);
    }

    /// The last item that is on screen, to be focused.
    pub(super) fn last_on_screen(&self) -> Option<&HtmlElement> {
        let bottom = self.top() + self.height();
        self.on_screen()
            .iter()
            .filter(|item| item.has_attribute("tabindex"))
            .take_while(|item| item.get_bounding_client_rect().top() < bottom)
            .last()
    }
}

fn children(list: &Element) -> Vec<HtmlElement> {
    let children = list.children();
    (0..children.length()).filter_map(|at| children.item(at)?.dyn_into().ok()).collect()
}

fn scroll_top(element: &HtmlElement) -> f64 {
    f64::from(element.scroll_top())
}

/// A row that stands for what is missing: "read" or "unread".
fn gap(item: &HtmlElement) -> Option<String> {
    item.get_attribute("data-gap")
}

fn seq(item: &HtmlElement) -> Option<RoomSeq> {
    item.get_attribute("data-seq")?.parse().ok()
}
