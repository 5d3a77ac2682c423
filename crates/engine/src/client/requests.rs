//! Requests of the UI, one by one: each is validated as if its sender were hostile.

use bedside_core::sync::{Focus, Seen};
use bedside_protocol::ipc::{EditDraft, IpcError, Reply, Request, RoomDeed, Settings};
use bedside_protocol::text::{InvalidText, normalize_message};
use bedside_protocol::{AccountId, ClientId, MessageId, RoomId, limits};
use secrecy::SecretString;

use super::Client;
use crate::cache::{Draft, KeptDraft, NewMessage};
use crate::session::{Active, SignIn, SignOut, failure};
use crate::sync::Command;

/// The longest draft kept, in bytes: some messages' worth.
pub(super) const DRAFT_BYTES: usize = 4 * limits::MESSAGE_BYTES;

/// What is on screen, by the webview's word and by the shell's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    pub(super) seen: Seen,
    pub(super) window: Focus,
}

impl Default for Sight {
    /// Without a shell that says otherwise the webview's word counts alone.
    fn default() -> Self {
        Sight { seen: Seen::default(), window: Focus::Focused }
    }
}

impl Client {
    pub(super) async fn answer(&self, request: Request) -> Result<Reply, IpcError> {
        let opens = matches!(request, Request::Unlock { .. } | Request::StartAnew | Request::Lock);
        if self.inner.shared.is_locked() && !opens {
            return Err(IpcError::NotSignedIn);
        }
        match request {
            Request::SignIn { server, username, password, passphrase } => {
                let passphrase = passphrase.filter(|text| !text.is_empty()).map(SecretString::from);
                let sign_in = SignIn { server, username, password: SecretString::from(password), passphrase };
                self.inner.session.sign_in(sign_in).await?;
            }
            Request::SignOut { discard_unsent, erase } => {
                self.inner.session.sign_out(SignOut { discard_unsent, erase }).await?;
            }
            Request::Unlock { passphrase } => {
                self.inner.session.unlock(SecretString::from(passphrase)).await?;
            }
            Request::Lock => self.inner.session.lock().await?,
            Request::SetLockCode { before, code } => self.inner.session.set_lock_code(before, code).await?,
            Request::Reopen => self.inner.session.reopen().await,
            Request::StartAnew => self.inner.session.start_anew().await?,
            Request::Send { room_id, text, urgent, reply_to, seen } => {
                return self.send(room_id, &text, urgent, (reply_to, seen)).await;
            }
            Request::CheckMessage { room_id, text } => return self.check_message(room_id, text).await,
            Request::Retry { client_id } => self.retry(client_id).await?,
            Request::Discard { client_id } => self.discard(client_id).await?,
            Request::EditMessage { room_id, message_id, text } => {
                self.edit((room_id, message_id), &text).await?;
            }
            Request::RetractMessage { room_id, message_id } => self.retract((room_id, message_id)).await?,
            Request::React { room_id, message_id, emoji, on } => {
                self.react((room_id, message_id), &emoji, on).await?;
            }
            Request::RetryChange { room_id, message_id } => self.retry_change((room_id, message_id)).await?,
            Request::DiscardChange { room_id, message_id } => {
                self.discard_change((room_id, message_id)).await?;
            }
            Request::Versions { room_id, message_id } => return self.versions((room_id, message_id)).await,
            Request::SetUp { room_id, deed } => self.set_up(room_id, deed).await?,
            Request::MessageDetails { room_id, message_id, ask } => {
                return self.details((room_id, message_id), ask).await;
            }
            Request::SaveEdit { room_id, editing } => self.save_edit(room_id, editing).await?,
            Request::SaveDraft { room_id, text, reply_to, seen, decides } => {
                let kept = KeptDraft { draft: Draft { text, reply_to }, seen, decides };
                return self.keep_draft(room_id, kept).await;
            }
            Request::Typing { room_id, typing } => {
                self.active()?.sync.tell(Command::Typing(room_id, typing)).await;
            }
            Request::InView { room_id, displayed, focused } => {
                let focus = if focused { Focus::Focused } else { Focus::Away };
                let seen = self.sight(|sight| sight.seen = Seen { room_id, displayed, focus });
                self.see(seen).await;
            }
            Request::OpenRoom { account_id } => return self.open_room(account_id).await,
            Request::RefreshPeople => self.active()?.sync.tell(Command::RefreshPeople).await,
            Request::TryNow => self.active()?.sync.tell(Command::TryNow).await,
            Request::MoveWindow { subscription, window } => {
                self.inner.live.move_window(subscription, window).map_err(|_| IpcError::NotFound)?;
            }
            Request::FetchAround { room_id, seq } => {
                self.active()?.sync.tell(Command::FetchAround(room_id, seq)).await;
            }
            Request::KeepSearch { text } => self.keep_search(text).await?,
            Request::ForgetSearches => {
                self.active()?.cache.forget_searches().await.map_err(failure::of_cache)?;
            }
            Request::Preferences => return self.preferences().await,
            Request::SavePreferences { preferences } => return self.save_preferences(preferences).await,
            Request::Outreach => return self.outreach().await,
            Request::SaveOutreach { wishes } => return self.save_outreach(wishes).await,
            Request::ChangeContact { change } => return self.change_contact(change).await,
            Request::Alerts { before } => return self.alerts(before).await,
            Request::ReadAlerts { id, up_to } => return self.read_alerts(id, up_to).await,
            Request::AddQuickReply { title, text } => self.add_quick_reply(&title, &text).await?,
            Request::EditQuickReply { id, title, text } => self.edit_quick_reply(id, &title, &text).await?,
            Request::RemoveQuickReply { id } => self.remove_quick_reply(id).await?,
            Request::MoveQuickReply { id, to } => self.move_quick_reply(id, to).await?,
            Request::NextOpening => return self.next_opening().await,
            Request::ExportProgress { after } => {
                return Ok(Reply::Export { progress: self.export_progress(after).await });
            }
            Request::CancelExport => self.inner.exports.cancel(),
            // Which file, only the shell can ask.
            Request::Export { .. } | Request::CheckFile { .. } => return Err(IpcError::Malformed),
            Request::SaveSettings { settings } => self.save_settings(settings).await?,
            Request::Pause { span } => self.pause(span).await?,
            Request::MarkRead { place } => self.mark_read(place).await?,
            Request::AwaitReply { room_id, by } => self.await_reply(room_id, by).await?,
            Request::TestNotices => return self.test_notices().await,
        }
        Ok(Reply::Done)
    }

