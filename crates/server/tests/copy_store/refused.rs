//! What a copy refuses, and what refuses a clinic that has moved.

use bedside_server::store::Store as _;
use bedside_server::store::copy::{CopyError, Pass};
use bedside_server::store::sqlite::OpenError;

use crate::support::Move;

#[tokio::test]
async fn a_clinic_that_has_moved_is_not_served_from_its_folder_again() {
    let clinic = Move::new().await;
    clinic.demo_clinic().await.close().await;
    clinic.copy(Pass::Last).await.unwrap();
    let refused = clinic.open_source().err().unwrap();
    assert!(matches!(refused, OpenError::Moved { .. }), "{refused}");
    assert!(
        refused.to_string().contains("--database") && refused.to_string().contains("2026-11-22"),
        "{refused}"
    );
    let finished = clinic.copy(Pass::Last).await.unwrap_err();
    assert!(matches!(finished, CopyError::Finished), "{finished}");
    std::fs::remove_file(clinic.folder.path().join("bedside.moved")).unwrap();
    clinic.open_source().expect("removing the mark is how to go back").close().await;
}

#[tokio::test]
async fn a_row_changed_in_the_target_is_found() {
    for (table, change) in [
        ("messages", "UPDATE messages SET content = content || '.' WHERE id = 7"),
        ("feed", "DELETE FROM feed WHERE feed_seq = 1"),
        ("commands", "INSERT INTO commands SELECT 1, gen_random_uuid(), 'send', '', 1"),
    ] {
        let clinic = Move::new().await;
        let store = clinic.demo_clinic().await;
        clinic.say(&store, clinic.patient(&store).await, "Good morning").await;
        store.close().await;
        // Done by the database itself when the last table is filled: after the copying, before the comparing.
        let meddle = format!(
            "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {change}; RETURN NULL; END $$;
             CREATE TRIGGER meddle AFTER INSERT ON audit FOR EACH STATEMENT EXECUTE FUNCTION meddle()"
        );
        clinic.copy_until(Pass::BesideServer, 1).await;
        clinic.ask(&meddle).await;
        let error = clinic.copy(Pass::Last).await.expect_err(table);
        assert!(matches!(error, CopyError::Differs(found) if found == table), "{table}: {error}");
        clinic.open_source().expect("the clinic has not moved").close().await;
        assert!(clinic.open_target().await.is_err());
        clinic.ask("DROP TRIGGER meddle ON audit").await;
        clinic.copy(Pass::Last).await.unwrap();
    }
}

#[tokio::test]
async fn two_clinics_are_never_mixed() {
    let (one, other) = (Move::of(1).await, Move::of(2).await);
    one.demo_clinic().await.close().await;
    other.demo_clinic().await.close().await;
    one.copy(Pass::BesideServer).await.unwrap();
    let mixed = Move { database: one.database.clone(), ..other };
    let refused = mixed.copy(Pass::BesideServer).await.unwrap_err();
    assert!(matches!(refused, CopyError::AnotherClinic), "{refused}");
    one.copy(Pass::Last).await.unwrap();
    let refused = mixed.copy(Pass::BesideServer).await.unwrap_err();
    assert!(matches!(refused, CopyError::NotEmpty), "{refused}");
}

#[tokio::test]
async fn a_target_that_is_served_is_refused_and_left_as_it_is() {
    let clinic = Move::new().await;
    clinic.demo_clinic().await.close().await;
    let served = clinic.open_target().await.unwrap();
    let refused = clinic.copy(Pass::BesideServer).await.unwrap_err();
    assert!(matches!(refused, CopyError::ServerOnTarget), "{refused}");
    clinic.open_target().await.expect("no mark is left").close().await;
    served.close().await;
}

#[tokio::test]
async fn the_last_pass_has_the_database_for_itself() {
    let clinic = Move::new().await;
    clinic.demo_clinic().await.close().await;
    let command = rusqlite::Connection::open(clinic.folder.path().join("bedside.sqlite3")).unwrap();
    command.query_row("SELECT count(*) FROM accounts", [], |_| Ok(())).unwrap();
    let refused = clinic.copy(Pass::Last).await.unwrap_err();
    assert!(matches!(refused, CopyError::OpenElsewhere(_)), "{refused}");
    drop(command);
    clinic.copy(Pass::Last).await.unwrap();
}

#[tokio::test]
async fn a_folder_without_a_clinic_is_left_as_it_is() {
    let clinic = Move::new().await;
    for pass in [Pass::BesideServer, Pass::Last] {
        let refused = clinic.copy(pass).await.unwrap_err();
        assert!(matches!(refused, CopyError::NoClinic(_)), "{refused}");
    }
    assert_eq!(std::fs::read_dir(clinic.folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn what_postgresql_cannot_store_is_named_and_not_quoted() {
    let clinic = Move::new().await;
    clinic.demo_clinic().await.close().await;
    clinic.sql("UPDATE messages SET content = 'secret' || char(0) WHERE id = 9");
    let refused = clinic.copy(Pass::BesideServer).await.unwrap_err();
    assert!(matches!(refused, CopyError::ZeroCharacter("messages")), "{refused}");
    assert!(!format!("{refused:?}").contains("secret"));
}
