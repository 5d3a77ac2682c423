//! The whole reducer: what follows from what.

use bedside_protocol::ipc::{HomeView, IpcError, Place, Query, RoomFilter, View};

use super::*;
use crate::state::fixtures::{ana, message, rooms, snapshot, timeline};
use crate::state::keeping::KeepAction;

fn step(state: State, action: Action) -> State {
    (*Rc::new(state).reduce(action)).clone()
}

fn key(state: &State, slot: Slot) -> Rc<str> {
    state.wanted().into_iter().find(|wanted| wanted.slot == slot).map(|wanted| wanted.key).unwrap()
}

/// News of a subscription the state wants.
fn told(state: State, slot: Slot, view: View) -> State {
    let key = key(&state, slot);
    step(state, Action::Update(slot, key, Box::new(snapshot(view))))
}

fn signed_in() -> State {
    told(State::default(), Slot::Session, View::Session(ana()))
}

fn open(room: i64) -> Action {
    Action::Nav(NavAction::Open(RoomId(room)))
}

fn of_room(room: i64, draft: &str) -> View {
    let mut view = timeline(vec![message(1)]);
    view.head.room_id = RoomId(room);
    draft.clone_into(&mut view.head.draft);
    View::Timeline(view)
}

fn typed(text: &str) -> Action {
    Action::Composer(RoomId(1), ComposerAction::Typed(text.to_owned()))
}

fn text(state: &State, room: i64) -> Option<&str> {
    state.composers.of(RoomId(room)).map(|composer| composer.text.as_str())
}

#[test]
fn before_sign_in_no_conversation_is_asked_for() {
    let queries = State::default().wanted();
    assert!(
        queries.iter().all(|wanted| !matches!(wanted.query, Query::Rooms { .. } | Query::Timeline { .. }))
    );
}

#[test]
fn opening_a_conversation_asks_for_its_timeline_and_leaving_it_ends_that() {
    let open = step(signed_in(), Action::Nav(NavAction::Open(RoomId(7))));
    assert!(open.wanted().iter().any(|wanted| wanted.slot == Slot::Timeline));
    let left = step(open, Action::Nav(NavAction::LeaveRoom));
    assert!(left.timeline.is_none() && left.wanted().iter().all(|wanted| wanted.slot != Slot::Timeline));
}

#[test]
fn a_patch_for_another_revision_makes_the_query_new() {
    let before = signed_in();
    let held = key(&before, Slot::Connection);
    let lost = step(before, Action::Lost(Slot::Connection, held.clone()));
    assert_ne!(held, key(&lost, Slot::Connection));
    let again = step(lost.clone(), Action::Lost(Slot::Connection, held));
    assert_eq!(key(&again, Slot::Connection), key(&lost, Slot::Connection));
}

#[test]
fn the_shells_wish_opens_a_conversation_once() {
    let wish = |state: State, wish, room| {
        let open = Some(Place { room_id: RoomId(room), message_id: None });
        told(state, Slot::Shell, View::Shell(ShellView { wish, open }))
    };
    let opened = wish(signed_in(), 1, 7);
    assert_eq!(opened.nav.room, Some(RoomId(7)));
    let elsewhere = step(opened, open(8));
    assert_eq!(wish(elsewhere.clone(), 1, 7).nav.room, Some(RoomId(8)));
    assert_eq!(wish(elsewhere, 2, 7).nav.room, Some(RoomId(7)));
}

#[test]
fn signing_out_leaves_nothing_for_the_next_person() {
    let listed = told(signed_in(), Slot::Rooms, View::Rooms(rooms(&[7])));
    let searched = step(listed, Action::Rooms(RoomsAction::Search("Drew".to_owned())));
    let at_home = step(searched, Action::Nav(NavAction::Show(nav::Page::Home)));
    let searched = told(at_home, Slot::Home, View::Home(HomeView::default()));
    let written = step(told(step(searched, open(1)), Slot::Timeline, of_room(1, "")), typed("secret"));
    let mut gone = ana();
    gone.state = SessionState::SignedOut { ended_by_server: true };
    let out = told(written.clone(), Slot::Session, View::Session(gone));
    assert!(out.timeline.is_none() && out.nav.room.is_none());
    assert!(out.rooms.live.view.is_none() && out.rooms.search.is_empty());
    assert!(out.composers == Composers::default() && out.home.view.is_none());
    let next = told(out, Slot::Session, View::Session(ana()));
    let late = Action::Update(
        Slot::Connection,
        key(&written, Slot::Connection),
        Box::new(snapshot(View::Session(ana()))),
    );
    assert_eq!(step(next.clone(), late).connection.generation, next.connection.generation);
}

#[test]
fn news_of_another_conversation_are_never_shown_in_the_open_one() {
    let first = step(signed_in(), open(1));
    let of_first = key(&first, Slot::Timeline);
    let second = step(first, open(2));
    let late = step(
        second.clone(),
        Action::Update(Slot::Timeline, of_first, Box::new(snapshot(of_room(1, "to Ana")))),
    );
    assert!(late.timeline.as_ref().unwrap().live.view.is_none());
    let mistaken = told(second, Slot::Timeline, of_room(1, "to Ana"));
    assert!(mistaken.timeline.as_ref().unwrap().live.view.is_none() && text(&mistaken, 2).is_none());
}

