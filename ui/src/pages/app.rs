//! The root: the store, the language, the colours, and which page the session calls for.

use bedside_protocol::ipc::{LockWay, SessionState};
use yew::{ContextProvider, Html, component, html, use_effect_with, use_memo, use_reducer};

use super::broken::BrokenPage;
use super::sign_in::SignInPage;
use super::splash::SplashPage;
use super::unlock::UnlockPage;
use super::workspace::WorkspacePage;
use crate::dom;
use crate::format;
use crate::hooks::{
    Store, use_awake, use_dark_wish, use_engine, use_keyboard, use_room_for_details, use_today,
};
use crate::state::State;
use crate::state::nav::{Panel, Room};
use crate::words::Words;

/// The app.
#[component]
pub(crate) fn App() -> Html {
    let store = use_reducer(start);
    use_engine(&store);
    use_awake(&store);
    use_keyboard(&store);
    use_room_for_details(&store);
    use_today(&store);
    let dark = use_dark_wish();
    let settings = store.settings();
    let words = use_memo(settings.language.clone(), |tag| Words::choose(tag, &dom::system_languages()));
    use_effect_with((settings, (*words).clone(), dark), |(settings, words, _)| {
        dom::dress(settings, words.language().tag(), words.direction());
    });
    html! {
        <ContextProvider<Words> context={(*words).clone()}>
            { page(&store) }
        </ContextProvider<Words>>
    }
}

fn start() -> State {
    let mut state = State { today: format::today(), ..State::default() };
    let beside = dom::room_for_details().is_some_and(|room| room.matches());
    let (details, fits) = if beside { (Panel::Open, Room::Beside) } else { (Panel::Closed, Room::Over) };
    (state.nav.details, state.nav.fits) = (details, fits);
    state
}

fn page(store: &Store) -> Html {
    let Some(session) = store.session.view.clone() else { return html! { <SplashPage /> } };
    let store = store.clone();
    match session.state {
        SessionState::Opening => html! { <SplashPage /> },
        SessionState::SignedOut { ended_by_server } => {
            html! { <SignInPage view={session} {ended_by_server} /> }
        }
        SessionState::Locked => html! { <UnlockPage by={session.lock.unwrap_or(LockWay::Passphrase)} /> },
        SessionState::Broken { cause } => html! { <BrokenPage {cause} /> },
        SessionState::SignedIn { .. } => html! { <WorkspacePage {store} /> },
    }
}
