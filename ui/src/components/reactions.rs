//! The reactions below a message: each says how many and who, and one's own is set and taken off here.

use bedside_protocol::ipc::ReactionView;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use crate::words::{Words, use_words};

/// The properties of reactions.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub reactions: Vec<ReactionView>,
    /// The other member of the conversation.
    pub name: AttrValue,
    /// Whether one may react now; otherwise they only say who did.
    pub reactable: bool,
    /// An emoji, and whether it is to be there.
    pub on_react: Callback<(String, bool)>,
}

/// The reactions; nothing if there are none.
#[component]
pub(crate) fn Reactions(props: &Props) -> Html {
    let words = use_words();
    if props.reactions.is_empty() {
        return Html::default();
    }
    html! {
        <div class="reactions" role="group" aria-label={words.text("message-reactions")}>
            { for props.reactions.iter().map(|reaction| chip(&words, props, reaction)) }
        </div>
    }
}

fn chip(words: &Words, props: &Props, reaction: &ReactionView) -> Html {
    let who = who(words, reaction, &props.name);
    let own = reaction.own.then_some("reactions__one--own");
    let wish = (reaction.emoji.clone(), !reaction.own);
    let onclick = props.reactable.then(|| props.on_react.reform(move |_| wish.clone()));
    html! {
        <button
            key={reaction.emoji.clone()}
            class={classes!("reactions__one", own)}
            type="button"
            aria-label={label(words, reaction, &who)}
            aria-pressed={reaction.own.to_string()}
            aria-disabled={(!props.reactable).then_some("true")}
            {onclick}
        >
            <span aria-hidden="true">{ &reaction.emoji }{ " " }{ reaction.count }</span>
            <span class="reactions__who" aria-hidden="true"><bdi>{ who }</bdi></span>
        </button>
    }
}

/// "👍 2, You and Drew Lindqvist".
pub(super) fn label(words: &Words, reaction: &ReactionView, who: &str) -> String {
    let values = [
        ("emoji", reaction.emoji.as_str().into()),
        ("count", reaction.count.into()),
        ("who", who.to_owned().into()),
    ];
    words.text_with("reaction-label", &values)
}

/// A conversation is of two people, so the count and one's own tell who it was.
pub(super) fn who(words: &Words, reaction: &ReactionView, name: &str) -> String {
    match (reaction.own, reaction.count) {
        (true, ..=1) => words.text("message-you"),
        (true, _) => words.about("reaction-both", name).to_string(),
        (false, _) => name.to_owned(),
    }
}
