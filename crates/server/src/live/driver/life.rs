//! Whether a socket goes on: looked at every now and then, whatever else happens on it.

use bedside_protocol::{close, limits};

use super::{Driver, Finish, signed_out};
use crate::failure::Failure;
use crate::live::Dialect;

impl<D: Dialect> Driver<D> {
    /// Is the client there, its session alive, and did nothing pass the hub by?
    pub(super) async fn check_life(&mut self) -> Result<(), Finish> {
        if self.state.runtime.monotonic().saturating_sub(self.heard_at) >= limits::SOCKET_DEADLINE {
            return Err(Finish::Close(close::TIMEOUT, None));
        }
        self.keep_session().await?;
        let found =
            self.state.store.greet(&self.holder.token, Some(self.place()), self.state.runtime.now()).await;
        let found = found.map_err(Failure::from)?.ok_or_else(signed_out)?;
        match found.missed {
            // Stored by another process, and not told.
            Some(missed) if found.head.feed_seq > self.follower.last() => self.go_on(missed).await?,
            _ => {}
        }
        self.look_for_company();
        let left = self.subscription.presence_left();
        self.tell_presence(left).await?;
        Ok(self.link.ping().await?)
    }

    /// A socket that is merely open does not keep its session alive; what somebody does on it does.
    async fn keep_session(&mut self) -> Result<(), Finish> {
        if !std::mem::take(&mut self.used) {
            return Ok(());
        }
        let session = self.state.store.session(&self.holder.token, self.state.runtime.now()).await;
        session.map_err(Failure::from)?.map(|_| ()).ok_or_else(signed_out)
    }
}
