//! The clinic on the home page: whether somebody is there now, its hours, and where to call.

use bedside_protocol::ipc::{ClinicView, OpeningView};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::{ClinicHours, Icon, IconName, PhoneLink};
use crate::words::{Words, use_words};

/// The card's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub clinic: ClinicView,
    /// Whether somebody is there now, and when next; nothing while that is not known.
    pub opening: Option<OpeningView>,
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
            { for props.opening.as_ref().map(|opening| state(&words, opening)) }
            <dl class="facts clinic-card__facts">
                <ClinicHours hours={clinic.hours.clone()} />
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

/// Whether somebody is there now, and when that changes.
fn state(words: &Words, opening: &OpeningView) -> Html {
    let OpeningView { weekday, days, from, open_until, .. } = opening;
    let open = open_until.is_some().then_some("clinic-card__state--open");
    let clock = |time: &str| words.dates().clock(time);
    let said = match (open_until, days) {
        (Some(until), _) => words.text_with("clinic-open", &[("time", clock(until).into())]),
        (None, 0) => words.text_with("clinic-later", &[("time", clock(from).into())]),
        (None, _) => {
            let day = words.dates().weekday_in_full(*weekday);
            words.text_with("clinic-on", &[("day", day.into()), ("time", clock(from).into())])
        }
    };
    html! { <p class={classes!("clinic-card__state", open)}><span class="clinic-card__dot" />{ said }</p> }
}
