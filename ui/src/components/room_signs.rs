//! The small signs on a row of the list: pinned, muted, and what is unread.

use bedside_protocol::ipc::{RoomMarks, RoomRow};
use yew::{Html, Properties, component, html};

use super::{Badge, Icon, IconName, Loudness};
use crate::format;
use crate::words::{Words, use_words};

/// The properties of the signs beside a name.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub marks: RoomMarks,
}

/// The signs beside a name.
#[component]
pub(crate) fn RoomSigns(props: &Props) -> Html {
    let words = use_words();
    html! {
        <>
            if props.marks.pinned { { sign(&words, IconName::Pin, "row-pinned") } }
            if let Some(due) = props.marks.reply_due {
                if due <= format::now() {
                    <span class="room-row__overdue">{ sign(&words, IconName::Clock, "row-reply-over") }</span>
                } else {
                    { sign(&words, IconName::Clock, "row-reply-awaited") }
                }
            }
            if props.marks.is_muted() { { sign(&words, IconName::BellOff, "row-muted") } }
        </>
    }
}

fn sign(words: &Words, icon: IconName, id: &str) -> Html {
    html! {
        <span class="room-row__sign">
            <Icon name={icon} /><span class="visually-hidden">{ words.text(id) }</span>
        </span>
    }
}

/// What is unread: how much, or that somebody has marked it so. A muted conversation says it quietly.
pub(super) fn unread(words: &Words, row: &RoomRow) -> Html {
    let loudness = if row.marks.is_muted() && !row.urgent { Loudness::Quiet } else { Loudness::Loud };
    if row.unread > 0 {
        return html! {
            <>
                <Badge count={row.unread} {loudness} />
                <span class="visually-hidden">{ words.count("row-unread", row.unread) }</span>
            </>
        };
    }
    if row.marks.marked_unread {
        let class = if loudness == Loudness::Quiet { "unread-dot unread-dot--quiet" } else { "unread-dot" };
        return html! {
            <span {class}><span class="visually-hidden">{ words.text("row-marked-unread") }</span></span>
        };
    }
    Html::default()
}
