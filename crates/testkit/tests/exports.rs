//! Conversations taken along: with the server, without it, given up, and where nothing can be written.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::path::Path;
use std::time::Duration;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{
    ExportOrder, ExportPackaging, ExportState, IpcError, Reply, Request, SignedBy, Verdict,
};
use bedside_server::store::ClinicChange;
use bedside_testkit::{Person, Weather, World};

const DOWN: Weather = Weather {
    down: true,
    sockets_blocked: false,
    portal: false,
    cuts: 0,
    mutes: 0,
    duplicates: 0,
    lost_answers: 0,
    bad_gateways: 0,
    late: 0,
    delay: Duration::ZERO,
};

/// Drew at a desk, Ana at another, and some messages between them.
struct Scene {
    world: World,
    room_id: RoomId,
    folder: tempfile::TempDir,
}

impl Scene {
    async fn new(seed: u64) -> Self {
        let mut world = World::new(seed, &[Person::Drew, Person::Ana]).await.unwrap();
        world.settle().await.unwrap();
        let room_id = world.desks[0].rooms().await.unwrap()[0];
        for number in 0..6 {
            world.desks[number % 2].write(room_id, &format!("number {number}")).await.unwrap();
            world.settle().await.unwrap();
        }
        Scene { world, room_id, folder: tempfile::tempdir().unwrap() }
    }

    fn offline(&self) {
        let line = self.world.desks[0].line;
        self.world.network.set_weather(line, DOWN);
        self.world.network.cut(line);
    }

    fn order(&self, format: &str, packaging: ExportPackaging) -> ExportOrder {
        ExportOrder {
            room_id: Some(self.room_id),
            format: format.to_owned(),
            from: None,
            to: None,
            packaging,
            password: None,
            language: "en".to_owned(),
            time_zone: "UTC".to_owned(),
        }
    }

    /// Until it has ended.
    async fn export(&self, order: ExportOrder, place: &Path) -> ExportState {
        let client = self.world.desks[0].client().unwrap();
        client.export(order, place.to_owned()).unwrap();
        let mut after = u64::MAX;
        for _ in 0..200 {
            let asked = client.request(Request::ExportProgress { after }).await.unwrap();
            let Reply::Export { progress } = asked else { panic!("{asked:?}") };
            if !matches!(progress.state, ExportState::Running { .. } | ExportState::Idle) {
                return progress.state;
            }
            after = progress.number;
        }
        panic!("it does not end");
    }

