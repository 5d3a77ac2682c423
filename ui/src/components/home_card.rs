//! A card of the home page: some of what waits for one, and how much of it there is.

use yew::{AttrValue, Callback, Html, MouseEvent, Properties, classes, component, html};

use super::{Button, Icon, IconName, Kind};
use crate::words::use_words;

/// A card's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Unique on the page.
    pub id: &'static str,
    pub icon: IconName,
    pub title: AttrValue,
    /// What its rows have in common, where the title does not say it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// How much there is.
    pub total: u32,
    /// How much of it is shown.
    pub shown: usize,
    /// What stands there when there is nothing.
    pub quiet: AttrValue,
    /// Where the rest is, if there is a place for it.
    #[prop_or_default]
    pub on_all: Option<Callback<MouseEvent>>,
    /// Whether it is not to be overlooked.
    #[prop_or_default]
    pub urgent: bool,
    pub children: Html,
}

/// The card.
#[component]
pub(crate) fn HomeCard(props: &Props) -> Html {
    let urgent = (props.urgent && props.total > 0).then_some("home-card--urgent");
    html! {
        <section class={classes!("home-card", urgent)} aria-labelledby={props.id}>
            <header class="home-card__head">
                <span class="home-card__icon"><Icon name={props.icon} /></span>
                <h2 class="home-card__title" id={props.id}>{ &props.title }</h2>
                if props.total > 0 {
                    <span class="home-card__count">{ props.total }</span>
                }
            </header>
            if props.total == 0 {
                <p class="home-card__quiet"><Icon name={IconName::Check} />{ &props.quiet }</p>
            } else {
                if !props.hint.is_empty() {
                    <p class="home-card__hint">{ &props.hint }</p>
                }
                <ul class="home-card__rows" role="list">{ props.children.clone() }</ul>
                <Rest more={rest(props)} on_all={props.on_all.clone()} />
            }
        </section>
    }
}

/// How much is not shown.
fn rest(props: &Props) -> i64 {
    i64::from(props.total) - i64::try_from(props.shown).unwrap_or(i64::MAX)
}

#[derive(Properties, PartialEq)]
struct RestProps {
    more: i64,
    on_all: Option<Callback<MouseEvent>>,
}

#[component]
fn Rest(props: &RestProps) -> Html {
    let words = use_words();
    if props.more <= 0 {
        return Html::default();
    }
    let more = words.count("home-more", props.more);
    match &props.on_all {
        None => html! { <p class="home-card__rest">{ more }</p> },
        Some(onclick) => html! {
            <p class="home-card__rest">
                { more }
                <Button kind={Kind::Link} onclick={onclick.clone()}>{ words.text("home-all") }</Button>
            </p>
        },
    }
}
