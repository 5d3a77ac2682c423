//! What the shell holds while the app runs: the engine's handle and the parts of the desktop that follow it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};

use bedside_engine::{Client, Focus, NotificationWish, Told, Tone, Urgency};
use bedside_protocol::ipc::{IpcError, PauseSpan, Place, Request, SessionState, SessionView, Settings};
use bedside_runtime::Runtime;
use tauri::{AppHandle, Manager, WebviewWindow};
use tokio::sync::{Mutex, SetOnce};

use crate::notifications::{Answered, Notifier, Slot};
use crate::opener::{ExternalLink, OpenError};
use crate::options::Options;
use crate::platform::{Badge, Panel};
use crate::profile::{IDENTIFIER, Profile};
use crate::sound::Player;
use crate::starting::Starting;
use crate::tray::Tray;
use crate::window::MAIN;
use crate::words::Words;
use crate::{platform, window};

/// In the profile's folder: the person has been told that closing the window does not quit.
const TOLD_FILE: &str = "told-still-running";

/// The engine's handle and the parts of the desktop that follow it.
pub(crate) struct Shell {
    runtime: Runtime,
    client: SetOnce<Client>,
    words: Words,
    notifier: Notifier,
    player: Player,
    badge: Badge,
    tray: Option<Tray>,
    settings: RwLock<Settings>,
    unread: AtomicI64,
    told_file: PathBuf,
    starting: Starting,
    /// Held while the person is asked about a link: a page cannot pile questions up.
    asking: Mutex<()>,
}

impl Shell {
    /// Puts the icon into the tray, if there is one, and waits for the engine.
    pub(crate) async fn new(app: &AppHandle, profile: &Profile, options: &Options) -> Self {
        let runtime = Runtime::system();
        let words = Words::of_the_system();
        let tray = make_tray(app, &words).await;
        let answering = app.clone();
        let notifier = Notifier::start(&runtime, move |what| answered(&answering, what));
        Shell {
            runtime: runtime.clone(),
            client: SetOnce::new(),
            words,
            notifier,
            player: Player::new(&runtime),
            badge: Badge::start(app, &runtime, IDENTIFIER),
            tray,
            settings: RwLock::default(),
            unread: AtomicI64::new(0),
            told_file: profile.folder().join(TOLD_FILE),
            starting: Starting::new(profile, options),
            asking: Mutex::new(()),
        }
    }

    /// The engine, as soon as it is open.
    pub(crate) async fn engine(&self) -> &Client {
        self.client.wait().await
    }

    /// The engine, if it is open.
    pub(crate) fn engine_if_open(&self) -> Option<Client> {
        self.client.get().cloned()
    }

    /// Whoever waits for the engine goes on.
    pub(crate) fn engine_opened(&self, client: Client) {
        if self.client.set(client).is_err() {
            tracing::error!("the engine was opened twice");
        }
    }

    /// Where tasks of the shell run.
    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// The shell's words.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Whether closing the window leaves the app running where the person can find it again.
    pub(crate) fn stays_in_tray(&self) -> bool {
        self.tray.is_some() && self.settings.read().unwrap_or_else(PoisonError::into_inner).close_to_tray
    }

    /// Says, once per profile, that the app goes on running.
    pub(crate) fn say_still_running(&self) {
        if self.told_file.exists() {
            return;
        }
        let told = self.told_file.clone();
        self.notifier.tell(self.words.still_running(), move |shown| {
            if let Some(error) = shown.then(|| std::fs::write(&told, "")).and_then(Result::err) {
                tracing::warn!(%error, "will say again that the app goes on running");
            }
        });
    }

    /// Tells the engine whether somebody looks at the window.
    pub(crate) fn focus_changed(&self, focus: Focus) {
        if let Some(client) = self.engine_if_open() {
            self.runtime.spawn("shell.focus", async move { client.window_focused(focus).await });
        }
    }

    /// Hands a link to the system if the person agrees. One question at a time; a link that comes during it is
    /// refused.
    pub(crate) async fn open_link(
        &self,
        window: &WebviewWindow,
        link: ExternalLink,
    ) -> Result<(), OpenError> {
        let Ok(_asking) = self.asking.try_lock() else { return Err(OpenError::NotAllowed) };
        if !platform::ask(window, self.words.open_link(&link)).await {
            return Ok(());
        }
        self.runtime.blocking(move || link.open()).await
    }

    /// One question of the shell's at a time; a page that asks for more is refused.
    pub(crate) async fn one_at_a_time<T>(&self, question: impl Future<Output = T>) -> Result<T, IpcError> {
        let Ok(_asking) = self.asking.try_lock() else { return Err(IpcError::Malformed) };
        Ok(question.await)
    }

    /// Whether there is a tray, where a hidden window can be found again.
    pub(crate) fn has_tray(&self) -> bool {
        self.tray.is_some()
    }

    /// Has links lead here.
    pub(crate) async fn take_links(&self) {
        self.starting.take_links(&self.runtime).await;
    }

    pub(crate) fn show_place(&self, place: Place) {
        if let Some(client) = self.client.get() {
            client.show(place);
        }
    }

    /// Follows the settings. On the main thread.
    pub(crate) fn follow_settings(&self, settings: Settings) {
        let reworded = self.words.speak(&settings.language);
        if !self.is_locked() {
            self.starting.follow(&self.runtime, &settings);
        }
        let paused_until = settings.notices.paused_until;
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        let Some(tray) = &self.tray else { return };
        if reworded {
            log_failure(tray.reword(&self.words, self.unread.load(Ordering::Relaxed)));
        }
        log_failure(tray.show_pause(paused_until.is_some_and(|until| until > self.runtime.now())));
    }

