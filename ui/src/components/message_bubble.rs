//! A message.

use bedside_protocol::ipc::{ChangeState, DeliveryState, IpcError, PersonView, QuoteView, TimelineMessage};
use web_sys::Element;
use yew::{
    AttrValue, Callback, Classes, Html, Properties, classes, component, html, use_node_ref, use_state_eq,
};

use super::message_deed::{is_answerable, is_reactable};
use super::message_meta::progress;
use super::message_quote::label as quote_label;
use super::reactions::{label as reaction_label, who};
use super::{
    Deed, Icon, IconName, MessageMeta, MessageProblem, MessageQuote, MessageText, MessageToolbar, Opened,
    Panel, Reactions, Spot,
};
use crate::prose::is_big_emoji;
use crate::state::lines::Place;
use crate::words::{Words, use_words};

mod hands;

/// A message's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub message: TimelineMessage,
    pub place: Place,
    /// The other member of the conversation.
    pub person: PersonView,
    /// Why the last deed on it came to nothing.
    pub refused: Option<IpcError>,
    /// The number of the visit, if somebody has just gone to it.
    pub visit: Option<u32>,
    /// What is looked for, to be marked.
    pub find: AttrValue,
    /// Whether it is the match before the eye.
    pub found: bool,
    pub on_link: Callback<AttrValue>,
    pub on_deed: Callback<(TimelineMessage, Deed)>,
    /// A panel of it is to open.
    pub on_open: Callback<Opened>,
}

/// The message: one item of the list with one label that says all of it.
#[component]
pub(crate) fn MessageBubble(props: &Props) -> Html {
    let words = use_words();
    let bubble = use_node_ref();
    let (hovered, focused) = (use_state_eq(|| false), use_state_eq(|| false));
    let message = &props.message;
    let on_deed = deeds(props);
    let open = Callback::from({
        let (bubble, key, on_open) = (bubble.clone(), message.key.clone(), props.on_open.clone());
        move |(panel, at): (Panel, Option<Spot>)| {
            let Some(element) = bubble.cast::<Element>() else { return };
            hands::take_focus(&element);
            on_open.emit(Opened { key: key.clone(), panel, at: at.unwrap_or_else(|| hands::body(&element)) });
        }
    });
    let reply = is_answerable(message).then(|| on_deed.reform(|()| Deed::Reply));
    let menu = open.reform(|at| (Panel::Menu, at));
    html! {
        <div
            class={class(props)}
            role="listitem"
            tabindex="-1"
            aria-label={label(&words, props)}
            aria-haspopup="menu"
            data-key={message.key.clone()}
            data-seq={message.seq.map(|seq| seq.to_string())}
            ref={bubble.clone()}
            onpointerover={hands::entered(&hovered)}
            onpointerout={hands::left(&bubble, &hovered)}
            onfocusin={hands::focused(&bubble, &focused)}
            onfocusout={hands::blurred(&bubble, &focused)}
            onclick={hands::tapped(&menu)}
            oncontextmenu={hands::asked(&menu)}
            onkeydown={hands::keys(&bubble, &menu, reply)}
        >
            <div class="message-bubble__body">
                if message.urgent && !message.retracted {
                    <span class="message-bubble__urgent"><Icon name={IconName::Alert} />{ words.text("message-urgent") }</span>
                }
                if let Some(quote) = &message.reply {
                    <MessageQuote quote={quote.clone()} name={props.person.name.clone()} on_visit={visit(quote, &on_deed)} />
                }
                { text(&words, props) }
                <MessageMeta message={message.clone()} on_versions={on_deed.reform(|()| Deed::Versions)} />
            </div>
            if !message.retracted && (*hovered || *focused) {
                <MessageToolbar
                    reactable={is_reactable(message)}
                    answerable={is_answerable(message)}
                    on_reply={on_deed.reform(|()| Deed::Reply)}
                    on_copy={on_deed.reform(|()| Deed::Copy)}
                    on_open={open.reform(|(panel, at)| (panel, Some(at)))}
                />
            }
            <Reactions
                reactions={message.reactions.clone()}
                name={props.person.name.clone()}
                reactable={is_reactable(message)}
                on_react={on_deed.reform(|(emoji, on)| Deed::React { emoji, on })}
            />
            { written(&words, message) }
            <MessageProblem
                message={message.clone()}
                addressee={props.person.name.clone()}
                addressee_role={props.person.role}
                refused={props.refused.clone()}
                {on_deed}
            />
        </div>
    }
}

fn deeds(props: &Props) -> Callback<Deed> {
    let message = props.message.clone();
    props.on_deed.reform(move |deed| (message.clone(), deed))
}

fn visit(quote: &QuoteView, on_deed: &Callback<Deed>) -> Callback<()> {
    let seq = quote.seq;
    on_deed.reform(move |()| Deed::Visit(seq))
}

fn class(props: &Props) -> Classes {
    let message = &props.message;
    let unsent = matches!(message.state, Some(DeliveryState::Failed { .. } | DeliveryState::Stale));
    let failed = unsent || matches!(message.change, Some(ChangeState::Refused { .. }));
    classes!(
        "message-bubble",
        if message.own { "message-bubble--own" } else { "message-bubble--theirs" },
        (props.place == Place::First).then_some("message-bubble--first"),
        message.retracted.then_some("message-bubble--retracted"),
        (message.urgent && !message.retracted).then_some("message-bubble--urgent"),
        failed.then_some("message-bubble--failed"),
        (!message.retracted && message.reply.is_none() && is_big_emoji(&message.text))
            .then_some("message-bubble--emoji"),
        // An animation of the same name does not run again.
        props.found.then_some("message-bubble--found"),
        props.visit.map(|n| if n.is_multiple_of(2) {
            "message-bubble--visited-again"
        } else {
            "message-bubble--visited"
        }),
    )
}

fn text(words: &Words, props: &Props) -> Html {
    let message = &props.message;
    if message.retracted {
        return html! {
            <span class="message-text message-text--retracted"><Icon name={IconName::Retracted} />{ shown(words, message) }</span>
        };
    }
    html! { <MessageText text={message.text.clone()} find={props.find.clone()} on_link={props.on_link.clone()} /> }
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
    let reply = message.reply.as_ref().map(|quote| quote_label(words, quote, &props.person.name));
    let urgent = (message.urgent && !message.retracted).then(|| words.text("message-urgent"));
    let edited = (message.edited && !message.retracted).then(|| words.text("message-edited"));
    let state = progress(message).map(|progress| progress.text(words));
    let reactions = message.reactions.iter().map(|one| {
        let who = who(words, one, &props.person.name);
        reaction_label(words, one, &who)
    });
    let time = words.dates().time(message.at);
    let details: Vec<String> =
        reply.into_iter().chain(urgent).chain(edited).chain([time]).chain(state).chain(reactions).collect();
    let parts = [
        ("sender", sender.into()),
        ("text", shown(words, message).into()),
        ("details", details.join(", ").into()),
    ];
    words.text_with("message-label", &parts)
}

/// For a message that waited: when it was written, and when it was sent or came to the other side.
fn written(words: &Words, message: &TimelineMessage) -> Html {
    let Some(written) = message.written_at else { return Html::default() };
    let written = words.dates().time_beside(written, message.at);
    let (id, name) = if message.own {
        ("message-written-sent", "sent")
    } else {
        ("message-written-delivered", "delivered")
    };
    let values = [("written", written.into()), (name, words.dates().time(message.at).into())];
    html! { <p class="message-bubble__written">{ words.text_with(id, &values) }</p> }
}
