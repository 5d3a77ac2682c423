//! Finding something in the open conversation: what is looked for, and which of the matches is before the eye.

use bedside_protocol::ipc::{FindView, Query, Update};
use bedside_protocol::{RoomId, RoomSeq};

use super::live::Live;

/// What is looked for in a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Find {
    pub live: Live<FindView>,
    pub text: String,
    /// The match before the eye.
    pub current: Option<RoomSeq>,
    /// The matches held are of another text.
    stale: bool,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum FindAction {
    /// Look for something here.
    Open,
    Close,
    Typed(String),
    /// To the next older match, round at the end.
    Older,
    /// To the next newer one.
    Newer,
}

impl Find {
    /// Another text: the newest match is gone to once it is known.
    pub(crate) fn typed(&mut self, text: String) {
        self.stale |= self.text.trim() != text.trim();
        self.text = text;
    }

    /// Takes what was found in; gives the place to go to, if there is another one.
    pub(crate) fn update(&mut self, update: Update) -> Option<RoomSeq> {
        self.live.apply(update);
        let fresh = std::mem::take(&mut self.stale);
        let places = &self.live.view.as_deref()?.places;
        let held = self.current.is_some_and(|current| places.iter().any(|place| place.seq == current));
        if held && !fresh {
            return None;
        }
        self.current = places.first().map(|place| place.seq);
        self.current
    }

    /// Another match; gives its place.
    pub(crate) fn step(&mut self, by: isize) -> Option<RoomSeq> {
        let places = &self.live.view.as_deref()?.places;
        let at = self.at().map_or(0, |at| isize::try_from(at).unwrap_or_default() + by);
        let count = isize::try_from(places.len()).ok().filter(|count| *count > 0)?;
        let to = usize::try_from(at.rem_euclid(count)).unwrap_or_default();
        self.current = places.get(to).map(|place| place.seq);
        self.current
    }

    /// Which of the matches is before the eye, from 0.
    pub(crate) fn at(&self) -> Option<usize> {
        let places = &self.live.view.as_deref()?.places;
        places.iter().position(|place| Some(place.seq) == self.current)
    }

    /// What to subscribe to, once there is something to look for.
    pub(crate) fn query(&self, room_id: RoomId) -> Option<Query> {
        let text = self.text.trim();
        (!text.is_empty()).then(|| Query::Find { room_id, text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::ipc::{FindPlace, View};

    use super::*;
    use crate::state::fixtures::snapshot;

    fn found(places: &[i64]) -> Update {
        let places = places.iter().map(|seq| FindPlace { seq: RoomSeq(*seq) }).collect();
        snapshot(View::Find(FindView { places, ..FindView::default() }))
    }

    #[test]
    fn the_newest_match_is_gone_to_then_the_older_ones_round_at_the_end() {
        let mut find = Find::default();
        find.typed("blood".into());
        assert_eq!(find.update(found(&[9, 5, 2])), Some(RoomSeq(9)));
        let older = [1, 1, 1].map(|by| find.step(by).map(RoomSeq::get));
        assert_eq!(older, [Some(5), Some(2), Some(9)]);
        assert_eq!(find.step(-1), Some(RoomSeq(2)));
    }

    #[test]
    fn what_arrives_meanwhile_moves_nothing() {
        let mut find = Find::default();
        find.typed("blood".into());
        find.update(found(&[9, 5]));
        find.step(1);
        assert_eq!(find.update(found(&[12, 9, 5])), None);
        assert_eq!(find.at(), Some(2));
        find.typed("blood t".into());
        assert_eq!(find.update(found(&[9])), Some(RoomSeq(9)));
        assert_eq!(find.update(found(&[])), None);
        assert_eq!(find.at(), None);
    }
}
