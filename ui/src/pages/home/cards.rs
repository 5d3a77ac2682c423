//! The home page's cards, connected to the store.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{HomeCard as Card, HomePeople, HomePerson, HomeRow, IpcError, RoomFilter};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_callback, use_state_eq};

use crate::components::{Alert, CallInstead, HomeCard, HomePersonButton, IconName, RoomRowButton, Tone};
use crate::errors::explain;
use crate::hooks::{Store, show_list};
use crate::pages::link::use_link;
use crate::pages::opening::make_room;
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction};
use crate::words::{Words, use_words};

/// What a card's conversations have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Unsent,
    Unread,
    Urgent,
    Waiting,
    Unseen,
}

/// How a kind is shown.
struct Look {
    id: &'static str,
    icon: IconName,
    title: &'static str,
    hint: Option<&'static str>,
    quiet: &'static str,
    /// Where the list shows all of them.
    filter: Option<RoomFilter>,
}

impl Kind {
    fn look(self) -> Look {
        let look = |id, icon, title, quiet| Look { id, icon, title, hint: None, quiet, filter: None };
        match self {
            Kind::Unsent => look("home-unsent", IconName::Clock, "home-unsent-title", "home-unsent-title"),
            Kind::Unread => Look {
                filter: Some(RoomFilter::Unread),
                ..look("home-unread", IconName::Message, "filter-unread", "home-unread-none")
            },
            Kind::Urgent => Look {
                filter: Some(RoomFilter::Urgent),
                ..look("home-urgent", IconName::Alert, "filter-urgent", "home-urgent-none")
            },
            Kind::Waiting => Look {
                filter: Some(RoomFilter::Waiting),
                ..look("home-waiting", IconName::Clock, "home-waiting-title", "home-waiting-none")
            },
            Kind::Unseen => Look {
                filter: Some(RoomFilter::Unseen),
                hint: Some("home-unseen-hint"),
                ..look("home-unseen", IconName::EyeOff, "home-unseen-title", "home-unseen-none")
            },
        }
    }

    /// What stands at a row in place of the time.
    fn note(self, words: &Words, row: &HomeRow) -> Option<AttrValue> {
        matches!(self, Kind::Waiting | Kind::Unseen).then(|| words.how_long(row.since))
    }
}

/// A card's properties.
#[derive(Properties, PartialEq)]
pub(super) struct ConversationsProps {
    pub store: Store,
    pub kind: Kind,
    pub card: Card,
}

/// Conversations of one kind.
#[component]
pub(super) fn Conversations(props: &ConversationsProps) -> Html {
    let words = use_words();
    let ConversationsProps { store, kind, card } = props;
    let on_open = use_callback(store.dispatcher(), |room: RoomId, dispatch| {
        dispatch.dispatch(Action::Nav(NavAction::Open(room)));
    });
    let Look { id, icon, title, hint, quiet, filter } = kind.look();
    let (on_call, days) = (use_link(store), i64::from(store.settings().unseen_days));
    let dispatch = store.dispatcher();
    let on_all = filter.map(|filter| Callback::from(move |_: MouseEvent| show_list(&dispatch, filter)));
    html! {
        <HomeCard {id} {icon} title={words.text(title)} hint={hint.map(|id| words.count(id, days)).unwrap_or_default()}
            quiet={words.count(quiet, days)} total={card.total} shown={card.rows.len()} {on_all} urgent={*kind == Kind::Urgent}>
            { for card.rows.iter().map(|one| html! {
                <>
                    <RoomRowButton key={one.row.key.clone()} row={one.row.clone()} current={false} today={store.today}
                        note={kind.note(&words, one)} on_open={on_open.clone()} />
                    { call(*kind, one, &on_call) }
                </>
            }) }
        </HomeCard>
    }
}

/// Whoever does not read is called, if it is known where.
fn call(kind: Kind, one: &HomeRow, on_call: &Callback<AttrValue>) -> Html {
    match &one.row.person.facts.phone {
        Some(number) if kind == Kind::Unseen => html! {
            <li class="home-card__call" key={format!("call-{}", one.row.key)}>
                <CallInstead number={number.clone()} on_link={on_call.clone()} />
            </li>
        },
        _ => Html::default(),
    }
}

/// The care team's properties.
#[derive(Properties, PartialEq)]
pub(super) struct CareTeamProps {
    pub store: Store,
    pub people: HomePeople,
}

/// Those a patient may write to.
#[component]
pub(super) fn CareTeam(props: &CareTeamProps) -> Html {
    let words = use_words();
    let CareTeamProps { store, people } = props;
    let error = use_state_eq(|| None::<IpcError>);
    let on_open = {
        let (store, error) = (store.clone(), error.setter());
        Callback::from(move |one: HomePerson| match one.room_id {
            Some(room) => store.dispatch(Action::Nav(NavAction::Open(room))),
            // One at a time; a copy of the handle is read, for it keeps every state it was read at.
            None if store.clone().nav.opening.is_none() => {
                make_room(one.person.account_id, &store, error.clone());
            }
            None => {}
        })
    };
    let dispatch = store.dispatcher();
    let everybody = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(Action::Nav(NavAction::Dialog(Dialog::People)))
    });
    html! {
        <>
            if let Some(explained) = error.as_ref().map(|error| explain(&words, error)) {
                <Alert tone={Tone::Error} title={explained.what} text={explained.advice} />
            }
            <HomeCard id="home-people" icon={IconName::Users} title={words.text("home-people-title")}
                quiet={words.text("people-empty")} total={people.total} shown={people.rows.len()} on_all={Some(everybody)}>
                { for people.rows.iter().map(|one| html! {
                    <HomePersonButton key={one.person.account_id.to_string()} one={one.clone()} today={store.today}
                        opening={store.nav.opening == Some(one.person.account_id)} on_open={on_open.clone()} />
                }) }
            </HomeCard>
        </>
    }
}
