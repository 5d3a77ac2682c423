//! The open conversation: its window, and what is to be announced.

use bedside_protocol::ipc::{
    DeliveryState, IpcError, Patch, Query, QuoteView, TimelineItem, TimelineMessage, TimelineView, Update,
    UpdateBody, View, Window,
};
use bedside_protocol::{ClientId, MessageId, RoomId, RoomSeq};

use super::draft::quote;
use super::find::{Find, FindAction};
use super::live::Live;
use super::window;

/// The open conversation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Timeline {
    pub room_id: RoomId,
    pub live: Live<TimelineView>,
    /// The part of the conversation that is held.
    pub window: Window,
    /// Grows whenever the newest message is to be shown.
    pub jumps: u32,
    /// Messages that arrived with the last update, to be said once.
    pub arrived: Vec<TimelineMessage>,
    /// The message to bring before the eye; a new number is a new wish.
    pub shown: Option<(u32, RoomSeq)>,
    /// The original of a quote somebody went to; a new number is a new visit.
    pub visit: Option<(u32, RoomSeq)>,
    /// The key of a message, and why the last deed on it came to nothing.
    pub refused: Option<(String, IpcError)>,
    /// What came of copying; a new number is a new one.
    pub copied: Option<(u32, Copied)>,
    /// What is looked for here.
    pub find: Option<Find>,
    /// Whether it is to be said that the other types.
    pub says_typing: bool,
    /// Whether that was said since their last message: once is enough.
    typing_said: bool,
    sought: Option<MessageId>,
    /// A place gone to that is still to be fetched.
    awaited: Option<RoomSeq>,
    /// The last place there was when the subscription began.
    began_at: Option<RoomSeq>,
    heard: Option<RoomSeq>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum TimelineAction {
    /// The engine was asked to move the window of this subscription.
    Moved(u32, Window),
    /// The engine could not move the window of this subscription.
    NotMoved(u32),
    /// Something is tried with a message.
    Tried,
    /// It came to nothing, with the message of this key.
    Refused(String, IpcError),
    /// A message's text was to be put on the clipboard.
    Copied(Copied),
    /// That was said long enough.
    CopiedSeen(u32),
    /// Show the newest message.
    JumpToLatest,
    /// Go to the message at this place.
    Visit(RoomSeq),
    /// Look for something here.
    Find(FindAction),
}

/// What came of copying a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copied {
    Done,
    Failed,
}

impl Timeline {
    /// A conversation just opened: at its first unread message.
    pub(crate) fn open(room_id: RoomId) -> Self {
        Timeline {
            room_id,
            live: Live::default(),
            window: window::OPENING,
            jumps: 0,
            arrived: Vec::new(),
            shown: None,
            visit: None,
            refused: None,
            copied: None,
            find: None,
            says_typing: false,
            typing_said: false,
            sought: None,
            awaited: None,
            began_at: None,
            heard: None,
        }
    }

    /// Goes to a place: at once where something is shown already, else by beginning there.
    pub(crate) fn go_to(&mut self, seq: RoomSeq) {
        self.awaited = Some(seq).filter(|seq| !self.holds(*seq));
        if self.live.view.is_some() {
            return self.apply(TimelineAction::Visit(seq));
        }
        self.window = window::around(seq, window::OPENING_HEIGHT);
        self.show(Some(seq));
        self.visit = self.shown;
    }

    /// What to subscribe to.
    pub(crate) fn query(&self) -> Query {
        Query::Timeline { room_id: self.room_id, window: self.window }
    }