    async fn verdict(&self, place: &Path, password: Option<&str>) -> Verdict {
        let client = self.world.desks[0].client().unwrap();
        client.check_file(Some(place.to_owned()), password.map(str::to_owned)).await.unwrap().verdict
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

#[tokio::test(start_paused = true)]
async fn with_the_server_it_is_whole_and_signed() {
    let scene = Scene::new(81).await;
    let place = scene.folder.path().join("Ana.zip");
    let state = scene.export(scene.order("json", ExportPackaging::Zip), &place).await;
    assert_eq!(state, ExportState::Finished { file: "Ana.zip".to_owned(), by_server: true, missing: 0 });
    let verdict = scene.verdict(&place, None).await;
    assert_eq!(verdict, Verdict::Intact { signed: SignedBy::Clinic, messages: 6 });
    assert_eq!(scene.names(), ["Ana.zip"]);
    let plain = scene.folder.path().join("Ana.txt");
    scene.export(scene.order("text", ExportPackaging::File), &plain).await;
    assert!(std::fs::read_to_string(&plain).unwrap().contains("number 5"));
}

#[tokio::test(start_paused = true)]
async fn without_it_this_devices_copy_is_written_and_the_server_hears_of_it_later() {
    let mut scene = Scene::new(82).await;
    scene.offline();
    let place = scene.folder.path().join("Ana.zip");
    let state = scene.export(scene.order("html", ExportPackaging::Zip), &place).await;
    assert_eq!(state, ExportState::Finished { file: "Ana.zip".to_owned(), by_server: false, missing: 0 });
    let verdict = scene.verdict(&place, None).await;
    assert_eq!(verdict, Verdict::Intact { signed: SignedBy::Nobody, messages: 6 });
    let cache = scene.world.desks[0].cache().unwrap();
    assert_eq!(cache.export_notes().await.unwrap().len(), 1, "kept until it can be told");
    scene.world.heal().await.unwrap();
    for _ in 0..20 {
        scene.world.wait(Duration::from_secs(5)).await;
    }
    assert_eq!(cache.export_notes().await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn a_password_is_asked_for_by_whoever_looks() {
    let scene = Scene::new(83).await;
    let place = scene.folder.path().join("Ana.zip");
    let order = ExportOrder {
        password: Some("correct horse battery".to_owned()),
        ..scene.order("csv", ExportPackaging::File)
    };
    scene.export(order, &place).await;
    assert_eq!(scene.verdict(&place, None).await, Verdict::Locked);
    assert_eq!(scene.verdict(&place, Some("wrong horse battery")).await, Verdict::WrongPassword);
    let opened = scene.verdict(&place, Some("correct horse battery")).await;
    assert_eq!(opened, Verdict::Intact { signed: SignedBy::Clinic, messages: 6 });
}

#[tokio::test(start_paused = true)]
async fn where_nothing_can_be_written_nothing_is_left() {
    let scene = Scene::new(84).await;
    let order = || scene.order("html", ExportPackaging::File);
    let nowhere = scene.folder.path().join("missing").join("Ana.html");
    for offline in [false, true] {
        if offline {
            scene.offline();
        }
        let state = scene.export(order(), &nowhere).await;
        assert_eq!(state, ExportState::Failed { error: IpcError::Disk });
        assert_eq!(scene.names(), Vec::<String>::new());
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_meant_is_refused_before_anything_is_written() {
    let scene = Scene::new(85).await;
    let client = scene.world.desks[0].client().unwrap();
    let good = scene.order("html", ExportPackaging::File);
    let wrong = [
        ExportOrder { format: "docx".to_owned(), ..good.clone() },
        ExportOrder { time_zone: "Mars/Olympus".to_owned(), ..good.clone() },
        ExportOrder { from: Some("yesterday".to_owned()), ..good.clone() },
        ExportOrder { password: Some("short".to_owned()), ..good.clone() },
    ];
    for order in wrong {
        let place = scene.folder.path().join("Ana.html");
        assert_eq!(client.export(order, place), Err(IpcError::Malformed));
    }
    assert_eq!(client.request(Request::Export { order: good.clone() }).await, Err(IpcError::Malformed));
    assert_eq!(scene.names(), Vec::<String>::new());
    assert_eq!(client.export_name(&good).await.unwrap(), "Ana Ribeiro.html");
}

#[tokio::test(start_paused = true)]
async fn a_clinic_that_has_switched_it_off_has_done_so_offline_too() {
    let mut scene = Scene::new(86).await;
    let off = ClinicChange { practitioners_export: Some(false), ..ClinicChange::default() };
    scene.world.server().unwrap().store().set_clinic(None, off).await.unwrap();
    scene.world.desks[0].crash().await;
    scene.world.heal().await.unwrap(); // Apps hear of it when they next connect.
    scene.world.wait(Duration::from_secs(5)).await;
    let refused =
        ExportState::Failed { error: IpcError::Refused { code: bedside_protocol::ErrorCode::Forbidden } };
    let place = scene.folder.path().join("Ana.html");
    for offline in [false, true] {
        if offline {
            scene.offline();
            scene.world.wait(Duration::from_secs(60)).await;
        }
        assert_eq!(scene.export(scene.order("html", ExportPackaging::File), &place).await, refused);
    }
    assert_eq!(scene.names(), Vec::<String>::new());
}