    /// Follows the number of unread messages. On the main thread.
    pub(crate) fn follow_unread(&self, app: &AppHandle, count: i64, urgent: bool) {
        self.badge.show(count, urgent);
        let before = self.unread.swap(count, Ordering::Relaxed);
        if before == count {
            return;
        }
        if let Some(tray) = &self.tray {
            log_failure(tray.show_unread(&self.words, count));
        }
        if let Some(window) = app.get_webview_window(MAIN) {
            log_failure(window.set_title(&self.words.window_title(count)));
        }
    }

    /// Follows the panel that the icon stands on. On the main thread.
    pub(crate) fn follow_panel(&self, panel: Panel) {
        if let Some(tray) = &self.tray {
            log_failure(tray.stand_on(panel, self.unread.load(Ordering::Relaxed)));
        }
    }

    /// Stops the engine.
    pub(crate) async fn close(&self) {
        if let Some(client) = self.client.get() {
            client.close().await;
        }
    }

    /// Shows or takes away a notification as the engine wishes.
    pub(crate) async fn follow_wish(&self, app: &AppHandle, wish: NotificationWish) {
        match wish {
            NotificationWish::Show(told) => self.tell_of_message(app, *told).await,
            NotificationWish::Sum(conversations, urgency, tone) => {
                self.notifier.show(Slot::Sum, None, self.words.new_messages(conversations, urgency));
                self.sound(app, urgency, tone).await;
            }
            NotificationWish::Clear(room_id) => self.notifier.clear(Slot::Room(room_id)),
            NotificationWish::ClearSum => self.notifier.clear(Slot::Sum),
            NotificationWish::NoReply(told) => {
                let words = self.words.no_reply(&told.says);
                self.notifier.show(Slot::NoReply(told.place.room_id), Some(told.place), words);
                self.sound(app, told.urgency, told.tone).await;
            }
            NotificationWish::ClearNoReply(room_id) => self.notifier.clear(Slot::NoReply(room_id)),
        }
    }

    async fn tell_of_message(&self, app: &AppHandle, told: Told) {
        let Told { place, urgency, says, tone } = told;
        let words = self.words.new_message(urgency, &says, self.is_locked());
        self.notifier.show(Slot::Room(place.room_id), Some(place), words);
        self.sound(app, urgency, tone).await;
    }

    /// What the desktop does not want to be heard is not heard; what is urgent asks for attention all the same.
    async fn sound(&self, app: &AppHandle, urgency: Urgency, tone: Tone) {
        if urgency == Urgency::Urgent {
            window::ask_for_attention(app);
        }
        if !platform::is_do_not_disturb().await {
            self.player.begin(tone);
        }
    }

    /// What is heard, by the settings.
    pub(crate) fn tone(&self) -> Tone {
        let settings = self.settings.read().unwrap_or_else(PoisonError::into_inner);
        Tone { sound: settings.notices.sound, volume: settings.notices.volume }
    }

    /// What plays sounds.
    pub(crate) fn player(&self) -> &Player {
        &self.player
    }

    /// What shows notifications.
    pub(crate) fn notifier(&self) -> &Notifier {
        &self.notifier
    }

    /// Tells of nothing for a while.
    pub(crate) fn pause(&self, span: PauseSpan) {
        self.ask(Request::Pause { span });
    }

    /// Hides everything.
    pub(crate) fn lock(&self) {
        self.ask(Request::Lock);
    }

    /// Follows who is signed in. On the main thread.
    pub(crate) fn follow_session(&self, session: &SessionView) {
        let offered = session.lock.is_some() && matches!(session.state, SessionState::SignedIn { .. });
        if let Some(tray) = &self.tray {
            log_failure(tray.offer_lock(offered));
        }
    }

    /// Asks the engine for something that nobody waits for.
    fn ask(&self, request: Request) {
        let Some(client) = self.engine_if_open() else { return };
        self.runtime.spawn("shell.ask", async move {
            let name = request.name();
            if let Err(error) = client.request(request).await {
                tracing::warn!(request.name = name, %error, "what was asked for outside the window was refused");
            }
        });
    }

    fn is_locked(&self) -> bool {
        self.client
            .get()
            .is_some_and(|client| !matches!(client.session().borrow().state, SessionState::SignedIn { .. }))
    }

    /// A reply that cannot be kept must not be lost: the conversation is shown instead, where it can be written again.
    fn reply(&self, app: &AppHandle, place: Place, text: String) {
        let Some(client) = self.engine_if_open() else { return };
        let (app, room_id) = (app.clone(), place.room_id);
        self.runtime.spawn("shell.reply", async move {
            let send = Request::Send { room_id, text, urgent: false, reply_to: None, seen: 0 };
            match client.request(send).await {
                Ok(_) => drop(client.request(Request::MarkRead { place }).await),
                Err(error) => {
                    tracing::warn!(%error, "a reply from a notification was refused");
                    answered(&app, Answered::Reply(place));
                }
            }
        });
    }
}

async fn make_tray(app: &AppHandle, words: &Words) -> Option<Tray> {
    if !platform::tray_available().await {
        return None;
    }
    Tray::create(app, words).inspect_err(|error| tracing::warn!(%error, "no icon in the tray")).ok()
}

/// What was done with a notification.
fn answered(app: &AppHandle, what: Answered) {
    let Some(shell) = app.try_state::<Shell>() else { return };
    match what {
        Answered::Open(place) => {
            window::show(app);
            place.into_iter().for_each(|place| shell.show_place(place));
        }
        Answered::Reply(place) => {
            window::show(app);
            shell.show_place(place);
        }
        Answered::MarkRead(place) => shell.ask(Request::MarkRead { place }),
        Answered::Replied(place, text) => shell.reply(app, place, text),
    }
}

fn log_failure(result: tauri::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "the tray could not be changed");
    }
}