    /// Applies an action.
    pub(crate) fn apply(&mut self, action: TimelineAction) {
        match action {
            TimelineAction::Moved(subscription, window) if self.is_of(subscription) => self.window = window,
            TimelineAction::NotMoved(subscription) if self.is_of(subscription) => self.live.ask_anew(),
            TimelineAction::Moved(..) | TimelineAction::NotMoved(_) => {}
            TimelineAction::Tried => self.refused = None,
            TimelineAction::Refused(message, why) => self.refused = Some((message, why)),
            TimelineAction::Copied(copied) => {
                self.copied = Some((self.copied.map_or(1, |(n, _)| n.wrapping_add(1)), copied));
            }
            TimelineAction::CopiedSeen(seen) => self.copied = self.copied.filter(|(n, _)| *n != seen),
            TimelineAction::Find(action) => self.look(action),
            TimelineAction::JumpToLatest => self.jumps = self.jumps.wrapping_add(1),
            TimelineAction::Visit(seq) => {
                self.visit = Some((self.visit.map_or(1, |(n, _)| n.wrapping_add(1)), seq));
            }
        }
    }

    fn look(&mut self, action: FindAction) {
        let place = match (action, &mut self.find) {
            (FindAction::Close, _) => {
                self.find = None;
                None
            }
            (FindAction::Open, find) => {
                find.get_or_insert_default();
                None
            }
            (FindAction::Typed(text), Some(find)) => {
                find.typed(text);
                None
            }
            (FindAction::Older, Some(find)) => find.step(1),
            (FindAction::Newer, Some(find)) => find.step(-1),
            (_, None) => None,
        };
        self.show(place);
    }

    /// What was looked for here was found.
    pub(crate) fn found(&mut self, update: Update) {
        let place = self.find.as_mut().and_then(|find| find.update(update));
        self.show(place);
    }

    fn show(&mut self, place: Option<RoomSeq>) {
        if let Some(seq) = place {
            self.shown = Some((self.shown.map_or(1, |(n, _)| n.wrapping_add(1)), seq));
        }
    }

    fn holds(&self, seq: RoomSeq) -> bool {
        let items = self.live.view.as_deref().map(|view| view.items.as_slice()).unwrap_or_default();
        items.iter().any(|item| matches!(item, TimelineItem::Message(message) if message.seq == Some(seq)))
    }

    fn is_of(&self, subscription: u32) -> bool {
        self.live.subscription == Some(subscription)
    }

    /// Brings a message before the eye as soon as it is held.
    pub(crate) fn look_for(&mut self, message: Option<MessageId>) {
        if message.is_some() {
            self.sought = message;
        }
        let Some(view) = self.live.view.clone() else { return };
        let Some(sought) = self.sought.take() else { return };
        let wish = self.shown.map_or(1, |(wish, _)| wish.wrapping_add(1));
        match view.items.iter().find_map(|item| place_of(item, sought)) {
            Some(seq) => self.shown = Some((wish, seq)),
            // What is notified of is new: where it is not held yet, the end is nearest to it.
            None => self.jumps = self.jumps.wrapping_add(1),
        }
    }

    /// The first place that was unread when the subscription began, or the first that could not be read yet.
    pub(crate) fn unread_from(&self) -> RoomSeq {
        let opened = self.live.view.as_deref().and_then(|view| view.head.first_unread);
        opened.or(self.began_at.map(RoomSeq::next)).unwrap_or_default()
    }

    /// One's own newest message, if it may be changed.
    pub(crate) fn last_own(&self) -> Option<&TimelineMessage> {
        let items = &self.live.view.as_deref()?.items;
        items.iter().rev().find_map(|item| match item {
            TimelineItem::Message(message) if message.own && message.changeable => Some(message),
            _ => None,
        })
    }

    /// One's own messages that wait for their author's word, oldest first.
    pub(crate) fn stale(&self) -> Vec<ClientId> {
        let items = self.live.view.as_deref().map(|view| view.items.as_slice()).unwrap_or_default();
        let stale = items.iter().filter_map(|item| match item {
            TimelineItem::Message(message) if message.state == Some(DeliveryState::Stale) => {
                message.client_id
            }
            _ => None,
        });
        stale.collect()
    }

