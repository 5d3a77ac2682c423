//! Filling the placeholders of a quick reply with what is known of the patient, oneself and the clinic.

use bedside_i18n::{Language, Localizer};
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{OpeningView, Reply, Request};
use yew::Callback;

use crate::hooks::{Store, ask};
use crate::state::quick_reply::{Facts, Name, Placeholder, filled, first_name, holds};
use crate::words::Words;

/// Fills a text and hands it on. Only the engine knows when the clinic opens, so it is asked if that is wanted.
pub(super) fn fill(store: &Store, room: RoomId, words: &Words) -> Callback<(String, Callback<String>)> {
    let (store, words) = (store.clone(), words.clone());
    Callback::from(move |(text, then): (String, Callback<String>)| {
        let (names, facts) = (names(), facts(&store, room));
        if !holds(&text, &names, Placeholder::NextOpening) {
            return then.emit(filled(&text, &names, &facts));
        }
        let words = words.clone();
        ask(Request::NextOpening, move |answer| {
            let opening = match answer {
                Ok(Reply::Opening { opening: Some(opening) }) => in_words(&words, &opening),
                _ => String::new(),
            };
            then.emit(filled(&text, &names, &Facts { next_opening: opening, ..facts }));
        });
    })
}

fn facts(store: &Store, room: RoomId) -> Facts {
    let patient = store.person_of(room).map(|person| person.name).unwrap_or_default();
    let clinic = store.clinic();
    Facts {
        patient_first_name: first_name(&patient).to_owned(),
        my_name: store.me().map(|me| me.name.clone()).unwrap_or_default(),
        clinic_name: clinic.name,
        clinic_phone: clinic.phone.unwrap_or_default(),
        next_opening: String::new(),
    }
}

/// What each placeholder is called, in every language: a clinic's texts may be written in another one than ours.
fn names() -> Vec<Name> {
    let localizers = Language::ALL.map(Localizer::for_language);
    let in_all = |placeholder: Placeholder| {
        localizers.iter().map(move |words| (words.text(placeholder.id()), placeholder)).collect::<Vec<_>>()
    };
    Placeholder::ALL.into_iter().flat_map(in_all).collect()
}

/// "Tuesday 1 December, 08:00".
fn in_words(words: &Words, opening: &OpeningView) -> String {
    let Some((day, time)) = words.dates().wall_clock(&opening.date, &opening.from) else {
        return String::new();
    };
    words.text_with("opening-moment", &[("day", day.into()), ("time", time.into())])
}
