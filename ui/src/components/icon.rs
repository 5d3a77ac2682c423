//! The outlined icons: Lucide's paths (ISC licence), one typed name each, drawn as SVG nodes.
//!
//! Decorative always: a button's name is its label, so that no icon is ever read out.

use yew::{Html, Properties, component, html};

use self::shapes::Shape;

mod shapes;

/// An icon of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IconName {
    /// Emoji: activities.
    Activities,
    /// Something needs attention.
    Alert,
    /// Emoji: animals and nature.
    Animals,
    /// Put away.
    Archive,
    /// Brought back.
    ArchiveOut,
    /// Down to the newest, or further down.
    ArrowDown,
    /// Further up.
    ArrowUp,
    /// Back; mirrored in right-to-left languages.
    Back,
    /// Told of again.
    Bell,
    /// Told of quietly.
    BellOff,
    /// Sent, or chosen.
    Check,
    /// Delivered.
    CheckDouble,
    /// The clinic.
    Clinic,
    /// Waiting.
    Clock,
    /// Close or clear.
    Close,
    /// Offline.
    CloudOff,
    /// New conversation.
    Compose,
    /// Copy a text.
    Copy,
    /// The details panel.
    Details,
    /// Change a text.
    Download,
    Edit,
    /// Read; or show the password.
    Eye,
    /// Hide the password.
    EyeOff,
    /// Emoji: flags.
    Flags,
    /// Emoji: food and drink.
    Food,
    /// Limited connection.
    Gauge,
    /// Emoji: people.
    Hand,
    /// Earlier versions.
    History,
    /// The home page.
    Home,
    /// No conversations.
    Inbox,
    /// More about something.
    Info,
    /// Protected.
    Lock,
    /// Marked read.
    MailOpen,
    /// Chat.
    Message,
    /// Marked unread.
    MessageDot,
    /// More that can be done.
    More,
    /// Emoji: objects.
    Objects,
    /// On top of the list.
    Pin,
    /// No longer there.
    PinOff,
    /// More to choose from.
    Plus,
    /// Ready-made texts.
    QuickReply,
    /// React with an emoji.
    React,
    /// Fetch again, reconnecting.
    Refresh,
    /// Reply to a message; mirrored in right-to-left languages.
    Reply,
    /// Taken back.
    Retracted,
    /// Search.
    Search,
    /// Nothing found.
    SearchOff,
    /// Send; mirrored in right-to-left languages.
    Send,
    /// Settings.
    Settings,
    /// Emoji.
    Smile,
    /// Emoji: symbols.
    Symbols,
    /// Emoji: travel and places.
    Travel,
    /// The server cannot be used.
    Unplug,
    /// Signed out.
    UserOff,
    /// Several people.
    Users,
}

impl IconName {
    /// Whether it points along the line of reading.
    const fn follows_reading(self) -> bool {
        matches!(self, Self::Back | Self::Reply | Self::Send)
    }
}

/// An icon's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Which.
    pub name: IconName,
}

/// An icon, 20 px unless its place says otherwise.
#[component]
pub(crate) fn Icon(props: &Props) -> Html {
    let class = if props.name.follows_reading() { "icon icon--directed" } else { "icon" };
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            { for props.name.shapes().iter().map(draw) }
        </svg>
    }
}

fn draw(shape: &Shape) -> Html {
    match *shape {
        Shape::Path(d) => html! { <path {d} /> },
        Shape::Circle { cx, cy, r } => html! { <circle {cx} {cy} {r} /> },
        Shape::Rect { x, y, width, height, rx } => html! { <rect {x} {y} {width} {height} {rx} /> },
    }
}
