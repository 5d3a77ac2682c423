//! The shell's words in the person's language: the setting's, else the system's.

use std::sync::{PoisonError, RwLock};

use bedside_engine::{Says, Urgency};
use bedside_i18n::{Language, Localizer};

use crate::opener::ExternalLink;
use crate::platform::{BannerWords, Deeds, Question};
use crate::profile::IDENTIFIER;

/// The words, changed when the setting changes.
pub(crate) struct Words {
    localizer: RwLock<Localizer>,
}

impl Words {
    /// The system's language.
    pub(crate) fn of_the_system() -> Self {
        Words { localizer: RwLock::new(Localizer::for_language(system_language())) }
    }

    /// Follows the setting: a language tag, or empty for the system's. Says whether that changed anything.
    pub(crate) fn speak(&self, tag: &str) -> bool {
        let language = if tag.is_empty() { system_language() } else { Language::from_tag(tag) };
        let mut held = self.localizer.write().unwrap_or_else(PoisonError::into_inner);
        let changed = held.language() != language;
        if changed {
            *held = Localizer::for_language(language);
        }
        changed
    }

    /// The string of an id.
    pub(crate) fn text(&self, id: &str) -> String {
        self.localizer.read().unwrap_or_else(PoisonError::into_inner).text(id)
    }

    /// The string of an id about a number of things.
    pub(crate) fn count(&self, id: &str, count: i64) -> String {
        self.localizer
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .text_with(id, &[("count", count.into())])
    }

    fn named(&self, id: &str, name: &str) -> String {
        let held = self.localizer.read().unwrap_or_else(PoisonError::into_inner);
        held.text_with(id, &[("name", name.into())])
    }

    /// A computer without a name, by its kind.
    pub(crate) fn unnamed_computer(&self) -> String {
        let system = match std::env::consts::OS {
            "linux" => "Linux",
            "macos" => "macOS",
            "windows" => "Windows",
            other => other,
        };
        let held = self.localizer.read().unwrap_or_else(PoisonError::into_inner);
        held.text_with("device-unnamed", &[("system", system.into())])
    }

    /// Whether a link may leave the app.
    pub(crate) fn open_link(&self, link: &ExternalLink) -> Question {
        let where_to = if link.is_a_page() { "link-text" } else { "link-text-program" };
        Question {
            title: self.text("link-title"),
            text: format!("{}\n\n{}", self.text(where_to), link.shown()),
            yes: self.text("link-open"),
            no: self.text("dialog-cancel"),
        }
    }

    /// "New message", or that it is urgent; whose it is and how it begins as far as that may be said.
    pub(crate) fn new_message(&self, urgency: Urgency, says: &Says, locked: bool) -> BannerWords {
        let title = match (urgency, &says.name) {
            (Urgency::Everyday, None) => self.text("notification-title"),
            (Urgency::Urgent, None) => self.text("notification-title-urgent"),
            (Urgency::Everyday, Some(name)) => self.named("notification-from", name),
            (Urgency::Urgent, Some(name)) => self.named("notification-from-urgent", name),
        };
        let deeds =
            Deeds { mark_read: self.text("notification-mark-read"), reply: self.text("notification-reply") };
        let body = says.text.clone().unwrap_or_else(|| self.text("notification-body"));
        let urgent = urgency == Urgency::Urgent;
        BannerWords { urgent, deeds: Some(deeds).filter(|_| !locked), ..self.banner(title, body) }
    }

    /// That there are new messages in so many conversations.
    pub(crate) fn new_messages(&self, conversations: usize, urgency: Urgency) -> BannerWords {
        let id = match urgency {
            Urgency::Everyday => "notification-sum",
            Urgency::Urgent => "notification-sum-urgent",
        };
        let title = self.count(id, i64::try_from(conversations).unwrap_or(i64::MAX));
        let urgent = urgency == Urgency::Urgent;
        BannerWords { urgent, ..self.banner(title, self.text("notification-body")) }
    }

    /// That no reply has come.
    pub(crate) fn no_reply(&self, says: &Says) -> BannerWords {
        let title = match &says.name {
            Some(name) => self.named("notification-no-reply-from", name),
            None => self.text("notification-no-reply"),
        };
        self.banner(title, self.text("notification-no-reply-body"))
    }

    fn banner(&self, title: String, body: String) -> BannerWords {
        let (open, app_id) = (self.text("notification-open"), IDENTIFIER.to_owned());
        BannerWords { title, body, open, app_id, deeds: None, urgent: false }
    }

    /// The window's title: where nothing else can say how many messages are unread, it does.
    pub(crate) fn window_title(&self, unread: i64) -> String {
        if unread > 0 { self.count("window-title-unread", unread) } else { self.text("window-title") }
    }

    /// What somebody sees who wants to know whether they would see anything.
    pub(crate) fn test_notification(&self) -> BannerWords {
        self.banner(self.text("notification-test-title"), self.text("notification-test-body"))
    }

    /// What the first closing of the window says.
    pub(crate) fn still_running(&self) -> BannerWords {
        let title = self.text("notification-still-running-title");
        self.banner(title, self.text("notification-still-running-body"))
    }
}

fn system_language() -> Language {
    let wishes: Vec<String> = sys_locale::get_locales().collect();
    Language::negotiate(wishes.iter().map(String::as_str))
}
