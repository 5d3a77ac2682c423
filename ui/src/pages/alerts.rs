//! The alerts: what came while one was away, and what the clinic's platform tells.

use std::rc::Rc;

use bedside_protocol::ipc::{AlertView, IpcError, Request};
use bedside_protocol::wire::NotificationKind;
use yew::{AttrValue, Callback, Html, Properties, UseStateHandle, classes, component, html, use_state_eq};

use super::link::use_link;
use crate::components::{Alert, Button, EmptyState, Icon, IconName, Segmented, Skeleton, Skeletons, Tone};
use crate::errors::explain;
use crate::hooks::{Alerts, Store, ask};
use crate::state::Action;
use crate::state::nav::NavAction;
use crate::words::{Words, use_words};

/// The page's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub store: Store,
    pub alerts: UseStateHandle<Alerts>,
}

/// Which are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Filter {
    #[default]
    All,
    Unread,
    Urgent,
}

impl Filter {
    const ALL: [Self; 3] = [Self::All, Self::Unread, Self::Urgent];

    const fn id(self) -> &'static str {
        match self {
            Self::All => "alerts-all",
            Self::Unread => "alerts-unread",
            Self::Urgent => "alerts-urgent",
        }
    }

    const fn takes(self, alert: &AlertView) -> bool {
        match self {
            Self::All => true,
            Self::Unread => !alert.read,
            Self::Urgent => alert.urgent,
        }
    }
}

/// The page.
#[component]
pub(super) fn AlertsPage(props: &Props) -> Html {
    let words = use_words();
    let (filter, failed) = (use_state_eq(Filter::default), use_state_eq(|| None::<IpcError>));
    let link = use_link(&props.store);
    let mark = {
        let (alerts, failed) = (props.alerts.clone(), failed.setter());
        Callback::from(move |request: Request| {
            let (alerts, failed) = (alerts.clone(), failed.clone());
            ask(request, move |answer| {
                failed.set(answer.as_ref().err().cloned());
                alerts.set(alerts.after(answer));
            });
        })
    };
    let open = open(&props.store, &mark, &link);
    let choices = Filter::ALL.iter().map(|filter| words.text(filter.id()).into()).collect::<Vec<AttrValue>>();
    let chosen = Filter::ALL.iter().position(|one| one == &*filter).unwrap_or_default();
    let on_choose = {
        let filter = filter.setter();
        Callback::from(move |at: usize| filter.set(Filter::ALL.get(at).copied().unwrap_or_default()))
    };
    html! {
        <main class="alerts" data-region="alerts">
            <header class="alerts__head">
                <h1 class="alerts__title" tabindex="-1">{ words.text("rail-alerts") }</h1>
                if let Some(request) = all_of(&props.alerts) {
                    <Button onclick={mark.reform(move |_| request.clone())}>{ words.text("alerts-mark-all") }</Button>
                }
            </header>
            <div class="alerts__body">
                <Segmented name="alerts" label={words.text("alerts-show")} {choices} {chosen} {on_choose} />
                if let Some(error) = &*failed {
                    <Alert tone={Tone::Error} title={explain(&words, error).what} text={explain(&words, error).advice} />
                }
                { list(&words, &props.alerts, *filter, &open) }
            </div>
        </main>
    }
}

/// What marks all of them, if there is anything to mark.
fn all_of(alerts: &Alerts) -> Option<Request> {
    let Alerts::Here(view) = alerts else { return None };
    let up_to = view.alerts.first().map(|alert| alert.id).filter(|_| view.unread > 0)?;
    Some(Request::ReadAlerts { id: None, up_to: Some(up_to) })
}

/// Opening one marks it, and leads where it leads.
fn open(store: &Store, mark: &Callback<Request>, link: &Callback<AttrValue>) -> Callback<Rc<AlertView>> {
    let (dispatch, mark, link) = (store.dispatcher(), mark.clone(), link.clone());
    Callback::from(move |alert: Rc<AlertView>| {
        if !alert.read {
            mark.emit(Request::ReadAlerts { id: Some(alert.id), up_to: None });
        }
        if let Some(room) = alert.room_id {
            dispatch.dispatch(Action::Nav(NavAction::Open(room)));
        } else if alert.url.starts_with("https://") {
            link.emit(alert.url.clone().into());
        }
    })
}

