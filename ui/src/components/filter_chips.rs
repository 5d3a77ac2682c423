//! Which conversations are shown, as a row of chips that is walked with the arrows and scrolls where it has no room.

use bedside_protocol::ipc::{FilterCounts, RoomFilter};
use bedside_protocol::wire::Role;
use web_sys::{Element, KeyboardEvent, WheelEvent};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_node_ref};

use crate::dom;
use crate::words::use_words;

/// The chips' properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub filter: RoomFilter,
    /// Who looks: some are for practitioners only.
    pub role: Role,
    pub unread: u32,
    pub urgent: u32,
    pub filters: FilterCounts,
    pub on_filter: Callback<RoomFilter>,
}

/// The chips.
#[component]
pub(crate) fn FilterChips(props: &Props) -> Html {
    let words = use_words();
    let chips = use_node_ref();
    let chip = |filter: RoomFilter| {
        let on = props.filter == filter;
        let onclick = props.on_filter.reform(move |_| filter);
        let count = count(props, filter);
        html! {
            <button class={classes!("chip", on.then_some("chip--on"))} type="button" aria-pressed={on.to_string()}
                tabindex={if on { "0" } else { "-1" }} {onclick}>
                { words.text(id(filter)) }
                if count > 0 {
                    <span class="chip__count">{ count }</span>
                }
            </button>
        }
    };
    let onkeydown = Callback::from({
        let chips = chips.clone();
        move |event: KeyboardEvent| {
            if let (Some(chips), Some(by)) = (chips.cast::<Element>(), step(&event.key())) {
                event.prevent_default();
                dom::rove(&chips, ".chip", by);
            }
        }
    });
    // A wheel has no other way along the line.
    let onwheel = Callback::from({
        let chips = chips.clone();
        move |event: WheelEvent| {
            if let (Some(chips), true) = (chips.cast::<Element>(), event.delta_x() == 0.0) {
                chips.scroll_by_with_x_and_y(event.delta_y(), 0.0);
            }
        }
    });
    let label: AttrValue = words.text("filter-label").into();
    html! {
        <div class="filter-chips" role="group" aria-label={label} ref={chips} {onkeydown} {onwheel}>
            { for offered(props.role).iter().copied().map(chip) }
        </div>
    }
}

const fn offered(role: Role) -> &'static [RoomFilter] {
    use RoomFilter::{All, Archived, Unread, Unseen, Urgent, Waiting};
    match role {
        Role::Practitioner => &[All, Unread, Urgent, Waiting, Unseen, Archived],
        Role::Patient | Role::Admin => &[All, Unread, Urgent, Archived],
    }
}

const fn count(props: &Props, filter: RoomFilter) -> u32 {
    match filter {
        RoomFilter::All => 0,
        RoomFilter::Unread => props.unread,
        RoomFilter::Urgent => props.urgent,
        RoomFilter::Archived => props.filters.archived,
        RoomFilter::Waiting => props.filters.waiting,
        RoomFilter::Unseen => props.filters.unseen,
    }
}

const fn id(filter: RoomFilter) -> &'static str {
    match filter {
        RoomFilter::All => "filter-all",
        RoomFilter::Unread => "filter-unread",
        RoomFilter::Urgent => "filter-urgent",
        RoomFilter::Archived => "filter-archived",
        RoomFilter::Waiting => "filter-waiting",
        RoomFilter::Unseen => "filter-unseen",
    }
}

fn step(key: &str) -> Option<isize> {
    let (forward, back) =
        if dom::is_rtl() { ("ArrowLeft", "ArrowRight") } else { ("ArrowRight", "ArrowLeft") };
    match key {
        key if key == forward => Some(1),
        key if key == back => Some(-1),
        _ => None,
    }
}
