//! The rows themselves: days, the "new messages" line, messages, gaps, that the other types.

use bedside_protocol::ipc::{IpcError, TimelineMessage};
use yew::virtual_dom::VList;
use yew::{Callback, Html, html};

use super::Props;
use crate::components::{Avatar, GapRow, MessageBubble, Opened, Size, TypingBubble};
use crate::format::{Nearness, local_day, nearness};
use crate::state::lines::{Line, lines};
use crate::words::Words;

/// Every row of the view. One list, every child of it keyed: with a single child that is not, each insertion would
/// draw all that follows anew.
pub(super) fn rows(words: &Words, props: &Props, on_open: &Callback<Opened>) -> Html {
    let lines = lines(&props.view, local_day);
    let start = props.view.head.at_start.then(|| start(words, props));
    let rows = lines.iter().map(|line| row(words, props, on_open, line));
    let head = &props.view.head;
    // What is being typed will stand at the end, and is not waited for elsewhere.
    let typing = (head.typing && head.at_end).then(|| html! { <TypingBubble key="typing" /> });
    let list = VList::with_children(start.into_iter().chain(rows).chain(typing).collect(), None);
    html! { <div class="message-list__items" role="presentation">{ Html::from(list) }</div> }
}

fn row(words: &Words, props: &Props, on_open: &Callback<Opened>, line: &Line<'_>) -> Html {
    match line {
        Line::Day(at, key) => {
            let text = match nearness(*at) {
                Nearness::Today => words.text("day-today"),
                Nearness::Yesterday => words.text("day-yesterday"),
                _ => words.dates().day(*at),
            };
            html! { <div key={format!("day:{key}")} class="day-separator" role="listitem"><span>{ text }</span></div> }
        }
        Line::New(count) => html! {
            <div key="new" class="new-line" role="listitem"><span>{ words.count("new-messages", *count) }</span></div>
        },
        Line::Gap { key, from, to, missing, state } => html! {
            <GapRow key={(*key).to_owned()} id={(*key).to_owned()} from={from.get()} missing={*missing}
                unread={*to >= props.unread_from} state={*state} />
        },
        Line::Message(message, place) => html! {
            <MessageBubble
                key={message.key.clone()}
                message={(*message).clone()}
                place={*place}
                person={props.view.head.person.clone()}
                refused={refusal(props, message)}
                visit={visit(props, message)}
                find={props.find.clone()}
                found={message.seq.is_some() && message.seq == props.found}
                on_link={props.on_link.clone()}
                on_deed={props.on_deed.clone()}
                on_open={on_open.clone()}
            />
        },
    }
}

/// Why the last deed on this message came to nothing.
fn refusal(props: &Props, message: &TimelineMessage) -> Option<IpcError> {
    let (of, why) = props.refused.as_ref()?;
    (message.key == *of).then(|| why.clone())
}

/// The number of the visit to this message, if it is the last one.
fn visit(props: &Props, message: &TimelineMessage) -> Option<u32> {
    props.visit.filter(|(_, seq)| message.seq == Some(*seq)).map(|(n, _)| n)
}

/// The start of the conversation; more of it while it is empty.
fn start(words: &Words, props: &Props) -> Html {
    let person = &props.view.head.person;
    let empty = props.view.items.is_empty();
    html! {
        <div key="start" class="conversation-start" role="listitem">
            if empty {
                <Avatar account={person.account_id} name={person.name.clone()} size={Size::Details} />
            }
            <p class="conversation-start__title">
                if empty { { words.text("conversation-empty-title") } } else { { words.about("conversation-start-title", &person.name) } }
            </p>
            if empty {
                <p class="conversation-start__text">{ words.about("conversation-empty", &person.name) }</p>
            }
        </div>
    }
}
