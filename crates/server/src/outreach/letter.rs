//! The words of what is sent, in the recipient's language. They name nobody, no clinic and nothing of a message: only that
//! something waits, and where. An address stands on a line of its own, so that every program makes a link of it.

use std::sync::LazyLock;

use bedside_i18n::{Language, Localizer};
use bedside_protocol::RoomId;
use bedside_protocol::wire::Channel;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use url::Url;

use super::Code;
use super::carrier::Letter;
use bedside_protocol::Timestamp;
use uuid::Uuid;

use crate::store::Dispatch;

static STRINGS: LazyLock<[Localizer; 3]> = LazyLock::new(|| Language::ALL.map(Localizer::for_language));

fn strings(language: Language) -> &'static Localizer {
    let [first, ..] = &*STRINGS;
    STRINGS.iter().find(|strings| strings.language() == language).unwrap_or(first)
}

/// What something is about.
#[derive(Clone, Copy)]
enum About {
    Message,
    Urgent,
    Notice,
}

impl About {
    const fn of(dispatch: &Dispatch) -> Self {
        match dispatch {
            Dispatch { urgent: true, .. } => Self::Urgent,
            Dispatch { room: Some(_), .. } => Self::Message,
            Dispatch { room: None, .. } => Self::Notice,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Message => "outreach-message",
            Self::Urgent => "outreach-urgent",
            Self::Notice => "outreach-notice",
        }
    }

    const fn body(self) -> &'static str {
        match self {
            Self::Message => "outreach-message-body",
            Self::Urgent => "outreach-urgent-body",
            Self::Notice => "outreach-notice-body",
        }
    }
}

/// What tells that something waits.
pub(super) fn telling(dispatch: &Dispatch, public_url: Option<&Url>, at: Timestamp) -> Letter {
    let language = Language::from_tag(dispatch.language.as_deref().unwrap_or_default());
    let (strings, about) = (strings(language), About::of(dispatch));
    let page = public_url.and_then(|url| page(url, dispatch.room));
    let stop_url =
        public_url.and_then(|url| url.join(&format!("/outreach/stop/{}/", dispatch.stop_token)).ok());
    let (text, html) = match dispatch.channel {
        Channel::Email => {
            let links = Links { app: app(dispatch.room), page: page.as_ref(), stop: stop_url.as_ref() };
            (plain(strings, about, &links), rich(strings, about, &links).into_string())
        }
        Channel::Sms => (short(strings, about, page.as_ref()), String::new()),
    };
    Letter {
        key: dispatch.key,
        to: dispatch.address.clone(),
        subject: strings.text(about.title()),
        text,
        html,
        language,
        stop_url,
        at,
    }
}

/// What carries a code to an address.
pub(crate) fn coded(
    key: Uuid,
    (channel, to): (Channel, &str),
    code: &Code,
    language: Language,
    at: Timestamp,
) -> Letter {
    let strings = strings(language);
    let say = |id| strings.text_with(id, &[("code", code.as_str().into())]);
    let (text, html) = match channel {
        Channel::Email => {
            let (first, rest) = (say("outreach-code-body"), strings.text("outreach-code-unasked"));
            let page = frame(strings, &html! { p { (first) } p { strong { (code.as_str()) } } p { (rest) } });
            (format!("{first}\n\n{}\n\n{rest}\n", code.as_str()), page.into_string())
        }
        Channel::Sms => (say("outreach-code-sms"), String::new()),
    };
    let subject = strings.text("outreach-code");
    Letter { key, to: to.to_owned(), subject, text, html, language, stop_url: None, at }
}

/// Where the app opens it.
fn app(room: Option<RoomId>) -> String {
    room.map_or_else(|| "bedside://alerts".to_owned(), |room| format!("bedside://room/{room}"))
}

/// Where a browser does.
fn page(public_url: &Url, room: Option<RoomId>) -> Option<Url> {
    let path = room.map_or_else(|| "/chat/".to_owned(), |room| format!("/chat/room/{room}/"));
    public_url.join(&path).ok()
}

struct Links<'l> {
    app: String,
    page: Option<&'l Url>,
    stop: Option<&'l Url>,
}

fn short(strings: &Localizer, about: About, page: Option<&Url>) -> String {
    let title = strings.text(about.title());
    page.map_or_else(|| title.clone(), |page| format!("{title}\n{page}"))
}

fn plain(strings: &Localizer, about: About, links: &Links<'_>) -> String {
    let mut parts = vec![strings.text(about.title()), strings.text(about.body())];
    if let Some(page) = links.page {
        parts.push(format!("{}\n{page}", strings.text("outreach-open-page")));
    }
    parts.push(format!("{}\n{}", strings.text("outreach-open-app"), links.app));
    parts.push(strings.text("outreach-why"));
    if let Some(stop) = links.stop {
        parts.push(format!("{}\n{stop}", strings.text("outreach-stop")));
    }
    parts.join("\n\n") + "\n"
}

fn rich(strings: &Localizer, about: About, links: &Links<'_>) -> Markup {
    frame(
        strings,
        &html! {
            h1 style="font-size:20px;margin:0 0 16px" { (strings.text(about.title())) }
            p { (strings.text(about.body())) }
            @if let Some(page) = links.page {
                p { a href=(page) style=(BUTTON) { (strings.text("outreach-open-page")) } }
            }
            p { a href=(links.app) { (strings.text("outreach-open-app")) } }
            hr style="border:0;border-top:1px solid #d0d7de;margin:24px 0 16px";
            p style="color:#57606a;font-size:13px" {
                (strings.text("outreach-why"))
                @if let Some(stop) = links.stop { " " a href=(stop) { (strings.text("outreach-stop")) } }
            }
        },
    )
}

const BUTTON: &str = "background:#0b6e6e;border-radius:8px;color:#ffffff;display:inline-block;font-weight:600;\
    padding:12px 20px;text-decoration:none";

/// Styles stand in the tags: e-mail programs drop everything else.
fn frame(strings: &Localizer, body: &Markup) -> Markup {
    let language = strings.language();
    let direction = language.direction().as_str();
    html! {
        (DOCTYPE)
        html lang=(language.tag()) dir=(direction) {
            head { meta charset="utf-8"; title { (PreEscaped("")) } }
            body dir=(direction) style="background:#ffffff;color:#1f2328;font-family:system-ui,sans-serif;\
                font-size:16px;line-height:1.5;margin:0 auto;max-width:32em;padding:24px" { (body) }
        }
    }
}
