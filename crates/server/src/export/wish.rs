//! What somebody wants written out, as the address says it.

use axum::http::HeaderMap;
use bedside_export::{Format, Zone, package};
use bedside_i18n::Language;
use bedside_protocol::{ErrorCode, Timestamp};
use serde::Deserialize;

use crate::accept;
use crate::failure::Failure;
use crate::peer::Client;
use crate::store::ExportStart;

/// As what, and which messages.
#[derive(Deserialize)]
pub(crate) struct Query {
    format: Option<String>,
    /// `zip`, or `frames` for a program that makes one of it; the file by itself if it is left out.
    package: Option<String>,
    /// A moment (RFC 3339), or the day it begins with.
    from: Option<String>,
    /// A moment, which is not in it any more, or the last day that is.
    to: Option<String>,
    /// An IANA name; else the reader's own, else the clinic's.
    zone: Option<String>,
    /// A BCP 47 tag; else what the request accepts.
    language: Option<String>,
}

/// What is around the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packaging {
    /// Nothing.
    Plain,
    /// An archive with a signed manifest.
    Zip,
    /// The same files and manifest, for a program that makes an archive of them.
    Frames,
}

/// Which messages, in whose words.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) format: Format,
    pub(crate) packaging: Packaging,
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
    pub(crate) time_zone: String,
    pub(crate) language: &'static str,
    /// The server's address, as the reader knows it.
    pub(crate) server: String,
}

impl Wish {
    /// The media type, and how a file's name ends.
    pub(crate) const fn kind(&self) -> (&'static str, &'static str) {
        match self.packaging {
            Packaging::Plain => (self.format.media_type(), self.format.ending()),
            Packaging::Zip => ("application/zip", "zip"),
            Packaging::Frames => (package::FRAMES_TYPE, "frames"),
        }
    }
}

impl Query {
    /// What can be told to be wrong before anything is read.
    pub(crate) fn check(&self) -> Result<(Format, Packaging), Failure> {
        if let Some(zone) = self.zone.as_deref().filter(|zone| !Zone::exists(zone)) {
            return Err(invalid(format!("There is no time zone {zone:?}.")));
        }
        Ok((self.format()?, self.packaging()?))
    }

    fn format(&self) -> Result<Format, Failure> {
        let word = self.format.as_deref().unwrap_or(Format::Html.word());
        Format::parse(word).ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
            invalid(format!("The formats are {}.", known.join(", ")))
        })
    }

    fn packaging(&self) -> Result<Packaging, Failure> {
        match self.package.as_deref() {
            None => Ok(Packaging::Plain),
            Some("zip") => Ok(Packaging::Zip),
            Some("frames") => Ok(Packaging::Frames),
            Some(_) => Err(invalid("A package is zip or frames.".to_owned())),
        }
    }

    /// The whole wish, for somebody and their clinic.
    pub(crate) fn wish(
        self,
        (format, packaging): (Format, Packaging),
        start: &ExportStart,
        client: &Client,
        headers: &HeaderMap,
    ) -> Result<Wish, Failure> {
        let own = start.account.person.facts.time_zone.clone();
        let time_zone = self.zone.or(own).unwrap_or_else(|| start.clinic.time_zone.clone());
        let zone = Zone::named(&time_zone);
        let from = self.from.map(|text| moment(&zone, &text, Zone::day_begins)).transpose()?;
        let until = self.to.map(|text| moment(&zone, &text, Zone::day_ends)).transpose()?;
        let accepted = accept::localizer(headers).language();
        let language = self.language.map_or(accepted, |tag| Language::from_tag(&tag)).tag();
        let server = client.own_origin.clone().unwrap_or_default();
        Ok(Wish { format, packaging, from, until, time_zone, language, server })
    }
}

fn moment(
    zone: &Zone,
    text: &str,
    of_day: impl Fn(&Zone, &str) -> Option<Timestamp>,
) -> Result<Timestamp, Failure> {
    let found = text.parse().ok().or_else(|| of_day(zone, text));
    found.ok_or_else(|| invalid("A moment is like 2026-12-01 or 2026-12-01T08:00:00Z.".to_owned()))
}

fn invalid(detail: String) -> Failure {
    Failure::because(ErrorCode::InvalidValue, detail)
}
