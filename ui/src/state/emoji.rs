//! The emoji on offer: groups, search, skin tones, the ones used last. Kept as long as the app runs, never on disk.

use bedside_protocol::ipc::TimelineMessage;
use emojis::{Emoji, EmojiVersion, Group, SkinTone};

/// Emoji of later versions are boxes on too many systems.
const NEWEST: EmojiVersion = EmojiVersion::new(16, 0);
/// How many are remembered, and how many are found: a few rows.
const RECENT: usize = 32;
const FOUND: usize = 96;
/// What a reaction mostly is.
pub(crate) const FREQUENT: [&str; 6] = ["👍", "❤️", "😊", "🙏", "✅", "😮"];
/// The tones of a person's skin, as the picker offers them.
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
}

impl Default for Taste {
    fn default() -> Self {
        Taste { tone: SkinTone::Default, recent: Vec::new() }
    }
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum TasteAction {
    Used(&'static Emoji),
    Tone(SkinTone),
}

impl Taste {
    /// Applies an action.
    pub(crate) fn apply(&mut self, action: TasteAction) {
        match action {
            TasteAction::Tone(tone) => self.tone = tone,
            TasteAction::Used(emoji) => {
                self.recent.retain(|held| *held != emoji);
                self.recent.insert(0, emoji);
                self.recent.truncate(RECENT);
            }
        }
    }

    /// What a tab holds.
    pub(crate) fn of(&self, tab: Tab) -> Vec<&'static Emoji> {
        match tab {
            Tab::Recent => self.recent.clone(),
            Tab::Group(group) => offered(group).map(|emoji| self.toned(emoji)).collect(),
        }
    }

    /// What a search finds by English name and short name; whole beginnings first.
    pub(crate) fn find(&self, search: &str) -> Vec<&'static Emoji> {
        let sought = search.trim().trim_matches(':').to_lowercase().replace('_', " ");
        let mut found: Vec<(usize, &'static Emoji)> = Group::iter()
            .flat_map(offered)
            .filter_map(|emoji| Some((nearness(emoji, &sought)?, emoji)))
            .collect();
        found.sort_by_key(|(nearness, _)| *nearness);
        found.into_iter().take(FOUND).map(|(_, emoji)| self.toned(emoji)).collect()
    }

    fn toned(&self, emoji: &'static Emoji) -> &'static Emoji {
        emoji.with_skin_tone(self.tone).unwrap_or(emoji)
    }
}

/// A page of the picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Recent,
    Group(Group),
}

fn offered(group: Group) -> impl Iterator<Item = &'static Emoji> {
    group.emojis().filter(|emoji| emoji.emoji_version() <= NEWEST)
}

/// How near an emoji is to what is sought; every word of that must begin one of its words.
fn nearness(emoji: &Emoji, sought: &str) -> Option<usize> {
    let names = std::iter::once(emoji.name()).chain(emoji.shortcodes());
    names.filter_map(|name| distance(&name.to_lowercase().replace('_', " "), sought)).min()
}

fn distance(name: &str, sought: &str) -> Option<usize> {
    let begins = |part: &str| name.split([' ', '-', ':']).any(|word| word.starts_with(part));
    match name.strip_prefix(sought) {
        _ if sought.is_empty() => None,
        Some("") => Some(0),
        Some(rest) if rest.starts_with(' ') => Some(1),
        Some(_) => Some(2),
        None => sought.split_whitespace().all(begins).then_some(3),
    }
}

/// Where an arrow leads in rows of a width; `None` is out at the top.
pub(crate) fn step(from: usize, count: usize, width: usize, arrow: Arrow) -> Option<usize> {
    let last = count.saturating_sub(1);
    match arrow {
        Arrow::Back => Some(from.saturating_sub(1)),
        Arrow::On => Some((from + 1).min(last)),
        Arrow::Up => from.checked_sub(width),
        Arrow::Down if from + width <= last => Some(from + width),
        // The last row may be shorter than the one above it.
        Arrow::Down if from / width < last / width => Some(last),
        Arrow::Down => Some(from),
        Arrow::Start => Some(0),
        Arrow::End => Some(last),
    }
}

/// A way to go in the grid, along the line of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrow {
    Back,
    On,
    Up,
    Down,
    Start,
    End,
}

/// Whether oneself has set an emoji on a message.
pub(crate) fn is_set(message: &TimelineMessage, emoji: &str) -> bool {
    message.reactions.iter().any(|one| one.own && one.emoji == emoji)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(search: &str) -> Vec<&'static str> {
        Taste::default().find(search).into_iter().map(Emoji::as_str).collect()
    }

    #[test]
    fn frequent_reactions_are_in_the_form_the_server_keeps() {
        for emoji in FREQUENT {
            assert_eq!(bedside_protocol::text::canonical_emoji(emoji), Some(emoji));
        }
    }

    #[test]
    fn a_search_finds_names_and_short_names_and_the_nearest_first() {
        assert_eq!(found("Thumbs up").first(), Some(&"👍"));
        assert_eq!(found(":heart:").first(), Some(&"❤️"));
        assert_eq!(found("pill"), ["💊"]);
        assert!(found("hospi").contains(&"🏥"));
        assert!(found("face tears").contains(&"😂"));
        assert!(found("").is_empty() && found("xyzzy").is_empty());
        assert!(found("a").len() <= FOUND);
    }

    #[test]
    fn nothing_newer_than_sixteen_is_offered() {
        let groups = Group::iter().map(Tab::Group);
        let all: Vec<_> = groups.flat_map(|tab| Taste::default().of(tab)).collect();
        assert!(all.iter().all(|emoji| emoji.emoji_version() <= NEWEST));
        assert!(emojis::iter().any(|emoji| emoji.emoji_version() > NEWEST));
        assert_eq!(all.iter().filter(|emoji| emoji.emoji_version() == NEWEST).count(), 8);
    }

    #[test]
    fn a_tone_colours_what_has_one_and_nothing_else() {
        let mut taste = Taste::default();
        taste.apply(TasteAction::Tone(SkinTone::Medium));
        assert_eq!(taste.find("thumbs up").first().map(|emoji| emoji.as_str()), Some("👍🏽"));
        assert_eq!(taste.find("pill").first().map(|emoji| emoji.as_str()), Some("💊"));
    }

    #[test]
    fn the_ones_used_last_come_first_and_once() {
        let mut taste = Taste::default();
        for text in ["👍", "💊", "👍"] {
            if let Some(emoji) = emojis::get(text) {
                taste.apply(TasteAction::Used(emoji));
            }
        }
        let recent: Vec<_> = taste.of(Tab::Recent).into_iter().map(Emoji::as_str).collect();
        assert_eq!(recent, ["👍", "💊"]);
        emojis::iter().take(60).for_each(|emoji| taste.apply(TasteAction::Used(emoji)));
        assert_eq!(taste.recent.len(), RECENT);
    }

    #[test]
    fn arrows_walk_the_grid_and_leave_it_only_at_the_top() {
        let walk = |from, arrow| step(from, 19, 8, arrow);
        assert_eq!(
            (walk(0, Arrow::Back), walk(7, Arrow::On), walk(18, Arrow::On)),
            (Some(0), Some(8), Some(18))
        );
        assert_eq!((walk(3, Arrow::Up), walk(9, Arrow::Up)), (None, Some(1)));
        assert_eq!(
            (walk(1, Arrow::Down), walk(15, Arrow::Down), walk(17, Arrow::Down)),
            (Some(9), Some(18), Some(17))
        );
        assert_eq!((walk(9, Arrow::Start), walk(9, Arrow::End)), (Some(0), Some(18)));
    }
}
