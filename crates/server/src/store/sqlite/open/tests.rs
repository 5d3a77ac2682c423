use bedside_protocol::Timestamp;

use super::*;

const START: Timestamp = Timestamp(1_795_363_200_000);

fn try_open(folder: &Path, settings: &str) -> Result<Opened, OpenError> {
    open_with(&Runtime::simulated(1, START), folder, &StoreOptions::default(), settings)
}

#[tokio::test(start_paused = true)]
async fn a_database_that_may_lose_an_acknowledged_write_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let weaker = SETTINGS.replace("synchronous = FULL", "synchronous = NORMAL");
    let refused = try_open(folder.path(), &weaker).err().unwrap();
    assert!(matches!(refused, OpenError::Unsafe { setting: "synchronous", .. }), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn every_required_setting_is_asked_for_and_checked() {
    for (asked, weaker, setting) in [
        ("journal_mode = WAL", "journal_mode = DELETE", "journal_mode"),
        ("PRAGMA fullfsync = ON", "PRAGMA fullfsync = OFF", "fullfsync"),
        ("checkpoint_fullfsync = ON", "checkpoint_fullfsync = OFF", "checkpoint_fullfsync"),
        ("foreign_keys = ON", "foreign_keys = OFF", "foreign_keys"),
        ("secure_delete = ON", "secure_delete = OFF", "secure_delete"),
        ("temp_store = MEMORY", "temp_store = FILE", "temp_store"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        assert!(SETTINGS.contains(asked));
        match try_open(folder.path(), &SETTINGS.replace(asked, weaker)).err() {
            Some(OpenError::Unsafe { setting: found, .. }) => assert_eq!(found, setting),
            other => panic!("{asked}: {other:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_connection_syncs_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let opened = try_open(folder.path(), SETTINGS).unwrap();
    for connection in opened.readers.iter().chain([&opened.writer]) {
        verify(connection).unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let opened = try_open(folder.path(), SETTINGS).unwrap();
    for reader in &opened.readers {
        assert!(reader.execute("INSERT INTO meta (key, value) VALUES ('a', 'b')", []).is_err());
    }
}

#[tokio::test(start_paused = true)]
async fn a_second_server_is_kept_out_of_the_folder_until_the_first_has_left() {
    let folder = tempfile::tempdir().unwrap();
    let first = try_open(folder.path(), SETTINGS).unwrap();
    assert!(matches!(try_open(folder.path(), SETTINGS), Err(OpenError::InUse(_))));
    drop(first);
    assert!(try_open(folder.path(), SETTINGS).is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_epoch_stays_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let first = try_open(folder.path(), SETTINGS).unwrap().facts.epoch;
    assert_eq!(try_open(folder.path(), SETTINGS).unwrap().facts.epoch, first);
}

#[tokio::test(start_paused = true)]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let other = vec![7_u8; 8_192];
    std::fs::write(folder.path().join(DATABASE), &other).unwrap();
    assert!(matches!(try_open(folder.path(), SETTINGS), Err(OpenError::NotADatabase)));
    assert_eq!(std::fs::read(folder.path().join(DATABASE)).unwrap(), other);
}

#[tokio::test(start_paused = true)]
async fn an_encrypted_database_opens_with_its_key_only() {
    let folder = tempfile::tempdir().unwrap();
    let with = |key: Option<&str>| {
        let options = StoreOptions { key: key.map(SecretString::from), ..StoreOptions::default() };
        open_with(&Runtime::simulated(1, START), folder.path(), &options, SETTINGS)
    };
    drop(with(Some("right")).unwrap());
    assert!(matches!(with(Some("wrong")), Err(OpenError::NotADatabase)));
    assert!(matches!(with(None), Err(OpenError::NotADatabase)));
    assert!(with(Some("right")).is_ok());
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_new_data_folder_is_its_owners_alone() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    try_open(&folder, SETTINGS).unwrap();
    assert_eq!(mode_of(&folder), 0o700);
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn what_others_could_read_is_closed_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let with_mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    };
    drop(try_open(folder.path(), SETTINGS).unwrap());
    with_mode(folder.path(), 0o755);
    with_mode(&folder.path().join(DATABASE), 0o644);
    let _open = try_open(folder.path(), SETTINGS).unwrap();
    assert_eq!(mode_of(folder.path()), 0o700);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode_of(&path), 0o600, "{}", path.display());
    }
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_folder_of_somebody_elses_files_is_neither_used_nor_closed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("theirs"), "").unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(matches!(try_open(folder.path(), SETTINGS), Err(OpenError::Shared(_))));
    assert_eq!(mode_of(folder.path()), 0o755);
}

#[cfg(unix)]
fn mode_of(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn sqlite_is_new_enough_for_its_write_ahead_log() {
    assert!(rusqlite::version_number() >= OLDEST_SQLITE);
}

#[tokio::test(start_paused = true)]
async fn an_administrator_works_beside_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = try_open(folder.path(), SETTINGS).unwrap();
    let beside = StoreOptions { company: Company::BesideServer, ..StoreOptions::default() };
    let opened = open_with(&Runtime::simulated(2, START), folder.path(), &beside, SETTINGS).unwrap();
    assert_eq!(opened.facts.epoch, server.facts.epoch);
    drop(opened);
    assert!(
        matches!(try_open(folder.path(), SETTINGS), Err(OpenError::InUse(_))),
        "the server keeps its lock"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_changes_the_schema_under_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = try_open(folder.path(), SETTINGS).unwrap();
    server.writer.execute("DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)", []).unwrap();
    let beside = StoreOptions { company: Company::BesideServer, ..StoreOptions::default() };
    let refused = open_with(&Runtime::simulated(2, START), folder.path(), &beside, SETTINGS).err();
    assert!(matches!(refused, Some(OpenError::Migrate(MigrateError::Pending))), "{refused:?}");
}
