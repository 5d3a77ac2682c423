//! One export from its order to its file.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::PathBuf;
use std::sync::Arc;

use bedside_export::package::{AnyContainer, Assembly, Plain, Zip};
use bedside_export::{Format, Words, Zone};
use bedside_protocol::ipc::{ExportOrder, ExportPackaging, ExportState, IpcError};
use bedside_protocol::wire::Role;
use bedside_protocol::{ErrorCode, RoomId, RoomSeq, Timestamp};
use bedside_runtime::Runtime;
use secrecy::{ExposeSecret, SecretString};

use super::Exports;
use super::device::{self, Held};
use super::file::Part;
use super::online::{self, Out};
use crate::cache::{Cache, CacheError};
use crate::session::failure;
use crate::transport::TransportError;
use crate::transport::api::{Api, ApiError};

/// An order that can be carried out.
#[derive(Clone)]
pub(crate) struct Order {
    pub(super) room_id: Option<RoomId>,
    pub(super) format: Format,
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) time_zone: String,
    days: (Option<String>, Option<String>),
    packaging: ExportPackaging,
    password: Option<SecretString>,
    language: String,
}

impl Order {
    /// What the window asks for, if it can be meant.
    pub(crate) fn read(order: ExportOrder) -> Result<Self, IpcError> {
        let format = Format::parse(&order.format).ok_or(IpcError::Malformed)?;
        if !Zone::exists(&order.time_zone) {
            return Err(IpcError::Malformed);
        }
        let zone = Zone::named(&order.time_zone);
        let day = |day: &Option<String>, of: fn(&Zone, &str) -> Option<Timestamp>| {
            day.as_ref().map(|day| of(&zone, day).ok_or(IpcError::Malformed)).transpose()
        };
        let (from, until) = (day(&order.from, Zone::day_begins)?, day(&order.to, Zone::day_ends)?);
        let password = order.password.filter(|password| !password.is_empty()).map(SecretString::from);
        if let Some(password) = &password {
            Zip::encrypted(io::sink(), password.expose_secret()).map_err(|_| IpcError::Malformed)?;
        }
        let packed = order.room_id.is_none() || password.is_some();
        let packaging = if packed { ExportPackaging::Zip } else { order.packaging };
        let days = (order.from, order.to);
        let (room_id, language, time_zone) = (order.room_id, order.language, order.time_zone);
        Ok(Order { room_id, format, from, until, time_zone, days, packaging, password, language })
    }

