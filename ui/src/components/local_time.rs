//! What the clocks say elsewhere, and goes on saying.

use bedside_protocol::Timestamp;
use gloo_timers::callback::Interval;
use js_sys::Date;
use yew::{AttrValue, Html, Properties, component, html, use_effect_with, use_state_eq};

use crate::words::use_words;

/// Seldom enough to cost nothing, often enough not to be a minute late.
const LOOK_MS: u32 = 10_000;

/// A clock's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// An IANA name.
    pub time_zone: AttrValue,
}

/// The time there, with the place's name; nothing where the browser does not know the place.
#[component]
pub(crate) fn LocalTime(props: &Props) -> Html {
    let words = use_words();
    let now = use_state_eq(minute);
    let setter = now.setter();
    use_effect_with((), move |()| {
        let clock = Interval::new(LOOK_MS, move || setter.set(minute()));
        move || drop(clock)
    });
    let at = Timestamp(*now * 60_000);
    match words.dates().time_in(at, &props.time_zone) {
        Some(time) => {
            html! { <><bdi>{ time }</bdi>{ " " }<bdi class="facts__aside">{ place(&props.time_zone) }</bdi></> }
        }
        None => html! { "–" },
    }
}

fn minute() -> i64 {
    (Date::now() / 60_000.0).floor() as i64
}

/// "Europe/Lisbon" as people call it.
fn place(time_zone: &str) -> String {
    time_zone.rsplit('/').next().unwrap_or_default().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_called_by_its_own_name() {
        assert_eq!(place("America/Argentina/Buenos_Aires"), "Buenos Aires");
        assert_eq!(place("UTC"), "UTC");
    }
}
