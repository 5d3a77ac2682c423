//! Small hands for the document: its root's attributes, focus, what the system wishes.

use bedside_i18n::Direction;
use bedside_protocol::ipc::{Settings, Theme};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement, MediaQueryList, Window};

/// The window; there is always one in a webview.
pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// The languages the system asks for, best first.
pub(crate) fn system_languages() -> Vec<String> {
    let Some(window) = window() else { return Vec::new() };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// The system's wish for dark colours.
pub(crate) fn dark_wish() -> Option<MediaQueryList> {
    window()?.match_media("(prefers-color-scheme: dark)").ok().flatten()
}

/// Whether there is room for three columns beside the rail.
pub(crate) fn room_for_details() -> Option<MediaQueryList> {
    window()?.match_media("(min-width: 1180px)").ok().flatten()
}

/// Whether the person looks at this window.
pub(crate) fn has_focus() -> bool {
    document().is_some_and(|document| document.has_focus().unwrap_or(false))
}

/// Puts the settings and the language on the document's root.
pub(crate) fn dress(settings: &Settings, language: &str, direction: Direction) {
    let Some(root) = root() else { return };
    let dark = match settings.theme {
        Theme::System => dark_wish().is_some_and(|wish| wish.matches()),
        Theme::Light => false,
        Theme::Dark => true,
    };
    set(&root, "data-theme", if dark { "dark" } else { "light" });
    set(&root, "lang", language);
    set(&root, "dir", direction.as_str());
    style(&root, "font-size", &format!("{}%", settings.text_size.clamp(90, 150)));
    style(&root, "--list", &format!("{}px", settings.list_width.clamp(280, 360)));
}

/// The document's root.
pub(crate) fn root() -> Option<HtmlElement> {
    document()?.document_element()?.dyn_into().ok()
}

/// Sets a style through the object model, which the content policy allows.
pub(crate) fn style(element: &HtmlElement, property: &str, value: &str) {
    // Fails only for a property no element has.
    let _ = element.style().set_property(property, value);
}

fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Focuses the first element of a selector.
pub(crate) fn focus(selector: &str) -> Option<HtmlElement> {
    let element = find(selector)?;
    focus_element(&element);
    Some(element)
}

/// Focuses an element.
pub(crate) fn focus_element(element: &HtmlElement) {
    // Only throws where focus does not exist.
    let _ = element.focus();
}

/// The first element of a selector.
pub(crate) fn find(selector: &str) -> Option<HtmlElement> {
    document()?.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Every element of a selector within another.
pub(crate) fn find_all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = within.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

/// What has the focus.
pub(crate) fn active() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

/// Whether nothing has the focus: what had it is gone, or is no longer drawn.
pub(crate) fn focus_is_lost() -> bool {
    active().is_none_or(|active| active.tag_name().eq_ignore_ascii_case("body") || active.offset_width() == 0)
}

/// Whether keys typed at an element are text.
pub(crate) fn takes_text(element: &Element) -> bool {
    let tag = element.tag_name();
    tag.eq_ignore_ascii_case("textarea") || tag.eq_ignore_ascii_case("select") || {
        tag.eq_ignore_ascii_case("input")
            && !matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "radio" | "range"))
    }
}

/// Whether a part of the page's text is selected.
pub(crate) fn has_selection() -> bool {
    let selection = window().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Puts a text on the clipboard; tells whether it is there.
pub(crate) async fn copy(text: &str) -> bool {
    let clipboard = window().map(|window| window.navigator().clipboard());
    // There is none where the page's origin is not trusted.
    match clipboard.filter(|clipboard| !clipboard.is_undefined()) {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// The width and height of what the window shows of the page.
pub(crate) fn room() -> (f64, f64) {
    root().map_or((0.0, 0.0), |root| (f64::from(root.client_width()), f64::from(root.client_height())))
}

/// Whether the page is read from right to left.
pub(crate) fn is_rtl() -> bool {
    root().is_some_and(|root| root.dir() == "rtl")
}

/// Whether this is a Mac, where Cmd takes Ctrl's place.
pub(crate) fn is_mac() -> bool {
    let platform = |window: Window| window.navigator().platform().unwrap_or_default();
    window().map(platform).is_some_and(|name| name.starts_with("Mac"))
}

/// Moves focus to the neighbour of the element that has it, or holds what has it, among those of a selector.
pub(crate) fn rove(within: &Element, selector: &str, by: isize) {
    let all = find_all(within, selector);
    let focused = active();
    let at = all.iter().position(|element| element.contains(focused.as_deref().map(AsRef::as_ref)));
    let to = match at {
        Some(at) => at.checked_add_signed(by),
        None if by < 0 => all.len().checked_sub(1),
        None => Some(0),
    };
    if let Some(element) = to.and_then(|to| all.get(to)) {
        focus_element(element);
    }
}

/// Where this computer's clock is, an IANA name.
pub(crate) fn time_zone() -> String {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    let zone = js_sys::Reflect::get(&format.resolved_options(), &"timeZone".into());
    zone.ok().and_then(|zone| zone.as_string()).unwrap_or_else(|| "UTC".to_owned())
}
