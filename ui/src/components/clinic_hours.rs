//! When somebody is at the clinic, as rows of a list of facts: days with the same hours in one.

use bedside_protocol::wire::OpeningHours;
use yew::{Html, Properties, component, html};

use crate::words::{Words, use_words};

/// The properties of hours.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub hours: Vec<OpeningHours>,
}

/// The hours; they stand in a `dl`.
#[component]
pub(crate) fn ClinicHours(props: &Props) -> Html {
    let words = use_words();
    html! {
        <>
            { for lines(&props.hours).into_iter().map(|line| html! {
                <div class="facts__row">
                    <dt class="facts__name">{ days(&words, &line) }</dt>
                    <dd class="facts__value">{ stretches(&words, &line.stretches) }</dd>
                </div>
            }) }
        </>
    }
}

fn days(words: &Words, line: &Line<'_>) -> String {
    let name = |day| words.dates().weekday_in_full(day);
    if line.first == line.last {
        name(line.first)
    } else {
        format!("{} – {}", name(line.first), name(line.last))
    }
}

fn stretches(words: &Words, stretches: &[(&str, &str)]) -> Html {
    let clock = |time: &str| words.dates().clock(time);
    html! {
        <span class="clinic-hours">
            { for stretches.iter().map(|(from, to)| html! { <bdi>{ clock(from) }{ "–" }{ clock(to) }</bdi> }) }
        </span>
    }
}

/// Days in a row with the same hours.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line<'h> {
    first: u8,
    last: u8,
    stretches: Vec<(&'h str, &'h str)>,
}

fn lines(hours: &[OpeningHours]) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for day in 1..=7 {
        let of_day = hours.iter().filter(|hours| hours.weekday == day);
        let mut stretches: Vec<_> = of_day.map(|hours| (hours.from.as_str(), hours.to.as_str())).collect();
        stretches.sort_unstable();
        match lines.last_mut() {
            _ if stretches.is_empty() => {}
            Some(line) if line.last + 1 == day && line.stretches == stretches => line.last = day,
            _ => lines.push(Line { first: day, last: day, stretches }),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_row_with_the_same_hours_share_a_line_each_stretch_in_order() {
        let open = |weekday, from: &str, to: &str| OpeningHours { weekday, from: from.into(), to: to.into() };
        let week = [
            open(1, "14:00", "18:00"),
            open(1, "08:00", "12:00"),
            open(2, "08:00", "12:00"),
            open(2, "14:00", "18:00"),
            open(4, "08:00", "12:00"),
        ];
        let shown: Vec<_> =
            lines(&week).into_iter().map(|line| (line.first, line.last, line.stretches)).collect();
        let both = vec![("08:00", "12:00"), ("14:00", "18:00")];
        assert_eq!(shown, [(1, 2, both), (4, 4, vec![("08:00", "12:00")])]);
    }
}