    /// How the file's name ends.
    pub(crate) fn ending(&self) -> &'static str {
        if self.is_packed() { "zip" } else { self.format.ending() }
    }

    pub(crate) const fn room_id(&self) -> Option<RoomId> {
        self.room_id
    }

    fn is_packed(&self) -> bool {
        self.packaging == ExportPackaging::Zip
    }

    /// Where the server has it.
    pub(super) fn path(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("format", self.format.word());
        if self.is_packed() {
            query.append_pair("package", "frames");
        }
        for (name, value) in [("from", &self.days.0), ("to", &self.days.1)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.append_pair("zone", &self.time_zone).append_pair("language", &self.language);
        let room = self.room_id.map(|room| format!("{room}/")).unwrap_or_default();
        format!("/chat/export/{room}?{}", query.finish())
    }

    fn container(&self, file: BufWriter<File>) -> io::Result<AnyContainer> {
        Ok(match &self.password {
            _ if !self.is_packed() => Box::new(Plain::new(file)),
            None => Box::new(Zip::new(file)),
            Some(password) => {
                Box::new(Zip::encrypted(file, password.expose_secret()).map_err(io::Error::other)?)
            }
        })
    }
}

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    #[error("the file could not be written")]
    Disk(#[source] io::Error),
    #[error(transparent)]
    Cache(#[from] CacheError),
    #[error(transparent)]
    Server(#[from] ApiError),
    #[error("no such conversation")]
    Nothing,
    #[error("the clinic has switched it off")]
    SwitchedOff,
}

impl From<TransportError> for Broken {
    fn from(error: TransportError) -> Self {
        Self::Server(error.into())
    }
}

impl Broken {
    fn shown(self) -> IpcError {
        match self {
            Self::Disk(_) => IpcError::Disk,
            Self::Cache(error) => failure::of_cache(error),
            Self::Server(error) => failure::of_call(error),
            Self::Nothing => IpcError::NotFound,
            Self::SwitchedOff => IpcError::Refused { code: ErrorCode::Forbidden },
        }
    }

    /// Whether the server could not be heard, so that this device's copy is what there is.
    const fn is_silence(&self) -> bool {
        matches!(self, Self::Server(ApiError::Transport(_) | ApiError::NotOurs))
    }
}

/// Whether the server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Online,
    Offline,
}

/// An export with everything it needs.
pub(crate) struct Job {
    pub(crate) order: Order,
    pub(crate) place: PathBuf,
    pub(crate) cache: Cache,
    pub(crate) api: Api,
    pub(crate) server: String,
    pub(crate) reach: Reach,
    pub(crate) runtime: Runtime,
    pub(crate) exports: Arc<Exports>,
}

impl Job {
    /// Carries it out, saying how far it is.
    pub(crate) async fn run(self) {
        let state = match self.write().await {
            Ok(state) => state,
            Err(error) => {
                tracing::warn!(%error, "an export failed");
                ExportState::Failed { error: error.shown() }
            }
        };
        self.exports.say(state);
    }

    async fn write(&self) -> Result<ExportState, Broken> {
        match self.reach {
            Reach::Online => match self.by_server().await {
                Err(error) if error.is_silence() => self.by_device().await,
                done => done,
            },
            Reach::Offline => self.by_device().await,
        }
    }

    async fn by_server(&self) -> Result<ExportState, Broken> {
        let (part, file) = self.begin()?;
        let out = if self.order.is_packed() {
            Out::Package(self.order.container(file).map_err(Broken::Disk)?)
        } else {
            Out::File(file)
        };
        let came = |done| self.exports.say(ExportState::Running { done, total: 0 });
        online::fetch(&self.api, &self.order, out, &self.runtime, came).await?;
        self.runtime.blocking(move || part.put()).await.map_err(Broken::Disk)?;
        Ok(self.finished(true, 0))
    }

    async fn by_device(&self) -> Result<ExportState, Broken> {
        self.may_export().await?;
        let held = self.conversations().await?;
        let (part, file) = self.begin()?;
        let container = self.order.container(file).map_err(Broken::Disk)?;
        let words = Words::new(&self.order.language, &self.order.time_zone);
        let mut assembly = Assembly::new(container, self.order.format, words);
        let total = held.iter().map(|one| one.last.get()).sum();
        let (mut before, mut missing) = (0, 0);
        for one in &held {
            missing += one.head.missing.iter().map(|stretch| stretch.len()).sum::<i64>();
            assembly = self.conversation(assembly, one, (before, total)).await?;
            before += one.last.get();
        }
        let put = move || assembly.finish(None).and_then(|_| part.put());
        self.runtime.blocking(put).await.map_err(Broken::Disk)?;
        self.note(&held).await?;
        Ok(self.finished(false, missing.unsigned_abs()))
    }

    async fn conversation(
        &self,
        mut assembly: Assembly,
        held: &Held,
        (before, total): (i64, i64),
    ) -> Result<Assembly, Broken> {
        assembly.begin(held.head.clone()).map_err(Broken::Disk)?;
        let mut after = RoomSeq(0);
        loop {
            let page = held.page(&self.cache, after).await?;
            let Some(last) = page.last().map(|message| message.room_seq) else { return Ok(assembly) };
            let write =
                move || page.iter().try_for_each(|message| assembly.message(message)).map(|()| assembly);
            assembly = self.runtime.blocking(write).await.map_err(Broken::Disk)?;
            after = last;
            let count = |number: i64| number.unsigned_abs();
            let done = count(before + last.get());
            self.exports.say(ExportState::Running { done, total: count(total) });
        }
    }

    /// As the server would decide, by what the clinic last said.
    async fn may_export(&self) -> Result<(), Broken> {
        let (clinic, me) = (self.cache.clinic().await?, self.cache.profile().await?.account_id);
        let me = match me {
            Some(me) => self.cache.person(me).await?,
            None => None,
        };
        let practitioner = me.is_some_and(|me| me.role == Role::Practitioner);
        if practitioner && !clinic.practitioners_export { Err(Broken::SwitchedOff) } else { Ok(()) }
    }

    async fn conversations(&self) -> Result<Vec<Held>, Broken> {
        let rooms = match self.order.room_id {
            Some(room) => vec![room],
            None => self.cache.rooms_held().await?.into_iter().map(|room| room.room_id).collect(),
        };
        let (now, mut held) = (self.runtime.now(), Vec::new());
        for room in rooms {
            held.extend(device::open(&self.cache, room, &self.order, self.server.clone(), now).await?);
        }
        if held.is_empty() { Err(Broken::Nothing) } else { Ok(held) }
    }

    /// The server is to hear of it, now or later.
    async fn note(&self, held: &[Held]) -> Result<(), Broken> {
        let rooms = held.iter().map(|one| one.head.room_id).collect();
        self.cache.note_exports(rooms, self.runtime.now()).await?;
        tell(&self.api, &self.cache).await;
        Ok(())
    }

    fn begin(&self) -> Result<(Part, BufWriter<File>), Broken> {
        Part::begin(&self.place, &self.runtime.uuid().simple().to_string()).map_err(Broken::Disk)
    }

    fn finished(&self, by_server: bool, missing: u64) -> ExportState {
        let file = self.place.file_name().map(|name| name.to_string_lossy().into_owned());
        ExportState::Finished { file: file.unwrap_or_default(), by_server, missing }
    }
}

/// Tells the server of exports it has not heard of; what cannot be told now stays.
pub(crate) async fn tell(api: &Api, cache: &Cache) {
    let Ok(notes) = cache.export_notes().await else { return };
    for (note, room_id) in notes {
        match api.note_export(room_id).await {
            // A conversation that is gone, or a right that is: there is nothing to tell any more.
            Ok(()) | Err(ApiError::Refused(_)) => {
                if let Err(error) = cache.export_told(note).await {
                    return tracing::warn!(%error, "what was told of an export is told again");
                }
            }
            Err(ApiError::Transport(_) | ApiError::NotOurs) => return,
        }
    }
}
