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
        self.check_session().await?;
        let head = self.state.store.feed_head(self.actor().account_id).await.map_err(Failure::from)?;
        if head.feed_seq > self.follower.last() {
            self.catch_up().await?; // Stored by another process, and not told.
        }
        Ok(self.link.ping().await?)
    }

    /// A socket that is merely open does not keep its session alive; what somebody does on it does.
    async fn check_session(&mut self) -> Result<(), Finish> {
        let (token, now) = (self.holder.token, self.state.runtime.now());
        let session = if std::mem::take(&mut self.used) {
            self.state.store.session(&token, now).await
        } else {
            self.state.store.peek_session(&token, now).await
        };
        session.map_err(Failure::from)?.map(|_| ()).ok_or_else(signed_out)
    }
}
