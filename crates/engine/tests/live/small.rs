//! The views that travel whole, and what happens without a cache.

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::Rev;
use bedside_protocol::ipc::{
    ClinicView, ConnectionMode, Query, RoomFilter, Settings, ShellView, Theme, View,
};
use bedside_protocol::wire::Clinic;

use crate::fixtures::{DREW, Profile, stored};
use crate::screen::{Desk, connection, signed_out};

#[tokio::test(start_paused = true)]
async fn session_connection_and_wishes_follow_their_sources() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    let mut screens = [Query::Session, Query::Connection, Query::Shell].map(|query| desk.look(query));
    assert_eq!(*screens[0].settle().await, View::Session(signed_out()));
    assert_eq!(*screens[1].settle().await, View::Connection(connection(ConnectionMode::Offline)));
    desk.connection.send_replace(connection(ConnectionMode::Limited));
    desk.shell.send_replace(ShellView { wish: 1, open: None });
    assert_eq!(*screens[1].settle().await, View::Connection(connection(ConnectionMode::Limited)));
    assert_eq!(*screens[2].settle().await, View::Shell(ShellView { wish: 1, open: None }));
}

#[tokio::test(start_paused = true)]
async fn settings_are_shown_with_facts_about_the_device() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.look(Query::Settings);
    let shown = |view: &View| match view {
        View::Settings(view) => (view.settings.theme, view.version.clone(), view.profile.clone()),
        _ => panic!("not settings"),
    };
    assert_eq!(shown(screen.settle().await), (Theme::System, "1.2.3".into(), "ana".into()));
    ana.cache.save_settings(Settings { theme: Theme::Dark, ..Settings::default() }).await.unwrap();
    assert_eq!(shown(screen.settle().await).0, Theme::Dark);
}

#[tokio::test(start_paused = true)]
async fn the_clinic_is_shown_as_last_heard() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.look(Query::Clinic);
    assert_eq!(*screen.settle().await, View::Clinic(ClinicView::default()));
    let said = Clinic { emergency_number: "999".into(), rev: Rev(7), ..Clinic::default() };
    ana.cache.apply(vec![CacheWrite::Clinic(Box::new(said.clone()))]).await.unwrap();
    assert_eq!(*screen.settle().await, View::Clinic(said.into()));
}

#[tokio::test(start_paused = true)]
async fn a_list_without_a_cache_is_loading_and_fills_when_one_is_opened() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    desk.cache.send_replace(None);
    let mut screen = desk.rooms("", RoomFilter::All);
    assert!(screen.rooms().await.rows.is_empty());
    desk.cache.send_replace(Some(ana.cache.clone()));
    assert_eq!(screen.rooms().await.rows.len(), 1);
    ana.cache.apply(vec![stored(1, DREW)]).await.unwrap();
    assert_eq!(screen.rooms().await.rows[0].unread, 1);
}

#[tokio::test(start_paused = true)]
async fn a_view_ends_quietly_with_its_cache() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.rooms("", RoomFilter::All);
    screen.settle().await;
    ana.cache.close().await;
    assert!(screen.is_still().await);
}
