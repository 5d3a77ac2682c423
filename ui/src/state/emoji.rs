//! The emoji on offer: groups, search, skin tones, the ones used last. What a person likes is kept with the settings.

mod grid;
mod names;

use bedside_protocol::ipc::{Settings, TimelineMessage};
use bedside_protocol::limits::RECENT_EMOJI;
use emojis::{Emoji, EmojiVersion, Group, SkinTone};

pub(crate) use grid::{Arrow, step};
pub(crate) use names::Names;

/// Emoji of later versions are boxes on too many systems.
const NEWEST: EmojiVersion = EmojiVersion::new(16, 0);
/// How many are found: a few rows.
const FOUND: usize = 96;
/// What a reaction mostly is.
pub(crate) const FREQUENT: [&str; 6] = ["👍", "❤️", "😊", "🙏", "✅", "😮"];
/// The tones of a person's skin, as the picker offers them and as the settings number them.
pub(crate) const TONES: [SkinTone; 6] = [
    SkinTone::Default,
    SkinTone::Light,
    SkinTone::MediumLight,
    SkinTone::Medium,
    SkinTone::MediumDark,
    SkinTone::Dark,
];

/// What a person likes to use.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Taste {
    pub tone: SkinTone,
    /// The ones used last, newest first.
    pub recent: Vec<&'static Emoji>,
    pub names: Names,
}

impl Default for Taste {
    fn default() -> Self {
        Taste { tone: SkinTone::Default, recent: Vec::new(), names: Names::default() }
    }
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum TasteAction {
    Used(&'static Emoji),
    Tone(SkinTone),
    /// The names of a language are there.
    Named(Names),
}

impl Taste {
    /// Applies an action.
    pub(crate) fn apply(&mut self, action: TasteAction) {
        match action {
            TasteAction::Tone(tone) => self.tone = tone,
            TasteAction::Named(names) => self.names = names,
            TasteAction::Used(emoji) => {
                self.recent.retain(|held| *held != emoji);
                self.recent.insert(0, emoji);
                self.recent.truncate(RECENT_EMOJI);
            }
        }
    }

    /// Takes over what the settings keep.
    pub(crate) fn adopt(&mut self, settings: &Settings) {
        self.tone = TONES.get(usize::from(settings.emoji_tone)).copied().unwrap_or(SkinTone::Default);
        self.recent = settings.emoji_recent.iter().filter_map(|emoji| emojis::get(emoji)).collect();
    }

    /// Puts into settings what they are to keep; tells whether they did not.
    pub(crate) fn keep_in(&self, settings: &mut Settings) -> bool {
        let tone = TONES.iter().position(|tone| *tone == self.tone).unwrap_or_default();
        let recent = self.recent.iter().map(|emoji| emoji.as_str().to_owned()).collect();
        let kept = (u8::try_from(tone).unwrap_or_default(), recent);
        let differs = kept != (settings.emoji_tone, settings.emoji_recent.clone());
        (settings.emoji_tone, settings.emoji_recent) = kept;
        differs
    }

    /// What a tab holds.
    pub(crate) fn of(&self, tab: Tab) -> Vec<&'static Emoji> {
        match tab {
            Tab::Recent => self.recent.clone(),
            Tab::Group(group) => offered(group).map(|emoji| self.toned(emoji)).collect(),
        }
    }

    /// What a search finds by name, short name and further words; the nearest first.
    pub(crate) fn find(&self, search: &str) -> Vec<&'static Emoji> {
        self.names.find(search).into_iter().take(FOUND).map(|emoji| self.toned(emoji)).collect()
    }

    /// The emoji of a whole name.
    pub(crate) fn exactly(&self, name: &str) -> Option<&'static Emoji> {
        self.names.exactly(name).map(|emoji| self.toned(emoji))
    }

    /// An emoji in the tone one likes, if it has one.
    pub(crate) fn toned(&self, emoji: &'static Emoji) -> &'static Emoji {
        emoji.with_skin_tone(self.tone).filter(is_offered).unwrap_or(emoji)
    }
}

/// A page of the picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Recent,
    Group(Group),
}

impl Tab {
    /// The pages there are, in order.
    pub(crate) fn all(taste: &Taste) -> Vec<Tab> {
        let recent = (!taste.recent.is_empty()).then_some(Tab::Recent);
        recent.into_iter().chain(Group::iter().map(Tab::Group)).collect()
    }
}

