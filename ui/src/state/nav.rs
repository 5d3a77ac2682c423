//! Where a person is: page, conversation, dialog.

use std::rc::Rc;

use bedside_protocol::ipc::{IpcError, QuickReplyView, ShellView, TimelineMessage};
use bedside_protocol::{AccountId, MessageId, RoomId};
use yew::AttrValue;

use super::draft::Draft;
use super::thought::Thought;

/// Where a person is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Nav {
    pub page: Page,
    pub room: Option<RoomId>,
    pub dialog: Option<Dialog>,
    pub details: Panel,
    /// Somebody whose conversation is being made.
    pub opening: Option<AccountId>,
    /// Whether the details have room beside the conversation.
    pub fits: Room,
    /// The message the shell wants to be seen.
    sought: Option<MessageId>,
    /// What the details were before the window became too narrow for them.
    set_aside: Panel,
    /// The last wish of the shell that was granted.
    wish: u64,
}

/// A page of the rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Page {
    Home,
    #[default]
    Chat,
    Alerts,
    Settings,
}

/// Whether a panel is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Panel {
    #[default]
    Closed,
    Open,
}

/// Whether there is room for the details beside the conversation; where there is none they lie over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Room {
    #[default]
    Beside,
    Over,
}

/// A link that was not opened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unopened {
    pub(crate) url: AttrValue,
    pub(crate) why: IpcError,
}

/// What may lie over the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Dialog {
    /// Whom to write to.
    People,
    /// The keyboard's list.
    Keys,
    /// A link that was not opened.
    Unopened(Unopened),
    /// Really take this message back?
    TakeBack(RoomId, MessageId),
    /// What this message said before.
    Versions(RoomId, MessageId),
    /// Really send this in this conversation as urgent?
    Urgent(RoomId, Draft),
    /// A quick reply is written, or a new one.
    QuickReply(Option<QuickReplyView>),
    /// Really send a text that still holds a placeholder?
    Unfilled(RoomId),
    /// Really send this?
    ThinkOver(Thought),
    /// When each thing happened to this message.
    Moments(RoomId, Rc<TimelineMessage>),
    /// A conversation is taken along, or all of them.
    Export(Option<RoomId>),
    /// Really sign out?
    SignOut,
    /// The session ended; the conversations stay behind.
    SignInAgain,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum NavAction {
    Show(Page),
    Open(RoomId),
    LeaveRoom,
    Dialog(Dialog),
    CloseDialog,
    Details(Panel),
    /// A conversation with somebody is being made.
    Opening(AccountId),
    /// It is there.
    Opened(AccountId, RoomId),
    /// It could not be made.
    NotOpened(AccountId),
    /// There is, or is no longer, room for the details beside the conversation.
    Fits(Room),
    /// Escape: close or go back by one.
    Back,
}

impl Nav {
    /// Moves.
    pub(crate) fn apply(&mut self, action: NavAction) {
        match action {
            NavAction::Show(page) => self.show(page),
            NavAction::Open(room) => self.open(room),
            NavAction::LeaveRoom => self.leave_room(),
            NavAction::Dialog(dialog) => self.ask(Some(dialog)),
            NavAction::CloseDialog => self.ask(None),
            NavAction::Details(panel) => self.details = panel,
            NavAction::Opening(account) => self.opening = Some(account),
            NavAction::Opened(account, room) if self.opening == Some(account) => self.open(room),
            NavAction::NotOpened(account) if self.opening == Some(account) => self.opening = None,
            NavAction::Opened(..) | NavAction::NotOpened(_) => {}
            NavAction::Fits(Room::Over) => {
                self.fits = Room::Over;
                self.set_aside = std::mem::take(&mut self.details);
            }
            NavAction::Fits(Room::Beside) => {
                self.fits = Room::Beside;
                self.bring_back();
            }
            NavAction::Back => self.back(),
        }
    }

    /// Whether the details lie over the conversation.
    pub(crate) fn is_covered(&self) -> bool {
        let in_room = self.page == Page::Chat && self.room.is_some();
        in_room && self.details == Panel::Open && self.fits == Room::Over
    }

    fn uncover(&mut self) {
        if self.is_covered() {
            self.details = Panel::Closed;
        }
    }

    fn show(&mut self, page: Page) {
        self.uncover();
        self.page = page;
    }

    fn leave_room(&mut self) {
        self.uncover();
        self.room = None;
    }

    /// A dialog that is closed waits for nothing.
    fn ask(&mut self, dialog: Option<Dialog>) {
        self.opening = None;
        self.dialog = dialog;
    }

    fn open(&mut self, room: RoomId) {
        self.uncover();
        self.page = Page::Chat;
        self.room = Some(room);
        self.sought = None;
        self.ask(None);
    }

    fn back(&mut self) {
        match (self.page, &self.dialog) {
            (_, Some(_)) => self.ask(None),
            (Page::Chat, None) if self.is_covered() => self.uncover(),
            (Page::Home | Page::Alerts | Page::Settings, None) => self.page = Page::Chat,
            (Page::Chat, None) => self.leave_room(),
        }
    }

