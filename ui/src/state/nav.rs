//! Where a person is: page, conversation, dialog.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::ShellView;
use yew::AttrValue;

/// Where a person is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Nav {
    pub page: Page,
    pub room: Option<RoomId>,
    pub dialog: Option<Dialog>,
    pub details: Panel,
    /// What the details were before the window became too narrow for them.
    set_aside: Panel,
    /// The last wish of the shell that was granted.
    wish: u64,
}

/// A page of the rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Page {
    #[default]
    Chat,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Beside,
    Over,
}

/// What may lie over the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Dialog {
    /// Whom to write to.
    People,
    /// The keyboard's list.
    Keys,
    /// A link shown in full before it is opened.
    Link(AttrValue),
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
    /// There is, or is no longer, room for the details beside the conversation.
    Fits(Room),
    /// Escape: close or go back by one.
    Back,
}

impl Nav {
    /// Moves.
    pub(crate) fn apply(&mut self, action: NavAction) {
        match action {
            NavAction::Show(page) => self.page = page,
            NavAction::Open(room) => self.open(room),
            NavAction::LeaveRoom => self.room = None,
            NavAction::Dialog(dialog) => self.dialog = Some(dialog),
            NavAction::CloseDialog => self.dialog = None,
            NavAction::Details(panel) => self.details = panel,
            NavAction::Fits(Room::Over) => self.set_aside = std::mem::take(&mut self.details),
            NavAction::Fits(Room::Beside) => self.bring_back(),
            NavAction::Back => self.back(),
        }
    }

    fn open(&mut self, room: RoomId) {
        self.page = Page::Chat;
        self.room = Some(room);
        self.dialog = None;
    }

    fn back(&mut self) {
        match (self.page, &self.dialog) {
            (_, Some(_)) => self.dialog = None,
            (Page::Settings, None) => self.page = Page::Chat,
            (Page::Chat, None) => self.room = None,
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
        self.dialog = None;
        self.page = Page::Chat;
    }

    /// Grants the shell's wish, once.
    pub(crate) fn grant(&mut self, shell: &ShellView) {
        if shell.wish <= self.wish {
            return;
        }
        self.wish = shell.wish;
        if let Some(place) = shell.open {
            self.open(place.room_id);
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
}
