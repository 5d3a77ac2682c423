//! What can be done with a conversation of the list, in a menu that opens where one is.

use bedside_protocol::ipc::{MuteSpan, RoomDeed, RoomMarks};
use bedside_protocol::wire::Mute;
use web_sys::{Element, KeyboardEvent};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_node_ref};

use super::{Icon, IconName, Popup, Spot, message_menu, popup};
use crate::words::{Words, use_words};

/// A menu's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub at: Spot,
    /// Whose conversation it is.
    pub name: AttrValue,
    pub marks: RoomMarks,
    /// Their messages not read.
    pub unread: i64,
    pub on_close: Callback<()>,
    pub on_deed: Callback<RoomDeed>,
    /// It is to be taken along.
    #[prop_or_default]
    pub on_download: Option<Callback<()>>,
}

/// The menu. It closes before what was chosen is done, so that the focus is back where it was.
#[component]
pub(crate) fn RoomMenu(props: &Props) -> Html {
    let words = use_words();
    let menu = use_node_ref();
    let onkeydown = Callback::from({
        let menu = menu.clone();
        move |event: KeyboardEvent| {
            if let Some(menu) = menu.cast::<Element>() {
                message_menu::walk(&menu, &event);
            }
        }
    });
    let on_deed = Callback::from({
        let (on_close, on_deed) = (props.on_close.clone(), props.on_deed.clone());
        move |deed| {
            popup::close();
            on_close.emit(());
            on_deed.emit(deed);
        }
    });
    let label = words.about("room-menu", &props.name);
    html! {
        <Popup at={props.at} label={label.clone()} on_close={props.on_close.clone()}>
            <div class="menu" role="menu" aria-label={label} ref={menu} {onkeydown}>
                { for offered(&props.marks, props.unread).into_iter().map(|deed| item(&words, props, deed, &on_deed)) }
                if let Some(on_download) = &props.on_download {
                    { download(&words, &props.on_close, on_download) }
                }
            </div>
        </Popup>
    }
}

/// What makes sense now. Unread messages are read by looking at them and by nothing else: their author is told.
fn offered(marks: &RoomMarks, unread: i64) -> Vec<RoomDeed> {
    let mut deeds = vec![if marks.pinned { RoomDeed::Unpin } else { RoomDeed::Pin }];
    if marks.is_muted() {
        deeds.push(RoomDeed::Unmute);
    } else {
        let spans = [MuteSpan::Hour, MuteSpan::EightHours, MuteSpan::Forever];
        deeds.extend(spans.map(|span| RoomDeed::Mute { span }));
    }
    match (marks.marked_unread, unread) {
        (true, _) => deeds.push(RoomDeed::MarkRead),
        (false, 0) => deeds.push(RoomDeed::MarkUnread),
        (false, _) => {}
    }
    deeds.push(if marks.archived { RoomDeed::Unarchive } else { RoomDeed::Archive });
    deeds
}

fn item(words: &Words, props: &Props, deed: RoomDeed, on_deed: &Callback<RoomDeed>) -> Html {
    let text = match (deed, props.marks.muted) {
        (RoomDeed::Unmute, Mute::Until(end)) => {
            words.text_with("room-unmute-until", &[("time", words.dates().time(end).into())])
        }
        _ => words.text(id(deed)),
    };
    html! {
        <button class="menu__item" type="button" role="menuitem" tabindex="-1" onclick={on_deed.reform(move |_| deed)}>
            <Icon name={icon(deed)} />{ text }
        </button>
    }
}

fn download(words: &Words, on_close: &Callback<()>, on_download: &Callback<()>) -> Html {
    let (on_close, on_download) = (on_close.clone(), on_download.clone());
    let onclick = Callback::from(move |_| {
        popup::close();
        on_close.emit(());
        on_download.emit(());
    });
    html! {
        <button class="menu__item" type="button" role="menuitem" tabindex="-1" {onclick}>
            <Icon name={IconName::Download} />{ words.text("download") }
        </button>
    }
}

const fn icon(deed: RoomDeed) -> IconName {
    match deed {
        RoomDeed::Pin => IconName::Pin,
        RoomDeed::Unpin => IconName::PinOff,
        RoomDeed::Mute { .. } => IconName::BellOff,
        RoomDeed::Unmute => IconName::Bell,
        RoomDeed::MarkUnread => IconName::MessageDot,
        RoomDeed::MarkRead => IconName::MailOpen,
        RoomDeed::Archive => IconName::Archive,
        RoomDeed::Unarchive => IconName::ArchiveOut,
    }
}

const fn id(deed: RoomDeed) -> &'static str {
    match deed {
        RoomDeed::Pin => "room-pin",
        RoomDeed::Unpin => "room-unpin",
        RoomDeed::Mute { span: MuteSpan::Hour } => "room-mute-hour",
        RoomDeed::Mute { span: MuteSpan::EightHours } => "room-mute-eight-hours",
        RoomDeed::Mute { span: MuteSpan::Forever } => "room-mute-forever",
        RoomDeed::Unmute => "room-unmute",
        RoomDeed::MarkUnread => "room-mark-unread",
        RoomDeed::MarkRead => "room-mark-read",
        RoomDeed::Archive => "room-archive",
        RoomDeed::Unarchive => "room-unarchive",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_deed_is_offered_where_it_changes_something() {
        let plain = offered(&RoomMarks::default(), 0);
        assert_eq!(plain.len(), 6);
        assert!(plain.contains(&RoomDeed::Pin) && plain.contains(&RoomDeed::MarkUnread));
        let marks = RoomMarks {
            pinned: true,
            muted: Mute::Forever,
            archived: true,
            marked_unread: true,
            reply_due: None,
        };
        let undo = [RoomDeed::Unpin, RoomDeed::Unmute, RoomDeed::MarkRead, RoomDeed::Unarchive];
        assert_eq!(offered(&marks, 0), undo);
    }

    #[test]
    fn nobody_reads_messages_without_looking_at_them() {
        let deeds = offered(&RoomMarks::default(), 3);
        assert!(!deeds.contains(&RoomDeed::MarkRead) && !deeds.contains(&RoomDeed::MarkUnread));
    }
}