fn list(words: &Words, alerts: &Alerts, filter: Filter, open: &Callback<Rc<AlertView>>) -> Html {
    let view = match alerts {
        Alerts::Asking => {
            return html! { <Skeleton of={Skeletons::FewRows} label={words.text("alerts-loading")} /> };
        }
        Alerts::Away => {
            let (title, text) = (words.text("alerts-away"), words.text("settings-needs-connection"));
            return html! { <EmptyState icon={IconName::CloudOff} {title} {text} /> };
        }
        Alerts::Here(view) => view,
    };
    let shown: Vec<&AlertView> = view.alerts.iter().filter(|alert| filter.takes(alert)).collect();
    if shown.is_empty() {
        return html! {
            <EmptyState icon={IconName::Bell} title={words.text("alerts-none")} text={words.text("alerts-none-text")} />
        };
    }
    html! {
        <ul class="alerts__list" aria-label={words.text("rail-alerts")}>
            { for shown.into_iter().map(|alert| row(words, alert, open)) }
        </ul>
    }
}

fn row(words: &Words, alert: &AlertView, open: &Callback<Rc<AlertView>>) -> Html {
    let held = Rc::new(alert.clone());
    let onclick = open.reform(move |_: yew::MouseEvent| Rc::clone(&held));
    let icon = match (alert.urgent, alert.kind) {
        (true, _) => IconName::Alert,
        (false, NotificationKind::Message) => IconName::Message,
        (false, NotificationKind::Platform) => IconName::Bell,
    };
    let unread = (!alert.read).then_some("alert-row--unread");
    let urgent = alert.urgent.then_some("alert-row--urgent");
    let when = words.dates().in_list(alert.at).unwrap_or_else(|| words.text("day-yesterday"));
    html! {
        <li key={alert.id.to_string()}>
            <button class={classes!("alert-row", unread, urgent)} type="button" data-alert={alert.id.to_string()} {onclick}>
                <span class="alert-row__icon"><Icon name={icon} /></span>
                <span class="alert-row__words">
                    <span class="alert-row__title"><bdi>{ title(words, alert) }</bdi></span>
                    if !alert.message.is_empty() {
                        <span class="alert-row__text"><bdi>{ &alert.message }</bdi></span>
                    }
                </span>
                <time class="alert-row__time" title={words.dates().exact(alert.at)}>{ when }</time>
                if !alert.read {
                    <span class="alert-row__dot" aria-hidden="true" />
                    <span class="visually-hidden">{ words.text("alerts-is-unread") }</span>
                }
            </button>
        </li>
    }
}

fn title(words: &Words, alert: &AlertView) -> String {
    match (alert.kind, alert.urgent) {
        (NotificationKind::Platform, _) => alert.title.clone(),
        (NotificationKind::Message, true) => words.text("alerts-message-urgent"),
        (NotificationKind::Message, false) => words.text("alerts-message"),
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::NotificationId;
    use bedside_protocol::ipc::AlertsView;

    use super::*;

    fn alert(read: bool, urgent: bool) -> AlertView {
        AlertView {
            id: NotificationId(1),
            kind: NotificationKind::Message,
            title: String::new(),
            message: String::new(),
            url: String::new(),
            room_id: None,
            urgent,
            at: bedside_protocol::Timestamp(0),
            read,
        }
    }

    #[test]
    fn filters_take_what_they_say() {
        assert!(Filter::All.takes(&alert(true, false)));
        assert!(Filter::Unread.takes(&alert(false, false)) && !Filter::Unread.takes(&alert(true, true)));
        assert!(Filter::Urgent.takes(&alert(true, true)) && !Filter::Urgent.takes(&alert(false, false)));
    }

    #[test]
    fn all_are_marked_up_to_the_newest_and_only_if_one_is_unread() {
        let view = |unread| AlertsView { alerts: vec![alert(unread == 0, false)], unread, has_more: false };
        let up_to = Some(NotificationId(1));
        let asked = all_of(&Alerts::Here(Rc::new(view(1))));
        assert_eq!(asked, Some(Request::ReadAlerts { id: None, up_to }));
        assert_eq!(all_of(&Alerts::Here(Rc::new(view(0)))), None);
        assert_eq!(all_of(&Alerts::Away), None);
    }
}
