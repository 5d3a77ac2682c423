//! The clinic on the home page: whether somebody is there now, its hours, and where to call.

use std::collections::BTreeMap;

use bedside_protocol::ipc::ClinicView;
use bedside_protocol::wire::OpeningHours;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::{Icon, IconName, PhoneLink};
use crate::format::now;
use crate::opening::{Opening, opening};
use crate::words::{Words, use_words};

/// The card's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub clinic: ClinicView,
    /// Grows by the minute, so that the card is not late.
    pub minute: i64,
    /// A number is to be called.
    pub on_link: Callback<AttrValue>,
}

/// The card; nothing while the clinic has said nothing of itself.
#[component]
pub(crate) fn ClinicCard(props: &Props) -> Html {
    let words = use_words();
    let clinic = &props.clinic;
    if clinic.hours.is_empty() && clinic.phone.is_none() {
        return Html::default();
    }
    let title = if clinic.name.is_empty() { words.text("clinic-title") } else { clinic.name.clone() };
    let number = |name: &str, number: &str| {
        let number = number.to_owned();
        fact(words.text(name), html! { <PhoneLink {number} on_link={props.on_link.clone()} /> })
    };
    html! {
        <section class="home-card clinic-card" aria-labelledby="home-clinic">
            <header class="home-card__head">
                <span class="home-card__icon"><Icon name={IconName::Clinic} /></span>
                <h2 class="home-card__title" id="home-clinic"><bdi>{ title }</bdi></h2>
            </header>
            { state(&words, clinic) }
            <dl class="facts clinic-card__facts">
                { for by_day(&clinic.hours).into_iter().map(|(weekday, hours)| {
                    fact(words.dates().weekday_in_full(weekday), stretches(&words, &hours))
                }) }
                if let Some(phone) = &clinic.phone {
                    { number("fact-phone", phone) }
                }
                { number("clinic-emergency", &clinic.emergency_number) }
            </dl>
        </section>
    }
}

fn fact(name: String, value: Html) -> Html {
    html! { <div class="facts__row"><dt class="facts__name">{ name }</dt><dd class="facts__value">{ value }</dd></div> }
}

/// Whether somebody is there now, and when that changes; nothing if the clinic's hours or clock are not known.
fn state(words: &Words, clinic: &ClinicView) -> Html {
    let at = words.dates().clinic_time(now(), &clinic.time_zone);
    let Some(opening) = at.and_then(|at| opening(&clinic.hours, &at)) else { return Html::default() };
    let open = matches!(opening, Opening::Open { .. }).then_some("clinic-card__state--open");
    let clock = |time: &str| words.dates().clock(time);
    let said = match opening {
        Opening::Open { until } => words.text_with("clinic-open", &[("time", clock(&until).into())]),
        Opening::Later { from } => words.text_with("clinic-later", &[("time", clock(&from).into())]),
        Opening::On { weekday, from } => {
            let day = words.dates().weekday_in_full(weekday);
            words.text_with("clinic-on", &[("day", day.into()), ("time", clock(&from).into())])
        }
    };
    html! { <p class={classes!("clinic-card__state", open)}><span class="clinic-card__dot" />{ said }</p> }
}

/// The stretches of each day that has any, Monday first.
fn by_day(hours: &[OpeningHours]) -> BTreeMap<u8, Vec<&OpeningHours>> {
    let mut days: BTreeMap<u8, Vec<&OpeningHours>> = BTreeMap::new();
    hours.iter().for_each(|one| days.entry(one.weekday).or_default().push(one));
    days.values_mut().for_each(|day| day.sort());
    days
}

fn stretches(words: &Words, hours: &[&OpeningHours]) -> Html {
    let clock = |time: &str| words.dates().clock(time);
    html! {
        <span class="clinic-card__hours">
            { for hours.iter().map(|one| html! { <bdi>{ clock(&one.from) }{ "–" }{ clock(&one.to) }</bdi> }) }
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_in_order_each_with_its_stretches_in_order() {
        let one = |weekday, from: &str| OpeningHours { weekday, from: from.into(), to: "20:00".into() };
        let hours = [one(5, "08:00"), one(1, "14:00"), one(1, "08:00")];
        let days: Vec<(u8, Vec<&str>)> = by_day(&hours)
            .into_iter()
            .map(|(day, hours)| (day, hours.into_iter().map(|one| one.from.as_str()).collect()))
            .collect();
        assert_eq!(days, [(1, vec!["08:00", "14:00"]), (5, vec!["08:00"])]);
    }
}
