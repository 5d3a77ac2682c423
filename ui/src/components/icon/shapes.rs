//! What each icon is drawn of: Lucide's own paths, unchanged, in a square of 24.

use super::IconName;

/// What an icon is drawn of.
pub(super) enum Shape {
    Path(&'static str),
    Circle { cx: &'static str, cy: &'static str, r: &'static str },
    Rect { x: &'static str, y: &'static str, width: &'static str, height: &'static str, rx: &'static str },
}

impl IconName {
    /// What it is drawn of.
    pub(super) const fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Activities => &[
                Shape::Path("M11 7a16 16 20 0 1 10.98 4.362"),
                Shape::Path("M12 12a13 13 0 0 1-8.66 5"),
                Shape::Path("M16.83 13.634a16 16 0 0 1-9.267 7.328"),
                Shape::Path("M20.66 17A13 13 0 0 0 12 12a13 13 0 0 1 0-10"),
                Shape::Path("M8.17 15.366a16 16 0 0 1-1.713-11.69"),
                Shape::Circle { cx: "12", cy: "12", r: "10" },
            ],
            Self::Animals => &[
                Shape::Circle { cx: "11", cy: "4", r: "2" },
                Shape::Circle { cx: "18", cy: "8", r: "2" },
                Shape::Circle { cx: "20", cy: "16", r: "2" },
                Shape::Path(
                    "M9 10a5 5 0 0 1 5 5v3.5a3.5 3.5 0 0 1-6.84 1.045Q6.52 17.48 4.46 16.84A3.5 3.5 0 0 1 5.5 10Z",
                ),
            ],
            Self::Archive => &[
                Shape::Rect { x: "2", y: "3", width: "20", height: "5", rx: "1" },
                Shape::Path("M4 8v11a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8"),
                Shape::Path("M10 12h4"),
            ],
            Self::ArchiveOut => &[
                Shape::Rect { x: "2", y: "3", width: "20", height: "5", rx: "1" },
                Shape::Path("M4 8v11a2 2 0 0 0 2 2h2"),
                Shape::Path("M20 8v11a2 2 0 0 1-2 2h-2"),
                Shape::Path("m9 15 3-3 3 3"),
                Shape::Path("M12 12v9"),
            ],
            Self::Bell => &[
                Shape::Path("M10.268 21a2 2 0 0 0 3.464 0"),
                Shape::Path(
                    "M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326",
                ),
            ],
            Self::BellOff => &[
                Shape::Path("M10.268 21a2 2 0 0 0 3.464 0"),
                Shape::Path("M17 17H4a1 1 0 0 1-.74-1.673C4.59 13.956 6 12.499 6 8a6 6 0 0 1 .258-1.742"),
                Shape::Path("m2 2 20 20"),
                Shape::Path("M8.668 3.01A6 6 0 0 1 18 8c0 2.687.77 4.653 1.707 6.05"),
            ],
            Self::MailOpen => &[
                Shape::Path(
                    "M21.2 8.4c.5.38.8.97.8 1.6v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V10a2 2 0 0 1 .8-1.6l8-6a2 2 0 0 1 2.4 0l8 6Z",
                ),
                Shape::Path("m22 10-8.97 5.7a1.94 1.94 0 0 1-2.06 0L2 10"),
            ],
            Self::MessageDot => &[
                Shape::Path("M11.7 3H5a2 2 0 0 0-2 2v16l4-4h12a2 2 0 0 0 2-2v-2.7"),
                Shape::Circle { cx: "18", cy: "6", r: "3" },
            ],
            Self::Pin => &[
                Shape::Path("M12 17v5"),
                Shape::Path(
                    "M9 10.76a2 2 0 0 1-1.11 1.79l-1.78.9A2 2 0 0 0 5 15.24V16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-.76a2 2 0 0 0-1.11-1.79l-1.78-.9A2 2 0 0 1 15 10.76V7a1 1 0 0 1 1-1 2 2 0 0 0 0-4H8a2 2 0 0 0 0 4 1 1 0 0 1 1 1z",
                ),
            ],
            Self::PinOff => &[
                Shape::Path("M12 17v5"),
                Shape::Path("M15 9.34V7a1 1 0 0 1 1-1 2 2 0 0 0 0-4H7.89"),
                Shape::Path("m2 2 20 20"),
                Shape::Path("M9 9v1.76a2 2 0 0 1-1.11 1.79l-1.78.9A2 2 0 0 0 5 15.24V16a1 1 0 0 0 1 1h11"),
            ],
            Self::Copy => &[
                Shape::Rect { x: "8", y: "8", width: "14", height: "14", rx: "2" },
                Shape::Path("M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"),
            ],
            Self::Download => &[
                Shape::Path("M12 15V3"),
                Shape::Path("M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"),
                Shape::Path("m7 10 5 5 5-5"),
            ],
            Self::Edit => &[
                Shape::Path(
                    "M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z",
                ),
                Shape::Path("m15 5 4 4"),
            ],
            Self::Flags => &[Shape::Path(
                "M4 22V4a1 1 0 0 1 .4-.8A6 6 0 0 1 8 2c3 0 5 2 7.333 2q2 0 3.067-.8A1 1 0 0 1 20 4v10a1 1 0 0 1-.4.8A6 6 0 0 1 16 16c-3 0-5-2-8-2a6 6 0 0 0-4 1.528",
            )],
            Self::Food => &[
                Shape::Path("M12 6.528V3a1 1 0 0 1 1-1h0"),
                Shape::Path(
                    "M18.237 21A15 15 0 0 0 22 11a6 6 0 0 0-10-4.472A6 6 0 0 0 2 11a15.1 15.1 0 0 0 3.763 10 3 3 0 0 0 3.648.648 5.5 5.5 0 0 1 5.178 0A3 3 0 0 0 18.237 21",
                ),
            ],
            Self::Hand => &[
                Shape::Path("M18 11V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2"),
                Shape::Path("M14 10V4a2 2 0 0 0-2-2a2 2 0 0 0-2 2v2"),
                Shape::Path("M10 10.5V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2v8"),
                Shape::Path(
                    "M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15",
                ),
            ],
            Self::History => &[
                Shape::Path("M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"),
                Shape::Path("M3 3v5h5"),
                Shape::Path("M12 7v5l4 2"),
            ],
            Self::Info => &[
                Shape::Circle { cx: "12", cy: "12", r: "10" },
                Shape::Path("M12 16v-4"),
                Shape::Path("M12 8h.01"),
            ],
            Self::More => &[
                Shape::Circle { cx: "12", cy: "12", r: "1" },
                Shape::Circle { cx: "19", cy: "12", r: "1" },
                Shape::Circle { cx: "5", cy: "12", r: "1" },
            ],
            Self::Objects => &[
                Shape::Path(
                    "M15 14c.2-1 .7-1.7 1.5-2.5 1-.9 1.5-2.2 1.5-3.5A6 6 0 0 0 6 8c0 1 .2 2.2 1.5 3.5.7.7 1.3 1.5 1.5 2.5",
                ),
                Shape::Path("M9 18h6"),
                Shape::Path("M10 22h4"),
            ],
            Self::Plus => &[Shape::Path("M5 12h14"), Shape::Path("M12 5v14")],
            Self::React => &[
                Shape::Path("M13.267 2.08a10 10 0 108.653 8.653"),
                Shape::Path("M15 10V9"),
                Shape::Path("M16 5h6"),
                Shape::Path("M16.472 15a6 6 0 01-8.943 0"),
                Shape::Path("M19 2v6"),
                Shape::Path("M9 10V9"),
            ],
            Self::Smile => &[
                Shape::Path("M15 10V9"),
                Shape::Path("M16.472 15a6 6 0 01-8.943 0"),
                Shape::Path("M9 10V9"),
                Shape::Circle { cx: "12", cy: "12", r: "10" },
            ],
            Self::Symbols => &[
                Shape::Path("M4 9L20 9"),
                Shape::Path("M4 15L20 15"),
                Shape::Path("M10 3L8 21"),
                Shape::Path("M16 3L14 21"),
            ],
            Self::Travel => &[
                Shape::Path(
                    "M19 17h2c.6 0 1-.4 1-1v-3c0-.9-.7-1.7-1.5-1.9C18.7 10.6 16 10 16 10s-1.3-1.4-2.2-2.3c-.5-.4-1.1-.7-1.8-.7H5c-.6 0-1.1.4-1.4.9l-1.4 2.9A3.7 3.7 0 0 0 2 12v4c0 .6.4 1 1 1h2",
                ),
                Shape::Circle { cx: "7", cy: "17", r: "2" },
                Shape::Path("M9 17h6"),
                Shape::Circle { cx: "17", cy: "17", r: "2" },
            ],
            Self::Alert => &[
                Shape::Path("m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"),
                Shape::Path("M12 9v4"),
                Shape::Path("M12 17h.01"),
            ],
            Self::ArrowDown => &[Shape::Path("M12 5v14"), Shape::Path("m19 12-7 7-7-7")],
            Self::ArrowUp => &[Shape::Path("m5 12 7-7 7 7"), Shape::Path("M12 19V5")],
            Self::Back => &[Shape::Path("m12 19-7-7 7-7"), Shape::Path("M19 12H5")],
            Self::Check => &[Shape::Path("M20 6 9 17l-5-5")],
            Self::CheckDouble => &[Shape::Path("M18 6 7 17l-5-5"), Shape::Path("m22 10-7.5 7.5L13 16")],
            Self::Clinic => &[
                Shape::Path("M11 2v2"),
                Shape::Path("M5 2v2"),
                Shape::Path("M5 3H4a2 2 0 0 0-2 2v4a6 6 0 0 0 12 0V5a2 2 0 0 0-2-2h-1"),
                Shape::Path("M8 15a6 6 0 0 0 12 0v-3"),
                Shape::Circle { cx: "20", cy: "10", r: "2" },
            ],
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
            Self::Home => &[
                Shape::Path("M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8"),
                Shape::Path(
                    "M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z",
                ),
            ],
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
            Self::QuickReply => &[
                Shape::Path(
                    "M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z",
                ),
                Shape::Path("M7 11h10"),
                Shape::Path("M7 15h6"),
                Shape::Path("M7 7h8"),
            ],
            Self::Refresh => &[
                Shape::Path("M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8"),
                Shape::Path("M21 3v5h-5"),
                Shape::Path("M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16"),
                Shape::Path("M8 16H3v5"),
            ],
            Self::Reply => &[Shape::Path("M20 18v-2a4 4 0 0 0-4-4H4"), Shape::Path("m9 17-5-5 5-5")],
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
            Self::Users => &[
                Shape::Path("M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"),
                Shape::Path("M16 3.128a4 4 0 0 1 0 7.744"),
                Shape::Path("M22 21v-2a4 4 0 0 0-3-3.87"),
                Shape::Circle { cx: "9", cy: "7", r: "4" },
            ],
        }
    }
}