    /// A message that is to be replied to, as it stands now, as far as that is known here.
    pub(crate) fn now(&self, chosen: &QuoteView) -> QuoteView {
        let Some(view) = self.live.view.as_deref() else { return chosen.clone() };
        let mut held = view.items.iter().filter_map(|item| match item {
            TimelineItem::Message(message) if message.message_id == Some(chosen.message_id) => quote(message),
            _ => None,
        });
        let draft = view.head.draft_reply.as_ref().filter(|draft| draft.message_id == chosen.message_id);
        held.next().or_else(|| draft.cloned()).unwrap_or_else(|| chosen.clone())
    }

    /// Takes an update of this conversation in and notes which messages of the other side are new.
    pub(crate) fn update(&mut self, update: Update) {
        let begins = matches!(update.body, UpdateBody::Snapshot { .. });
        if room_of(&update.body).is_some_and(|room| room != self.room_id) {
            return;
        }
        self.live.apply(update);
        if let Some(seq) = self.awaited.filter(|seq| self.holds(*seq)) {
            self.awaited = None;
            self.show(Some(seq));
        }
        let Some(view) = self.live.view.clone() else { return };
        if begins {
            self.began_at = Some(view.head.last_seq);
        }
        self.arrived = match self.heard {
            Some(heard) => view.items.iter().filter_map(|item| arrived_after(item, heard)).cloned().collect(),
            None => Vec::new(),
        };
        self.heard = self.heard.max(Some(view.head.last_seq));
        self.typing_said &= self.arrived.is_empty();
        self.says_typing = view.head.typing && (self.says_typing || !self.typing_said);
        self.typing_said |= view.head.typing;
    }
}

fn room_of(body: &UpdateBody) -> Option<RoomId> {
    match body {
        UpdateBody::Snapshot { view: View::Timeline(view) } => Some(view.head.room_id),
        UpdateBody::Patch { patch: Patch::Timeline { head, .. }, .. } => Some(head.room_id),
        _ => None,
    }
}

fn place_of(item: &TimelineItem, sought: MessageId) -> Option<RoomSeq> {
    match item {
        TimelineItem::Message(message) if message.message_id == Some(sought) => message.seq,
        _ => None,
    }
}

