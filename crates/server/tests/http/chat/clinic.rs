//! `GET /chat/clinic/`

use bedside_server::store::{ClinicChange, Store as _};

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn everybody_who_is_signed_in_learns_what_the_clinic_says() {
    let app = TestApp::new().await;
    let change = ClinicChange { name: Some("Harbour".to_owned()), ..ClinicChange::default() };
    app.store.set_clinic(None, change).await.unwrap();
    for name in ["ana", "drew", "root"] {
        let who = app.native(name).await;
        let said = app.get("/chat/clinic/").native(&who).send().await.json();
        assert_eq!((&said["name"], &said["emergency_number"]), (&"Harbour".into(), &"112".into()), "{name}");
    }
    assert_eq!(app.get("/chat/clinic/").send().await.code(), "unauthenticated");
}
