//! Whose cache it is, and who may open it.

use bedside_engine::cache::{Cache, OpenError, SignedIn};
use bedside_engine::keys::DataKey;
use bedside_protocol::ipc::{Settings, Theme};
use bedside_protocol::{DeviceId, RoomId};
use secrecy::{ExposeSecret, SecretString};

use crate::fixtures::{ANA, DREW, Profile, stored};

#[tokio::test(start_paused = true)]
async fn a_session_is_kept_until_it_is_forgotten() {
    let ana = Profile::ana().await;
    let session = SignedIn {
        server: "https://clinic.example".into(),
        username: "ana".into(),
        account_id: ANA,
        device_id: DeviceId(5),
        token: SecretString::from("opaque"),
    };
    ana.cache.signed_in(session).await.unwrap();
    let ana = ana.reopened().await;
    assert_eq!(ana.cache.token().await.unwrap().unwrap().expose_secret(), "opaque");
    ana.cache.forget_token().await.unwrap();
    assert!(ana.cache.token().await.unwrap().is_none());
    let profile = ana.cache.profile().await.unwrap();
    assert_eq!((profile.server.as_str(), profile.device_id), ("https://clinic.example", Some(DeviceId(5))));
}

#[tokio::test(start_paused = true)]
async fn settings_are_kept_and_default_before() {
    let ana = Profile::ana().await;
    assert_eq!(ana.cache.settings().await.unwrap(), Settings::default());
    let dark = Settings { theme: Theme::Dark, ..Settings::default() };
    ana.cache.save_settings(dark.clone()).await.unwrap();
    assert_eq!(ana.reopened().await.cache.settings().await.unwrap(), dark);
}

#[tokio::test(start_paused = true)]
async fn a_profile_is_open_in_one_place_only() {
    let ana = Profile::ana().await;
    let second = Cache::open(&ana.runtime, ana.folder.path(), ana.key.clone()).await;
    assert!(matches!(second, Err(OpenError::InUse)));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_key_opens_nothing_and_changes_nothing() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW)]).await.unwrap();
    ana.cache.close().await;
    let file = ana.folder.path().join("cache.db");
    let before = std::fs::read(&file).unwrap();
    let other = DataKey::random(&ana.runtime);
    let refused = Cache::open(&ana.runtime, ana.folder.path(), other).await;
    assert!(matches!(refused, Err(OpenError::WrongKey)));
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert_eq!(ana.reopened().await.seqs().await, [1]);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_database_is_left_as_it_is() {
    let ana = Profile::ana().await;
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("cache.db");
    std::fs::write(&file, b"something else".repeat(1_000)).unwrap();
    let refused = Cache::open(&ana.runtime, folder.path(), ana.key.clone()).await;
    assert!(matches!(refused, Err(OpenError::WrongKey)));
    assert_eq!(std::fs::read(&file).unwrap(), b"something else".repeat(1_000));
}

#[tokio::test(start_paused = true)]
async fn a_draft_of_an_unknown_room_is_not_kept() {
    let ana = Profile::ana().await;
    ana.cache.save_draft(RoomId(99), "lost".into()).await.unwrap();
    assert_eq!(ana.cache.rooms_held().await.unwrap(), []);
}