fn arrived_after(item: &TimelineItem, heard: RoomSeq) -> Option<&TimelineMessage> {
    match item {
        TimelineItem::Message(message) if !message.own && message.seq > Some(heard) => Some(message),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::ipc::View;

    use super::*;
    use crate::state::fixtures::{message, own, snapshot, timeline};

    fn after(timeline_: &mut Timeline, items: Vec<TimelineItem>) -> Vec<String> {
        timeline_.update(snapshot(View::Timeline(timeline(items))));
        timeline_.arrived.iter().map(|message| message.key.clone()).collect()
    }

    #[test]
    fn a_message_is_announced_once_and_never_ones_own_or_an_old_one() {
        let mut open = Timeline::open(RoomId(1));
        assert!(after(&mut open, vec![message(4), message(5)]).is_empty());
        assert_eq!(after(&mut open, vec![message(4), message(5), message(6)]), ["m:6"]);
        assert!(after(&mut open, vec![message(4), message(5), message(6)]).is_empty());
        assert!(after(&mut open, vec![message(3), message(6), own(7)]).is_empty());
    }

    #[test]
    fn that_the_other_types_is_said_once_until_they_have_written() {
        let mut open = Timeline::open(RoomId(1));
        let mut says = |typing, items| {
            let mut view = timeline(items);
            view.head.typing = typing;
            open.update(snapshot(View::Timeline(view)));
            open.says_typing
        };
        let one = || vec![message(1)];
        let said = [false, true, true, false, true].map(|typing| says(typing, one()));
        assert_eq!(said, [false, true, true, false, false]);
        let two = || vec![message(1), message(2)];
        assert!(!says(false, two()));
        assert!(says(true, two()));
    }

    #[test]
    fn a_window_of_an_ended_subscription_is_not_the_one_held() {
        let mut open = Timeline::open(RoomId(1));
        after(&mut open, vec![message(1)]);
        let (held, moved) = (open.window, window::latest(640.0));
        open.apply(TimelineAction::Moved(9, moved));
        open.apply(TimelineAction::NotMoved(9));
        assert_eq!((open.window, open.live.generation), (held, 0));
        open.apply(TimelineAction::Moved(1, moved));
        assert_eq!(open.window, moved);
    }

    #[test]
    fn a_message_looked_for_is_brought_before_the_eye_once() {
        let mut open = Timeline::open(RoomId(1));
        open.look_for(Some(MessageId(4)));
        after(&mut open, vec![message(4), message(5)]);
        open.look_for(None);
        assert_eq!(open.shown, Some((1, RoomSeq(4))));
        open.look_for(None);
        assert_eq!((open.shown, open.jumps), (Some((1, RoomSeq(4))), 0));
        open.look_for(Some(MessageId(99)));
        assert_eq!((open.shown, open.jumps), (Some((1, RoomSeq(4))), 1));
    }

    #[test]
    fn the_newest_own_message_that_may_be_changed_is_the_one_to_edit() {
        let changeable = |item| match item {
            TimelineItem::Message(message) => {
                TimelineItem::Message(TimelineMessage { changeable: true, ..message })
            }
            gap @ TimelineItem::Gap { .. } => gap,
        };
        let mut open = Timeline::open(RoomId(1));
        after(&mut open, vec![changeable(own(1)), changeable(own(2)), own(3), message(4)]);
        assert_eq!(open.last_own().map(|message| message.key.as_str()), Some("m:2"));
        after(&mut open, vec![own(3), message(4)]);
        assert_eq!(open.last_own(), None);
    }

    #[test]
    fn each_copy_is_said_anew_and_only_as_long_as_it_is_the_last() {
        let mut open = Timeline::open(RoomId(1));
        open.apply(TimelineAction::Copied(Copied::Done));
        open.apply(TimelineAction::Copied(Copied::Failed));
        open.apply(TimelineAction::CopiedSeen(1));
        assert_eq!(open.copied, Some((2, Copied::Failed)));
        open.apply(TimelineAction::CopiedSeen(2));
        assert_eq!(open.copied, None);
    }

    #[test]
    fn the_message_replied_to_is_shown_as_it_stands_now() {
        let mut open = Timeline::open(RoomId(1));
        let gone = |item| match item {
            TimelineItem::Message(message) => {
                TimelineItem::Message(TimelineMessage { retracted: true, text: String::new(), ..message })
            }
            gap @ TimelineItem::Gap { .. } => gap,
        };
        after(&mut open, vec![message(4), message(5)]);
        let TimelineItem::Message(four) = message(4) else { unreachable!("the fixture is a message") };
        let chosen = quote(&four).unwrap();
        assert_eq!(open.now(&chosen).text, "Good morning.");
        after(&mut open, vec![gone(message(4)), message(5)]);
        assert_eq!((open.now(&chosen).text.as_str(), open.now(&chosen).retracted), ("", true));
        let mut far = timeline(vec![message(5)]);
        far.head.draft_reply = Some(QuoteView { text: "Good evening.".into(), ..chosen.clone() });
        open.update(snapshot(View::Timeline(far)));
        assert_eq!(open.now(&chosen).text, "Good evening.", "also where it is not before the eye");
    }

    #[test]
    fn going_to_the_same_original_again_is_another_visit() {
        let mut open = Timeline::open(RoomId(1));
        open.apply(TimelineAction::Visit(RoomSeq(4)));
        open.apply(TimelineAction::Visit(RoomSeq(4)));
        assert_eq!(open.visit, Some((2, RoomSeq(4))));
    }

    #[test]
    fn what_came_after_the_beginning_was_not_read_before_it() {
        let mut open = Timeline::open(RoomId(1));
        after(&mut open, vec![message(4), message(5)]);
        after(&mut open, vec![message(4), message(5)]);
        assert_eq!(open.unread_from(), RoomSeq(6));
    }
}
