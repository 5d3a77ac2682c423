//! When somebody is at the clinic: days with the same hours in one line.

use bedside_protocol::wire::OpeningHours;
use yew::{AttrValue, Html, Properties, component, html};

use crate::words::use_words;

/// The properties of hours.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub title: AttrValue,
    pub hours: Vec<OpeningHours>,
}

/// The hours, under their title.
#[component]
pub(crate) fn ClinicHours(props: &Props) -> Html {
    let words = use_words();
    let name = |day| words.dates().weekday_in_full(day);
    html! {
        <section class="clinic-hours" aria-label={&props.title}>
            <h3 class="clinic-hours__title">{ &props.title }</h3>
            <dl class="facts">
                { for lines(&props.hours).into_iter().map(|Line { first, last, times }| html! {
                    <div class="facts__row">
                        <dt class="facts__name">
                            { if first == last { name(first) } else { format!("{} – {}", name(first), name(last)) } }
                        </dt>
                        <dd class="facts__value"><bdi dir="ltr">{ times }</bdi></dd>
                    </div>
                }) }
            </dl>
        </section>
    }
}

/// Days in a row with the same hours.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    first: u8,
    last: u8,
    times: String,
}

fn lines(hours: &[OpeningHours]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for day in 1..=7 {
        let of_day = hours.iter().filter(|hours| hours.weekday == day);
        let times: Vec<String> = of_day.map(|hours| format!("{}–{}", hours.from, hours.to)).collect();
        let times = times.join(", ");
        match lines.last_mut() {
            _ if times.is_empty() => {}
            Some(line) if line.last + 1 == day && line.times == times => line.last = day,
            _ => lines.push(Line { first: day, last: day, times }),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_row_with_the_same_hours_share_a_line() {
        let open = |weekday, from: &str, to: &str| OpeningHours { weekday, from: from.into(), to: to.into() };
        let week = [
            open(1, "08:00", "12:00"),
            open(1, "14:00", "18:00"),
            open(2, "08:00", "12:00"),
            open(2, "14:00", "18:00"),
            open(4, "08:00", "12:00"),
        ];
        let shown: Vec<_> =
            lines(&week).into_iter().map(|line| (line.first, line.last, line.times)).collect();
        assert_eq!(shown, [(1, 2, "08:00–12:00, 14:00–18:00".to_owned()), (4, 4, "08:00–12:00".to_owned())]);
    }
}
