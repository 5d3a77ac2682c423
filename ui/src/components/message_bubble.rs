//! A message.

use bedside_protocol::ClientId;
use bedside_protocol::ipc::{DeliveryState, PersonView, ReactionView, TimelineMessage};
use yew::{AttrValue, Callback, Classes, Html, Properties, classes, component, html};

use super::message_meta::state_text;
use super::{Icon, IconName, MessageMeta, MessageProblem, MessageText};
use crate::prose::is_big_emoji;
use crate::state::lines::Place;
use crate::words::{Words, use_words};

/// What an author may do with a message that was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Retry(ClientId),
    Discard(ClientId),
}

/// A message's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub message: TimelineMessage,
    pub place: Place,
    /// The other member of the conversation.
    pub person: PersonView,
    pub on_link: Callback<AttrValue>,
    pub on_deed: Callback<Deed>,
}

/// The message: one item of the list with one label that says all of it.
#[component]
pub(crate) fn MessageBubble(props: &Props) -> Html {
    let words = use_words();
    let message = &props.message;
    html! {
        <div
            class={class(props)}
            role="listitem"
            tabindex="-1"
            aria-label={label(&words, props)}
            data-key={message.key.clone()}
            data-seq={message.seq.map(|seq| seq.to_string())}
        >
            <div class="message-bubble__body">
                if message.urgent && !message.retracted {
                    <span class="message-bubble__urgent"><Icon name={IconName::Alert} />{ words.text("message-urgent") }</span>
                }
                { text(&words, props) }
                <MessageMeta message={message.clone()} />
            </div>
            { reactions(&words, &message.reactions) }
            { written(&words, message) }
            <MessageProblem
                message={message.clone()}
                addressee={props.person.name.clone()}
                addressee_role={props.person.role}
                on_deed={props.on_deed.clone()}
            />
        </div>
    }
}

fn class(props: &Props) -> Classes {
    let message = &props.message;
    let failed = matches!(message.state, Some(DeliveryState::Failed { .. } | DeliveryState::Stale));
    classes!(
        "message-bubble",
        if message.own { "message-bubble--own" } else { "message-bubble--theirs" },
        (props.place == Place::First).then_some("message-bubble--first"),
        message.retracted.then_some("message-bubble--retracted"),
        (message.urgent && !message.retracted).then_some("message-bubble--urgent"),
        failed.then_some("message-bubble--failed"),
        (!message.retracted && is_big_emoji(&message.text)).then_some("message-bubble--emoji"),
    )
}

fn text(words: &Words, props: &Props) -> Html {
    let message = &props.message;
    if message.retracted {
        return html! {
            <span class="message-text message-text--retracted"><Icon name={IconName::Retracted} />{ shown(words, message) }</span>
        };
    }
    html! { <MessageText text={message.text.clone()} on_link={props.on_link.clone()} /> }
}

/// The words of a message, or of its having been taken back.
fn shown(words: &Words, message: &TimelineMessage) -> String {
    match (message.retracted, message.own) {
        (false, _) => message.text.clone(),
        (true, true) => words.text("message-retracted-own"),
        (true, false) => words.text("message-retracted"),
    }
}

/// Sender, text, time, state.
fn label(words: &Words, props: &Props) -> String {
    let message = &props.message;
    let sender = if message.own { words.text("message-you") } else { props.person.name.clone() };
    let urgent = (message.urgent && !message.retracted).then(|| words.text("message-urgent"));
    let edited = (message.edited && !message.retracted).then(|| words.text("message-edited"));
    let state = message.state.as_ref().map(|state| state_text(words, state));
    let details: Vec<String> =
        urgent.into_iter().chain(edited).chain([words.dates().time(message.at)]).chain(state).collect();
    let parts = [
        ("sender", sender.into()),
        ("text", shown(words, message).into()),
        ("details", details.join(", ").into()),
    ];
    words.text_with("message-label", &parts)
}

fn reactions(words: &Words, reactions: &[ReactionView]) -> Html {
    if reactions.is_empty() {
        return Html::default();
    }
    let reaction = |reaction: &ReactionView| {
        let values = [("emoji", reaction.emoji.as_str().into()), ("count", reaction.count.into())];
        let own = reaction.own.then_some("reactions__one--own");
        html! {
            <span class={classes!("reactions__one", own)}>
                <span aria-hidden="true">{ &reaction.emoji }{ " " }{ reaction.count }</span>
                <span class="visually-hidden">{ words.text_with("reaction-label", &values) }</span>
            </span>
        }
    };
    html! { <div class="reactions">{ for reactions.iter().map(reaction) }</div> }
}

/// For a message that waited: when it was written and when it arrived.
fn written(words: &Words, message: &TimelineMessage) -> Html {
    let Some(written) = message.written_at else { return Html::default() };
    let values = [
        ("written", words.dates().time(written).into()),
        ("delivered", words.dates().time(message.at).into()),
    ];
    html! { <p class="message-bubble__written">{ words.text_with("message-written-delivered", &values) }</p> }
}
