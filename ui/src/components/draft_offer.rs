//! Says above the box what another device had while something else was written here, and asks what becomes of it.

use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::{Button, Icon, IconName, Kind};
use crate::words::use_words;

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfferDeed {
    /// It stands in the box; what stood there is offered.
    TakeOver,
    /// It stands in the box below what is there.
    Append,
    /// It is lost.
    Drop,
}

/// An offer's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub text: AttrValue,
    pub on_decide: Callback<OfferDeed>,
}

/// The offer.
#[component]
pub(crate) fn DraftOfferBar(props: &Props) -> Html {
    let words = use_words();
    let deed = |id: &str, deed| {
        let onclick = props.on_decide.reform(move |_| deed);
        html! { <Button kind={Kind::Link} {onclick}>{ words.text(id) }</Button> }
    };
    html! {
        <section class="draft-offer" aria-label={words.text("draft-offer")}>
            <Icon name={IconName::Copy} />
            <div class="draft-offer__words" role="status">
                <p class="draft-offer__title">{ words.text("draft-offer") }</p>
                <p class="draft-offer__text" dir="auto">{ &props.text }</p>
            </div>
            <div class="draft-offer__deeds">
                { deed("draft-offer-take", OfferDeed::TakeOver) }
                { deed("draft-offer-append", OfferDeed::Append) }
                { deed("draft-offer-drop", OfferDeed::Drop) }
            </div>
        </section>
    }
}
