//! One's own alerts: the server has them, so it is asked when it is reached, when a conversation is read and when they are shown.

use std::rc::Rc;

use bedside_protocol::ipc::{AlertsView, ConnectionMode, IpcError, Reply, Request};
use yew::{UseStateHandle, hook, use_effect_with, use_state_eq};

use super::{Store, ask};
use crate::state::nav::Page;

/// What is known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Alerts {
    Asking,
    Here(Rc<AlertsView>),
    /// The server could not be asked.
    Away,
}

impl Alerts {
    /// How many are unread, as far as is known.
    pub(crate) fn unread(&self) -> i64 {
        match self {
            Self::Here(view) => view.unread,
            Self::Asking | Self::Away => 0,
        }
    }

    /// After an answer: what was known stays where the server is not reached.
    pub(crate) fn after(&self, answer: Result<Reply, IpcError>) -> Self {
        match (answer, self) {
            (Ok(Reply::Alerts { alerts }), _) => Self::Here(Rc::new(alerts)),
            (_, Self::Here(view)) => Self::Here(Rc::clone(view)),
            _ => Self::Away,
        }
    }
}

/// Keeps them.
#[hook]
pub(crate) fn use_alerts(store: &Store) -> UseStateHandle<Alerts> {
    let alerts = use_state_eq(|| Alerts::Asking);
    let reached = matches!(store.mode(), ConnectionMode::Live | ConnectionMode::Limited);
    let unread = store.rooms.live.view.as_deref().map_or(0, |view| view.unread);
    let shown = store.nav.page == Page::Alerts;
    use_effect_with((reached, unread, shown), {
        let alerts = alerts.clone();
        move |_| ask(Request::Alerts { before: None }, move |answer| alerts.set(alerts.after(answer)))
    });
    alerts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stays_while_the_server_is_away() {
        let view = AlertsView { unread: 3, ..AlertsView::default() };
        let known = Alerts::Asking.after(Ok(Reply::Alerts { alerts: view }));
        assert_eq!(known.unread(), 3);
        assert_eq!(known.after(Err(IpcError::Offline)), known);
        assert_eq!(Alerts::Asking.after(Err(IpcError::Offline)), Alerts::Away);
    }
}
