//! Taking conversations along, and looking whether such a file was changed. Where a file is, the shell alone says: no page
//! names a path.

use std::path::PathBuf;
use std::sync::Arc;

use bedside_export::Wrong;
use bedside_export::package::{self, Part, Signed};
use bedside_protocol::ipc::{
    ConnectionMode, ConnectionView, ExportOrder, ExportProgress, ExportState, FileVerdict, IpcError,
    SignedBy, Verdict,
};

use super::Client;
use crate::export::{self, Job, Order, Reach};
use crate::session::failure;

impl Client {
    /// What a file with this order might be called.
    ///
    /// # Errors
    /// When the order cannot be meant.
    pub async fn export_name(&self, order: &ExportOrder) -> Result<String, IpcError> {
        let (order, active) = (Order::read(order.clone())?, self.active()?);
        let name = match order.room_id() {
            Some(room_id) => active.cache.name_of(room_id).await.map_err(failure::of_cache)?,
            None => None,
        };
        let safe = |name: String| name.replace(|c: char| c.is_control() || "\\/:*?\"<>|".contains(c), " ");
        let base = name.map(safe).unwrap_or_else(|| "Bedside".to_owned());
        Ok(format!("{}.{}", base.trim(), order.ending()))
    }

    /// Begins to write conversations out into a file that the person has chosen.
    ///
    /// # Errors
    /// When the order cannot be meant, or another export is under way.
    pub fn export(&self, order: ExportOrder, place: PathBuf) -> Result<(), IpcError> {
        let (order, active) = (Order::read(order)?, self.active()?);
        let exports = Arc::clone(&self.inner.exports);
        if exports.is_running() {
            return Err(IpcError::Malformed);
        }
        let mode = self.connection().borrow().mode;
        let online = matches!(mode, ConnectionMode::Live | ConnectionMode::Limited);
        let runtime = self.inner.shared.config.runtime.clone();
        let job = Job {
            order,
            place,
            server: self.session().borrow().server.clone(),
            reach: if online { Reach::Online } else { Reach::Offline },
            cache: active.cache,
            api: active.api,
            runtime: runtime.clone(),
            exports: Arc::clone(&exports),
        };
        // Whoever asks from now on hears of this one.
        exports.say(ExportState::Running { done: 0, total: 0 });
        exports.began(runtime.spawn("export", job.run()));
        Ok(())
    }

    /// Tells the server of exports it has not heard of, whenever it is reached.
    pub(super) fn tell_of_exports(&self) {
        let (mut connection, shared) = (self.connection(), Arc::downgrade(&self.inner.shared));
        self.inner.shared.config.runtime.spawn("export.notes", async move {
            let live = |view: &ConnectionView| view.mode == ConnectionMode::Live;
            while connection.wait_for(live).await.is_ok() {
                let Some(active) = shared.upgrade().and_then(|shared| shared.active()) else { return };
                export::tell(&active.api, &active.cache).await;
                if connection.wait_for(|view| !live(view)).await.is_err() {
                    return;
                }
            }
        });
    }

    /// How far it is, once it is further than `after`.
    pub(super) async fn export_progress(&self, after: u64) -> ExportProgress {
        let mut progress = self.inner.exports.watch();
        match progress.wait_for(|progress| progress.number != after).await {
            Ok(progress) => progress.clone(),
            Err(_) => ExportProgress::default(),
        }
    }

    /// Looks at a file that the person has chosen, or once more at the last one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn check_file(
        &self,
        path: Option<PathBuf>,
        password: Option<String>,
    ) -> Result<FileVerdict, IpcError> {
        let path = self.inner.exports.to_check(path).ok_or(IpcError::NotFound)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let runtime = &self.inner.shared.config.runtime;
        let looked = runtime.blocking(move || {
            let file = std::fs::File::open(path)?;
            package::verify(std::io::BufReader::new(file), password.as_deref())
        });
        let verdict = looked.await.map_err(|_| IpcError::NotFound)?;
        Ok(FileVerdict { file: name, verdict: self.told(verdict).await })
    }

    async fn told(&self, verdict: package::Verdict) -> Verdict {
        match verdict {
            package::Verdict::Intact { manifest, signed } => Verdict::Intact {
                signed: self.signed_by(signed).await,
                messages: manifest.conversations.iter().map(|conversation| conversation.messages).sum(),
            },
            package::Verdict::IntactLocked => Verdict::Locked,
            package::Verdict::Changed { parts } => {
                Verdict::Changed { parts: parts.iter().flat_map(parts_of).collect() }
            }
            package::Verdict::Incomplete { missing } => Verdict::Incomplete { missing },
            package::Verdict::WrongPassword => Verdict::WrongPassword,
            package::Verdict::NotAPackage => Verdict::NotAPackage,
        }
    }

    /// The clinic is asked for its key each time: one that was kept could be anybody's.
    async fn signed_by(&self, signed: Signed) -> SignedBy {
        let Signed::By(key) = signed else { return SignedBy::Nobody };
        let Ok(active) = self.active() else { return SignedBy::Unknown { key } };
        match active.api.export_key().await {
            Ok(own) if own.key == key => SignedBy::Clinic,
            Ok(_) => SignedBy::Other { key },
            Err(_) => SignedBy::Unknown { key },
        }
    }
}

fn parts_of(part: &Part) -> Vec<String> {
    match part {
        Part::File(name) | Part::Added(name) => vec![name.clone()],
        Part::Manifest => vec![package::MANIFEST.to_owned()],
        Part::Archive => vec!["ZIP".to_owned()],
        Part::Messages { file, wrong } => {
            let one = |wrong: &Wrong| match wrong {
                Wrong::Changed(place) => format!("{file} #{place}"),
                Wrong::Before(place) => format!("{file} < #{place}"),
                Wrong::End => format!("{file} …"),
            };
            wrong.iter().map(one).collect()
        }
    }
}
