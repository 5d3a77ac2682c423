//! The outlined icons: Lucide's paths (ISC licence), one typed name each, drawn as SVG nodes.
//!
//! Decorative always: a button's name is its label, so that no icon is ever read out.

use yew::{Html, Properties, component, html};

/// An icon of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IconName {
    /// Something needs attention.
    Alert,
    /// Down to the newest.
    ArrowDown,
    /// Back; mirrored in right-to-left languages.
    Back,
    /// Sent, or chosen.
    Check,
    /// Delivered or read.
    CheckDouble,
    /// Waiting.
    Clock,
    /// Close or clear.
    Close,
    /// Offline.
    CloudOff,
    /// New conversation.
    Compose,
    /// The details panel.
    Details,
    /// Show the password.
    Eye,
    /// Hide the password.
    EyeOff,
    /// Limited connection.
    Gauge,
    /// No conversations.
    Inbox,
    /// Protected.
    Lock,
    /// Chat.
    Message,
    /// Fetch again, reconnecting.
    Refresh,
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
    /// The server cannot be used.
    Unplug,
    /// Signed out.
    UserOff,
}

/// What an icon is drawn of.
enum Shape {
    Path(&'static str),
    Circle { cx: &'static str, cy: &'static str, r: &'static str },
    Rect { x: &'static str, y: &'static str, width: &'static str, height: &'static str, rx: &'static str },
}

impl IconName {
    const fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Alert => &[
                Shape::Path("m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"),
                Shape::Path("M12 9v4"),
                Shape::Path("M12 17h.01"),
            ],
            Self::ArrowDown => &[Shape::Path("M12 5v14"), Shape::Path("m19 12-7 7-7-7")],
            Self::Back => &[Shape::Path("m12 19-7-7 7-7"), Shape::Path("M19 12H5")],
            Self::Check => &[Shape::Path("M20 6 9 17l-5-5")],
            Self::CheckDouble => &[Shape::Path("M18 6 7 17l-5-5"), Shape::Path("m22 10-7.5 7.5L13 16")],
            Self::Clock => &[Shape::Circle { cx: "12", cy: "12", r: "10" }, Shape::Path("M12 6v6l4 2")],
            Self::Close => &[Shape::Path("M18 6 6 18"), Shape::Path("m6 6 12 12")],
            Self::CloudOff => &[
                Shape::Path("M10.94 5.274A7 7 0 0 1 15.71 10h1.79a4.5 4.5 0 0 1 4.222 6.057"),
                Shape::Path("M18.796 18.81A4.5 4.5 0 0 1 17.5 19H9A7 7 0 0 1 5.79 5.78"),
                Shape::Path("m2 2 20 20"),
            ],
            Self::Compose => &[
                Shape::Path("M12 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-7"),
                Shape::Path(
                    "M18.375 2.625a1 1 0 0 1 3 3l-9.013 9.014a2 2 0 0 1-.853.505l-2.873.84a.5.5 0 0 1-.62-.62l.84-2.873a2 2 0 0 1 .506-.852z",
                ),
            ],
            Self::Details => {
                &[Shape::Rect { x: "3", y: "3", width: "18", height: "18", rx: "2" }, Shape::Path("M15 3v18")]
            }
            Self::Eye => &[
                Shape::Path(
                    "M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0",
                ),
                Shape::Circle { cx: "12", cy: "12", r: "3" },
            ],
            Self::EyeOff => &[
                Shape::Path(
                    "M10.733 5.076a10.744 10.744 0 0 1 11.205 6.575 1 1 0 0 1 0 .696 10.747 10.747 0 0 1-1.444 2.49",
                ),
                Shape::Path("M14.084 14.158a3 3 0 0 1-4.242-4.242"),
                Shape::Path(
                    "M17.479 17.499a10.75 10.75 0 0 1-15.417-5.151 1 1 0 0 1 0-.696 10.75 10.75 0 0 1 4.446-5.143",
                ),
                Shape::Path("m2 2 20 20"),
            ],
            Self::Gauge => &[Shape::Path("m12 14 4-4"), Shape::Path("M3.34 19a10 10 0 1 1 17.32 0")],
            Self::Inbox => &[
                Shape::Path(
                    "M16 10a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 14.286V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2z",
                ),
                Shape::Path(
                    "M20 9a2 2 0 0 1 2 2v10.286a.71.71 0 0 1-1.212.502l-2.202-2.202A2 2 0 0 0 17.172 19H10a2 2 0 0 1-2-2v-1",
                ),
            ],
            Self::Lock => &[
                Shape::Rect { x: "3", y: "11", width: "18", height: "11", rx: "2" },
                Shape::Path("M7 11V7a5 5 0 0 1 10 0v4"),
            ],
            Self::Message => &[Shape::Path(
                "M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719",
            )],
            Self::Refresh => &[
                Shape::Path("M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8"),
                Shape::Path("M21 3v5h-5"),
                Shape::Path("M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16"),
                Shape::Path("M8 16H3v5"),
            ],
            Self::Retracted => {
                &[Shape::Circle { cx: "12", cy: "12", r: "10" }, Shape::Path("M4.929 4.929 19.07 19.071")]
            }
            Self::Search => &[Shape::Path("m21 21-4.34-4.34"), Shape::Circle { cx: "11", cy: "11", r: "8" }],
            Self::SearchOff => &[
                Shape::Path("m13.5 8.5-5 5"),
                Shape::Path("m8.5 8.5 5 5"),
                Shape::Circle { cx: "11", cy: "11", r: "8" },
                Shape::Path("m21 21-4.3-4.3"),
            ],
            Self::Send => &[Shape::Path("M5 12h14"), Shape::Path("m12 5 7 7-7 7")],
            Self::Settings => &[
                Shape::Path(
                    "M9.671 4.136a2.34 2.34 0 0 1 4.659 0 2.34 2.34 0 0 0 3.319 1.915 2.34 2.34 0 0 1 2.33 4.033 2.34 2.34 0 0 0 0 3.831 2.34 2.34 0 0 1-2.33 4.033 2.34 2.34 0 0 0-3.319 1.915 2.34 2.34 0 0 1-4.659 0 2.34 2.34 0 0 0-3.32-1.915 2.34 2.34 0 0 1-2.33-4.033 2.34 2.34 0 0 0 0-3.831A2.34 2.34 0 0 1 6.35 6.051a2.34 2.34 0 0 0 3.319-1.915",
                ),
                Shape::Circle { cx: "12", cy: "12", r: "3" },
            ],
            Self::Unplug => &[
                Shape::Path("m19 5 3-3"),
                Shape::Path("m2 22 3-3"),
                Shape::Path("M6.3 20.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4Z"),
                Shape::Path("M7.5 13.5 10 11"),
                Shape::Path("M10.5 16.5 13 14"),
                Shape::Path("m12 6 6 6 2.3-2.3a2.4 2.4 0 0 0 0-3.4l-2.6-2.6a2.4 2.4 0 0 0-3.4 0Z"),
            ],
            Self::UserOff => &[
                Shape::Path("M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"),
                Shape::Circle { cx: "9", cy: "7", r: "4" },
                Shape::Path("M17 8L22 13"),
                Shape::Path("M22 8L17 13"),
            ],
        }
    }

    /// Whether it points along the line of reading.
    const fn follows_reading(self) -> bool {
        matches!(self, Self::Back | Self::Send)
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
