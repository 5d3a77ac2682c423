//! The shell's words in the person's language: the setting's, else the system's.

use std::sync::{PoisonError, RwLock};

use bedside_engine::Urgency;
use bedside_i18n::{Language, Localizer};

use crate::opener::ExternalLink;
use crate::platform::{BannerWords, Question};
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

    /// "New message", or that it is urgent, without a name and without its text.
    pub(crate) fn new_message(&self, urgency: Urgency) -> BannerWords {
        let title = match urgency {
            Urgency::Everyday => self.text("notification-title"),
            Urgency::Urgent => self.text("notification-title-urgent"),
        };
        BannerWords {
            title,
            body: self.text("notification-body"),
            open: self.text("notification-open"),
            app_id: IDENTIFIER.to_owned(),
        }
    }

    /// What the first closing of the window says.
    pub(crate) fn still_running(&self) -> BannerWords {
        BannerWords {
            title: self.text("notification-still-running-title"),
            body: self.text("notification-still-running-body"),
            open: self.text("notification-open"),
            app_id: IDENTIFIER.to_owned(),
        }
    }
}

fn system_language() -> Language {
    let wishes: Vec<String> = sys_locale::get_locales().collect();
    Language::negotiate(wishes.iter().map(String::as_str))
}
