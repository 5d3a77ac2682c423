//! Files of the app's own that are read when they are needed: they would only make the program larger.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::dom;

/// The text of a file of the app; nothing if it cannot be read.
pub(crate) async fn text(path: &str) -> Option<String> {
    let response = JsFuture::from(dom::window()?.fetch_with_str(path)).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
