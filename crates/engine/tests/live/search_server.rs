//! What is not on this device is asked for at the server, and what it says is shown among what is found here.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bedside_core::cache_write::CacheWrite;
use bedside_engine::live::{AskServer, NotSearched, ServerSearch};
use bedside_protocol::ipc::{ConnectionMode, Looked, Query, SearchFilter, SearchView, ServerSearched, View};
use bedside_protocol::wire::{Message, SearchAnswer};
use bedside_protocol::{MessageId, RoomSeq, Timestamp};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, applied, cursor, message, retracted};
use crate::screen::{Desk, Screen, connection};

type Answer = Result<SearchAnswer, NotSearched>;

/// A server that says what it was told to, and what it was asked.
#[derive(Clone, Default)]
struct Server {
    asked: Arc<Mutex<Vec<ServerSearch>>>,
    answers: Arc<Mutex<Vec<Answer>>>,
}

impl Server {
    fn saying(answers: Vec<Answer>) -> Self {
        Server { answers: Arc::new(Mutex::new(answers)), ..Server::default() }
    }

    fn ask(&self) -> Option<AskServer> {
        let server = self.clone();
        Some(Arc::new(move |search| {
            server.asked.lock().unwrap().push(search);
            let mut answers = server.answers.lock().unwrap();
            let answer = if answers.is_empty() { Err(NotSearched::Now) } else { answers.remove(0) };
            Box::pin(async move { answer })
        }))
    }

    fn asked(&self) -> Vec<ServerSearch> {
        self.asked.lock().unwrap().clone()
    }
}

fn of(seq: i64, text: &str) -> Message {
    Message { content: text.into(), ..message(seq, seq, DREW) }
}

fn answer(messages: Vec<Message>, next: Option<i64>) -> Answer {
    Ok(SearchAnswer { messages, next: next.map(MessageId), complete: true, searched_back_to: None })
}

/// A room whose places 2 to 4 and 6 to 8 are not held.
async fn profile() -> Profile {
    let ana = Profile::with_room().await;
    let missing = CacheWrite::Missing { room_id: ROOM, from: RoomSeq(6), to: RoomSeq(8) };
    let own = Message { content: "my blood".into(), ..message(5, 5, ANA) };
    let held = [of(1, "blood pressure"), own, of(9, "blood again")].map(applied).into_iter();
    let writes = held.chain([missing, cursor("a", 1)]).collect();
    ana.cache.apply(writes).await.unwrap();
    ana
}

fn look(desk: &Desk, filter: SearchFilter) -> Screen {
    desk.look(Query::Search { text: "blood".into(), filter, limit: 50 })
}

async fn view(screen: &mut Screen) -> SearchView {
    tokio::time::sleep(Duration::from_millis(900)).await;
    match screen.settle().await {
        View::Search(view) => view.clone(),
        _ => panic!("not a search"),
    }
}

fn places(view: &SearchView) -> Vec<i64> {
    let hits = view.groups.iter().flat_map(|group| &group.hits);
    hits.map(|hit| hit.seq.map_or(0, RoomSeq::get)).collect()
}

fn online(ana: &Profile, server: &Server) -> Desk {
    let desk = Desk::asking(ana, server.ask());
    desk.connection.send_replace(connection(ConnectionMode::Live));
    desk
}

#[tokio::test(start_paused = true)]
async fn what_the_server_finds_is_shown_once_in_its_place() {
    let ana = profile().await;
    let found = vec![of(7, "blood of the server"), of(1, "blood pressure")];
    let server = Server::saying(vec![answer(found, None)]);
    let desk = online(&ana, &server);
    let seen = view(&mut look(&desk, SearchFilter::default())).await;
    assert_eq!((places(&seen), seen.server), (vec![9, 7, 5, 1], ServerSearched::Fully));
    assert_eq!(seen.looked, Looked::Since { since: Timestamp(NOW.0 + 9) });
    let asked = server.asked();
    assert_eq!((asked.len(), asked[0].text.as_str()), (1, "blood"));
    assert!(asked[0].filter.until > Some(Timestamp(NOW.0 + 9)), "only what is older, and a little more");
}

#[tokio::test(start_paused = true)]
async fn every_page_is_asked_for_and_a_failure_is_said_and_made_good() {
    let ana = profile().await;
    let pages = vec![
        answer(vec![of(8, "more blood")], Some(8)),
        Err(NotSearched::Now),
        answer(vec![of(6, "old blood")], None),
    ];
    let server = Server::saying(pages);
    let desk = online(&ana, &server);
    let mut screen = look(&desk, SearchFilter::default());
    let seen = view(&mut screen).await;
    assert_eq!((places(&seen), seen.server), (vec![9, 8, 5, 1], ServerSearched::Failed));
    tokio::time::sleep(Duration::from_secs(3)).await;
    let seen = view(&mut screen).await;
    assert_eq!((places(&seen), seen.server), (vec![9, 8, 6, 5, 1], ServerSearched::Fully));
    assert_eq!(server.asked().last().unwrap().before, Some(MessageId(8)), "from where it was");
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_without_a_connection_and_the_server_as_soon_as_there_is_one() {
    let ana = profile().await;
    let server = Server::saying(vec![answer(vec![of(7, "blood of the server")], None)]);
    let desk = Desk::asking(&ana, server.ask());
    let mut screen = look(&desk, SearchFilter::default());
    let seen = view(&mut screen).await;
    assert_eq!((places(&seen), seen.server), (vec![9, 5, 1], ServerSearched::NotAsked));
    assert_eq!(server.asked(), []);
    desk.connection.send_replace(connection(ConnectionMode::Live));
    let seen = view(&mut screen).await;
    assert_eq!((places(&seen), seen.server), (vec![9, 7, 5, 1], ServerSearched::Fully));
    desk.connection.send_replace(connection(ConnectionMode::Offline));
    let seen = view(&mut screen).await;
    assert_eq!(
        (places(&seen), seen.server),
        (vec![9, 7, 5, 1], ServerSearched::Fully),
        "what was found stays"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_where_this_device_has_it_all() {
    let ana = profile().await;
    let server = Server::default();
    let desk = online(&ana, &server);
    let since = SearchFilter { since: Some(Timestamp(NOW.0 + 9)), ..SearchFilter::default() };
    assert_eq!(places(&view(&mut look(&desk, since)).await), [9]);
    let fill = [6, 7, 8].map(|seq| applied(of(seq, "blood"))).into_iter();
    let covered = CacheWrite::Covered { room_id: ROOM, from: RoomSeq(2), to: RoomSeq(8) };
    ana.cache.apply(fill.chain([covered]).collect()).await.unwrap();
    let seen = view(&mut look(&desk, SearchFilter::default())).await;
    assert_eq!((places(&seen), seen.looked), (vec![9, 8, 7, 6, 5, 1], Looked::Everything));
    assert_eq!((server.asked(), seen.server), (vec![], ServerSearched::NotAsked));
}

#[tokio::test(start_paused = true)]
async fn what_was_taken_back_here_is_not_shown_whatever_the_server_says() {
    let ana = profile().await;
    ana.cache.apply(vec![retracted(1, 20)]).await.unwrap();
    let server =
        Server::saying(vec![answer(vec![of(7, "blood of the server"), of(1, "blood pressure")], None)]);
    let desk = online(&ana, &server);
    let mut screen = look(&desk, SearchFilter::default());
    assert_eq!(places(&view(&mut screen).await), [9, 7, 5]);
    ana.cache.apply(vec![retracted(7, 21)]).await.unwrap();
    assert_eq!(places(&view(&mut screen).await), [9, 5]);
}