#[test]
fn what_is_written_outlives_the_settings_and_a_new_subscription() {
    let written =
        step(told(step(signed_in(), open(1)), Slot::Timeline, of_room(1, "Dear")), typed("Dear Ana"));
    let back = step(written, Action::Nav(NavAction::Show(nav::Page::Settings)));
    let back = told(step(back, Action::Awake), Slot::Timeline, of_room(1, "Dear"));
    assert_eq!(text(&back, 1), Some("Dear Ana"));
}

#[test]
fn a_text_the_engine_has_not_got_is_held_and_one_it_has_comes_back_from_it() {
    let written = step(told(step(signed_in(), open(1)), Slot::Timeline, of_room(1, "")), typed("Dear Ana"));
    let left = step(written, open(2));
    assert_eq!(text(&left, 1), Some("Dear Ana"));
    let kept =
        step(left, Action::Composer(RoomId(1), ComposerAction::Draft(KeepAction::Kept("Dear Ana".into()))));
    assert_eq!(text(&kept, 1), None);
    let again = told(step(kept, open(1)), Slot::Timeline, of_room(1, "Dear Ana"));
    assert_eq!(text(&again, 1), Some("Dear Ana"));
}

#[test]
fn a_message_that_could_not_be_stored_is_there_when_one_comes_back() {
    use ComposerAction::{Draft, Failed, Sending};
    let act = |state, action| step(state, Action::Composer(RoomId(1), action));
    let written = step(told(step(signed_in(), open(1)), Slot::Timeline, of_room(1, "")), typed("Dear Ana"));
    let left = step(act(written, Sending("Dear Ana".into())), open(2));
    let failed = act(act(left, Failed(IpcError::Disk)), Draft(KeepAction::Kept("Dear Ana".into())));
    let back = told(step(failed, open(1)), Slot::Timeline, of_room(1, ""));
    assert_eq!(back.composers.of(RoomId(1)).map(|held| &held.error), Some(&Some(IpcError::Disk)));
}

#[test]
fn enter_waits_for_the_rows_of_its_own_search() {
    let listed = told(signed_in(), Slot::Rooms, View::Rooms(rooms(&[7, 8])));
    let searched = step(listed, Action::Rooms(RoomsAction::Search("Ben".to_owned())));
    let pressed = step(searched, Action::Rooms(RoomsAction::ChooseFirst));
    assert_eq!(pressed.nav.room, None);
    let found = told(pressed.clone(), Slot::Rooms, View::Rooms(rooms(&[8])));
    assert_eq!((found.nav.room, found.rooms.search.as_str()), (Some(RoomId(8)), ""));
    let thought_better = step(pressed, Action::Rooms(RoomsAction::Search("Be".to_owned())));
    assert_eq!(told(thought_better, Slot::Rooms, View::Rooms(rooms(&[7]))).nav.room, None);
}

#[test]
fn a_message_sent_in_one_conversation_moves_nothing_in_another() {
    let opened = step(signed_in(), open(1));
    let jump = |room| Action::Timeline(RoomId(room), TimelineAction::JumpToLatest);
    let jumps = |state: State| state.timeline.map(|timeline| timeline.jumps);
    assert_eq!(jumps(step(opened.clone(), jump(2))), Some(0));
    assert_eq!(jumps(step(opened, jump(1))), Some(1));
}

#[test]
fn the_home_page_is_kept_up_to_date_only_while_it_is_shown() {
    let asks = |state: &State| state.wanted().iter().any(|wanted| wanted.query == Query::Home);
    let start = signed_in();
    assert!(!asks(&start), "conversations come first");
    let home = step(start, Action::Nav(NavAction::Show(nav::Page::Home)));
    assert!(asks(&home));
    let told = told(home, Slot::Home, View::Home(HomeView { rooms: 3, ..HomeView::default() }));
    let left = step(told, Action::Nav(NavAction::Back));
    assert!(!asks(&left));
    assert_eq!(
        left.home.view.as_deref().map(|view| view.rooms),
        Some(3),
        "and is there at once the next time"
    );
}

#[test]
fn one_kind_of_conversations_is_shown_whatever_was_searched_before() {
    let searched = step(signed_in(), Action::Rooms(RoomsAction::Search("Ben".to_owned())));
    let shown = step(searched, Action::Rooms(RoomsAction::Only(RoomFilter::Urgent)));
    let query = Query::Rooms { search: String::new(), filter: RoomFilter::Urgent, keep: None };
    assert!(shown.wanted().iter().any(|wanted| wanted.query == query));
}

#[test]
fn emoji_one_likes_follow_the_settings_and_go_with_the_person() {
    use bedside_protocol::ipc::{SessionState, Settings, SettingsView};
    let kept = |emoji: &[&str]| {
        let emoji_recent = emoji.iter().map(|emoji| (*emoji).to_owned()).collect();
        let settings = Settings { emoji_recent, ..Settings::default() };
        View::Settings(SettingsView { settings, version: String::new(), profile: String::new() })
    };
    let liked = |state: &State| state.taste.recent.iter().map(|emoji| emoji.as_str()).collect::<Vec<_>>();
    let state = told(signed_in(), Slot::Settings, kept(&["💊"]));
    assert_eq!(liked(&state), ["💊"]);
    let nobody = SessionView { state: SessionState::SignedOut { ended_by_server: false }, ..ana() };
    let out = told(told(state, Slot::Session, View::Session(nobody)), Slot::Settings, kept(&[]));
    assert_eq!(liked(&out), Vec::<&str>::new());
}