    /// Details that only the narrow window had taken away come back.
    fn bring_back(&mut self) {
        if std::mem::take(&mut self.set_aside) == Panel::Open {
            self.details = Panel::Open;
        }
    }

    /// Nobody is signed in: nothing stays open.
    pub(crate) fn leave(&mut self) {
        self.room = None;
        self.ask(None);
        self.page = Page::Chat;
    }

    /// As for the next person: only the window stays as it is, and which wishes have been granted.
    pub(crate) fn for_the_next(&self) -> Self {
        Nav {
            details: self.details,
            fits: self.fits,
            set_aside: self.set_aside,
            wish: self.wish,
            ..Nav::default()
        }
    }

    /// The message the shell wants to be seen, once.
    pub(crate) fn take_sought(&mut self) -> Option<MessageId> {
        self.sought.take()
    }

    /// Grants the shell's wish, once.
    pub(crate) fn grant(&mut self, shell: &ShellView) {
        if shell.wish <= self.wish {
            return;
        }
        self.wish = shell.wish;
        if let Some(place) = shell.open {
            self.open(place.room_id);
            self.sought = place.message_id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_window_sets_the_details_aside_and_a_wide_one_brings_them_back() {
        let mut nav = Nav { details: Panel::Open, ..Nav::default() };
        nav.apply(NavAction::Fits(Room::Over));
        assert_eq!(nav.details, Panel::Closed);
        nav.apply(NavAction::Fits(Room::Beside));
        assert_eq!(nav.details, Panel::Open);
    }

    #[test]
    fn details_the_person_closed_stay_closed() {
        let mut nav = Nav::default();
        nav.apply(NavAction::Fits(Room::Over));
        nav.apply(NavAction::Fits(Room::Beside));
        assert_eq!(nav.details, Panel::Closed);
    }

    #[test]
    fn back_closes_the_dialog_then_the_page_then_the_conversation() {
        let mut nav = Nav { page: Page::Settings, room: Some(RoomId(1)), ..Nav::default() };
        nav.apply(NavAction::Dialog(Dialog::Keys));
        nav.apply(NavAction::Back);
        assert_eq!((nav.page, &nav.dialog), (Page::Settings, &None));
        nav.apply(NavAction::Back);
        assert_eq!((nav.page, nav.room), (Page::Chat, Some(RoomId(1))));
        nav.apply(NavAction::Back);
        assert_eq!(nav.room, None);
    }

    #[test]
    fn the_home_page_leads_back_to_the_conversation_that_was_open() {
        let mut nav = Nav { room: Some(RoomId(1)), ..Nav::default() };
        nav.apply(NavAction::Show(Page::Home));
        assert_eq!((nav.page, nav.room), (Page::Home, Some(RoomId(1))));
        nav.apply(NavAction::Back);
        assert_eq!((nav.page, nav.room), (Page::Chat, Some(RoomId(1))));
        nav.apply(NavAction::Show(Page::Home));
        nav.apply(NavAction::Open(RoomId(2)));
        assert_eq!((nav.page, nav.room), (Page::Chat, Some(RoomId(2))));
    }

    #[test]
    fn escape_closes_the_details_that_cover_the_conversation_first() {
        let mut nav = Nav { room: Some(RoomId(1)), ..Nav::default() };
        nav.apply(NavAction::Fits(Room::Over));
        nav.apply(NavAction::Details(Panel::Open));
        nav.apply(NavAction::Back);
        assert_eq!((nav.details, nav.room), (Panel::Closed, Some(RoomId(1))));
        nav.apply(NavAction::Back);
        assert_eq!(nav.room, None);
    }

    #[test]
    fn details_beside_the_conversation_stay_when_it_is_left() {
        let mut nav = Nav { room: Some(RoomId(1)), details: Panel::Open, ..Nav::default() };
        nav.apply(NavAction::Back);
        assert_eq!((nav.details, nav.room), (Panel::Open, None));
    }

    #[test]
    fn a_conversation_that_is_ready_too_late_opens_nothing() {
        let (ana, ben) = (AccountId(1), AccountId(2));
        let mut nav = Nav { room: Some(RoomId(7)), ..Nav::default() };
        nav.apply(NavAction::Dialog(Dialog::People));
        nav.apply(NavAction::Opening(ana));
        nav.apply(NavAction::CloseDialog);
        nav.apply(NavAction::Opened(ana, RoomId(8)));
        assert_eq!(nav.room, Some(RoomId(7)));
        nav.apply(NavAction::Opening(ben));
        nav.apply(NavAction::Opened(ana, RoomId(8)));
        assert_eq!(nav.room, Some(RoomId(7)));
        nav.apply(NavAction::Opened(ben, RoomId(9)));
        assert_eq!(nav.room, Some(RoomId(9)));
    }
}
