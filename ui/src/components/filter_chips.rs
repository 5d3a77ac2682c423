//! All, unread, urgent: which conversations are shown.

use bedside_protocol::ipc::RoomFilter;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use crate::words::use_words;

/// The chips' properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub filter: RoomFilter,
    pub unread: u32,
    pub urgent: u32,
    pub on_filter: Callback<RoomFilter>,
}

/// The chips.
#[component]
pub(crate) fn FilterChips(props: &Props) -> Html {
    let words = use_words();
    let chip = |filter: RoomFilter, id: &str, count: u32| {
        let on = props.filter == filter;
        let onclick = props.on_filter.reform(move |_| filter);
        html! {
            <button class={classes!("chip", on.then_some("chip--on"))} type="button" aria-pressed={on.to_string()} {onclick}>
                { words.text(id) }
                if count > 0 {
                    <span class="chip__count">{ count }</span>
                }
            </button>
        }
    };
    let label: AttrValue = words.text("filter-label").into();
    html! {
        <div class="filter-chips" role="group" aria-label={label}>
            { chip(RoomFilter::All, "filter-all", 0) }
            { chip(RoomFilter::Unread, "filter-unread", props.unread) }
            { chip(RoomFilter::Urgent, "filter-urgent", props.urgent) }
        </div>
    }
}