    /// Changes what is known of the screen; gives what is seen in both words.
    pub(super) fn sight(&self, change: impl FnOnce(&mut Sight)) -> Seen {
        let mut sight = self.inner.sight.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        change(&mut sight);
        let focus = if sight.window == Focus::Focused { sight.seen.focus } else { Focus::Away };
        Seen { focus, ..sight.seen }
    }

    pub(super) async fn see(&self, seen: Seen) {
        if let Ok(active) = self.active() {
            active.sync.ask(|answer| Command::See(seen, answer)).await;
        }
    }

    async fn send(
        &self,
        room_id: RoomId,
        text: &str,
        urgent: bool,
        (reply_to, seen): (Option<MessageId>, u64),
    ) -> Result<Reply, IpcError> {
        let active = self.active()?;
        let content = normalize_message(text).map_err(invalid)?;
        let runtime = &self.inner.shared.config.runtime;
        let (client_id, composed_at) = (runtime.client_id(), runtime.now());
        let new = NewMessage { client_id, room_id, content, urgent, composed_at, reply_to };
        let stored = active.sync.ask(|answer| Command::Send(new, seen, answer)).await;
        let client_id = stored.ok_or(IpcError::NotSignedIn)?.map_err(failure::of_cache)?;
        Ok(Reply::Queued { client_id })
    }

    async fn retry(&self, client_id: ClientId) -> Result<(), IpcError> {
        let asked = self.active()?.sync.ask(|answer| Command::Retry(client_id, answer)).await;
        asked.ok_or(IpcError::NotSignedIn)?.map_err(failure::of_cache)
    }

    async fn discard(&self, client_id: ClientId) -> Result<(), IpcError> {
        let asked = self.active()?.sync.ask(|answer| Command::Discard(client_id, answer)).await;
        asked.ok_or(IpcError::NotSignedIn)?.map_err(failure::of_cache)
    }

    async fn set_up(&self, room_id: RoomId, deed: RoomDeed) -> Result<(), IpcError> {
        let asked = self.active()?.sync.ask(|answer| Command::SetUp(room_id, deed, answer)).await;
        asked.ok_or(IpcError::NotSignedIn)?.map_err(failure::of_cache)
    }

    async fn keep_search(&self, text: String) -> Result<(), IpcError> {
        let text = text.chars().take(limits::SEARCH_CHARS).collect();
        self.active()?.cache.keep_search(text).await.map_err(failure::of_cache)
    }

    async fn save_edit(&self, room_id: RoomId, editing: Option<EditDraft>) -> Result<(), IpcError> {
        if editing.as_ref().is_some_and(|editing| editing.text.len() > DRAFT_BYTES) {
            return Err(IpcError::Malformed);
        }
        self.active()?.cache.save_edit(room_id, editing).await.map_err(failure::of_cache)
    }

    async fn save_settings(&self, settings: Settings) -> Result<(), IpcError> {
        let active = self.active()?;
        active.cache.save_settings(settings.within_limits()).await.map_err(failure::of_cache)?;
        active.sync.tell(Command::DraftSharing).await;
        Ok(())
    }

    async fn open_room(&self, account_id: AccountId) -> Result<Reply, IpcError> {
        let active = self.active()?;
        let room = active.api.open_room(account_id).await.map_err(failure::of_call)?;
        let room_id = room.room_id;
        active
            .sync
            .ask(|answer| Command::TakeRoom(Box::new(room), answer))
            .await
            .ok_or(IpcError::NotSignedIn)?;
        Ok(Reply::Room { room_id })
    }

    pub(super) fn active(&self) -> Result<Active, IpcError> {
        self.inner.session.active().ok_or(IpcError::NotSignedIn)
    }
}

pub(super) fn invalid(reason: InvalidText) -> IpcError {
    match reason {
        InvalidText::Empty => IpcError::EmptyMessage,
        InvalidText::TooLong { chars } => IpcError::MessageTooLong {
            chars: u32::try_from(chars).unwrap_or(u32::MAX),
            max: u32::try_from(limits::MESSAGE_CHARS).unwrap_or(u32::MAX),
        },
    }
}
