//! Something that opens where one is: a menu, a picker. It closes with Escape and with a press beside it.
//!
//! The platform's own modal `<dialog>`, so that it lies over everything, holds the focus and gives it back.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, KeyboardEvent, MouseEvent};
use yew::{
    AttrValue, Callback, Children, Html, NodeRef, Properties, component, html, use_effect_with, use_node_ref,
};

use super::dialog::{outside, use_modal};
use crate::dom;

/// How far it stays from what it belongs to and from the window's edges, in pixels.
const GAP: f64 = 6.0;

/// What it belongs to, in pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Spot {
    /// An element.
    pub(crate) fn of(element: &Element) -> Self {
        let rect = element.get_bounding_client_rect();
        Spot { left: rect.left(), right: rect.right(), top: rect.top(), bottom: rect.bottom() }
    }

    /// The button that was pressed.
    pub(crate) fn pressed(event: &MouseEvent) -> Option<Self> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        target.closest("button").ok().flatten().as_ref().map(Spot::of)
    }

    /// Where the pointer is.
    pub(crate) fn pointer(event: &MouseEvent) -> Self {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        Spot { left: x, right: x, top: y, bottom: y }
    }

    /// The left and top edge of something of a size in a window: below if it fits, else above, else in the middle.
    fn place(self, (width, height): (f64, f64), (across, down): (f64, f64), rtl: bool) -> (f64, f64) {
        let left = if rtl { self.right - width } else { self.left };
        let left = left.min(across - width - GAP).max(GAP);
        let (below, above) = (self.bottom + GAP, self.top - GAP - height);
        let top = if below + height + GAP <= down {
            below
        } else if above >= GAP {
            above
        } else {
            ((down - height) / 2.0).max(GAP)
        };
        (left, top)
    }
}

/// A popup's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub at: Spot,
    pub label: AttrValue,
    pub on_close: Callback<()>,
    pub children: Children,
}

/// The popup.
#[component]
pub(crate) fn Popup(props: &Props) -> Html {
    let dialog = use_node_ref();
    use_modal(&dialog);
    use_effect_with((dialog.clone(), props.at), |(dialog, at)| place(dialog, *at));
    use_effect_with(props.on_close.clone(), |on_close| {
        // It would stand where nothing is any more.
        let on_close = on_close.clone();
        let listener =
            dom::window().map(|window| EventListener::new(&window, "resize", move |_| on_close.emit(())));
        move || drop(listener)
    });
    let oncancel = props.on_close.reform(|event: Event| event.prevent_default());
    let oncontextmenu = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <dialog
            class="popup"
            ref={dialog}
            aria-label={&props.label}
            {oncancel}
            {oncontextmenu}
            onmousedown={outside(props.on_close.clone())}
            onkeydown={keys(props.on_close.clone())}
        >
            { props.children.clone() }
        </dialog>
    }
}

/// Closes the open popup at once, so that what is done next finds the page as it was. It goes with the next drawing.
pub(super) fn close() {
    let open = dom::find(".popup[open]").and_then(|popup| popup.dyn_into::<HtmlDialogElement>().ok());
    if let Some(popup) = open {
        popup.close();
    }
}

/// The keys of what lies below mean nothing here.
fn keys(on_close: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Escape" && !event.default_prevented() && !event.is_composing() {
            event.prevent_default();
            on_close.emit(());
        }
    })
}

fn place(dialog: &NodeRef, at: Spot) {
    let Some(dialog) = dialog.cast::<HtmlElement>() else { return };
    let size = (f64::from(dialog.offset_width()), f64::from(dialog.offset_height()));
    let (left, top) = at.place(size, dom::room(), dom::is_rtl());
    dom::style(&dialog, "left", &format!("{left}px"));
    dom::style(&dialog, "top", &format!("{top}px"));
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: (f64, f64) = (360.0, 640.0);
    const SIZE: (f64, f64) = (200.0, 300.0);

    fn spot(left: f64, top: f64) -> Spot {
        Spot { left, right: left + 40.0, top, bottom: top + 20.0 }
    }

    #[test]
    fn it_opens_below_or_above_and_in_the_middle_where_neither_fits() {
        assert_eq!(spot(20.0, 100.0).place(SIZE, WINDOW, false), (20.0, 126.0));
        assert_eq!(spot(20.0, 500.0).place(SIZE, WINDOW, false), (20.0, 194.0));
        assert_eq!(spot(20.0, 290.0).place((200.0, 400.0), WINDOW, false), (20.0, 120.0));
        assert_eq!(spot(20.0, 290.0).place((200.0, 700.0), WINDOW, false), (20.0, GAP));
    }

    #[test]
    fn it_stays_within_the_window_and_opens_along_the_line_of_reading() {
        assert_eq!(spot(300.0, 100.0).place(SIZE, WINDOW, false).0, 154.0);
        assert_eq!(spot(300.0, 100.0).place(SIZE, WINDOW, true).0, 140.0);
        assert_eq!(spot(20.0, 100.0).place(SIZE, WINDOW, true).0, GAP);
    }
}
