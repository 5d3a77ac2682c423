//! How one is reached outside the app, and one's alerts: the server has them, so it is asked.

use bedside_protocol::NotificationId;
use bedside_protocol::ipc::{IpcError, Reply};
use bedside_protocol::wire::{ChangeContact, MarkNotifications, OutreachWishes};

use super::Client;
use crate::session::failure;

impl Client {
    pub(super) async fn outreach(&self) -> Result<Reply, IpcError> {
        let outreach = self.active()?.api.outreach().await.map_err(failure::of_call)?;
        Ok(Reply::Outreach { outreach })
    }

    pub(super) async fn save_outreach(&self, wishes: OutreachWishes) -> Result<Reply, IpcError> {
        if !wishes.are_valid() {
            return Err(IpcError::Malformed);
        }
        let outreach = self.active()?.api.save_outreach(&wishes).await.map_err(failure::of_call)?;
        Ok(Reply::Outreach { outreach })
    }

    pub(super) async fn change_contact(&self, change: ChangeContact) -> Result<Reply, IpcError> {
        let outreach = self.active()?.api.change_contact(&change).await.map_err(failure::of_waiting_call)?;
        Ok(Reply::Outreach { outreach })
    }

    pub(super) async fn alerts(&self, before: Option<NotificationId>) -> Result<Reply, IpcError> {
        let alerts = self.active()?.api.notifications(before).await.map_err(failure::of_call)?;
        Ok(Reply::Alerts { alerts: alerts.into() })
    }

    pub(super) async fn read_alerts(
        &self,
        id: Option<NotificationId>,
        up_to: Option<NotificationId>,
    ) -> Result<Reply, IpcError> {
        let which = MarkNotifications { ids: id.into_iter().collect(), up_to };
        let alerts = self.active()?.api.mark_notifications(&which).await.map_err(failure::of_call)?;
        Ok(Reply::Alerts { alerts: alerts.into() })
    }
}