/// An emoji as it is without a tone.
pub(crate) fn untoned(emoji: &'static Emoji) -> &'static Emoji {
    emoji.with_skin_tone(SkinTone::Default).unwrap_or(emoji)
}

/// An emoji in each of its tones; nothing if it has none.
pub(crate) fn variants(emoji: &'static Emoji) -> Vec<&'static Emoji> {
    let tones = emoji.skin_tones().into_iter().flatten().filter(is_offered);
    let variants: Vec<_> = tones.collect();
    if variants.len() > 1 { variants } else { Vec::new() }
}

/// Every emoji on offer, without its tones.
fn all() -> impl Iterator<Item = &'static Emoji> {
    Group::iter().flat_map(offered)
}

fn offered(group: Group) -> impl Iterator<Item = &'static Emoji> {
    group.emojis().filter(is_offered)
}

fn is_offered(emoji: &&'static Emoji) -> bool {
    emoji.emoji_version() <= NEWEST
}

/// Whether oneself has set an emoji on a message.
pub(crate) fn is_set(message: &TimelineMessage, emoji: &str) -> bool {
    message.reactions.iter().any(|one| one.own && one.emoji == emoji)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(taste: &mut Taste, text: &str) {
        taste.apply(TasteAction::Used(emojis::get(text).unwrap()));
    }

    #[test]
    fn frequent_reactions_are_in_the_form_the_server_keeps() {
        for emoji in FREQUENT {
            assert_eq!(bedside_protocol::text::canonical_emoji(emoji), Some(emoji));
        }
    }

    #[test]
    fn nothing_newer_than_sixteen_is_offered() {
        let taste = Taste { tone: SkinTone::Dark, ..Taste::default() };
        let shown: Vec<_> = Group::iter().flat_map(|group| taste.of(Tab::Group(group))).collect();
        let more = all().flat_map(variants);
        assert!(shown.iter().copied().chain(more).all(|emoji| emoji.emoji_version() <= NEWEST));
        assert!(emojis::iter().any(|emoji| emoji.emoji_version() > NEWEST));
        assert_eq!(shown.iter().filter(|emoji| emoji.emoji_version() == NEWEST).count(), 8);
        assert!(taste.find("a").len() <= FOUND);
    }

    #[test]
    fn a_tone_colours_what_has_one_and_nothing_else() {
        let mut taste = Taste::default();
        taste.apply(TasteAction::Tone(SkinTone::Medium));
        assert_eq!(taste.find("thumbs up").first().map(|emoji| emoji.as_str()), Some("👍🏽"));
        assert_eq!(taste.find("pill").first().map(|emoji| emoji.as_str()), Some("💊"));
        assert_eq!(taste.exactly("wave").map(Emoji::as_str), Some("👋🏽"));
    }

    #[test]
    fn every_tone_of_an_emoji_is_there_to_choose_from() {
        let shown: Vec<_> = variants(emojis::get("👍🏽").unwrap()).into_iter().map(Emoji::as_str).collect();
        assert_eq!(shown, ["👍", "👍🏻", "👍🏼", "👍🏽", "👍🏾", "👍🏿"]);
        assert!(variants(emojis::get("💊").unwrap()).is_empty());
        assert_eq!(untoned(emojis::get("👍🏽").unwrap()).as_str(), "👍");
    }

    #[test]
    fn the_ones_used_last_come_first_and_once() {
        let mut taste = Taste::default();
        ["👍", "💊", "👍"].into_iter().for_each(|emoji| used(&mut taste, emoji));
        let recent: Vec<_> = taste.of(Tab::Recent).into_iter().map(Emoji::as_str).collect();
        assert_eq!(recent, ["👍", "💊"]);
        emojis::iter().take(60).for_each(|emoji| taste.apply(TasteAction::Used(emoji)));
        assert_eq!(taste.recent.len(), RECENT_EMOJI);
    }

    #[test]
    fn what_one_likes_comes_back_from_the_settings_as_it_was_kept() {
        let mut taste = Taste::default();
        used(&mut taste, "👍🏽");
        taste.apply(TasteAction::Tone(SkinTone::Medium));
        let mut settings = Settings::default();
        assert!(taste.keep_in(&mut settings));
        assert!(!taste.keep_in(&mut settings), "nothing new to keep");
        let mut later = Taste::default();
        later.adopt(&settings);
        assert_eq!(later, taste);
    }
}
