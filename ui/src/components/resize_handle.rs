//! The border between list and conversation, moved by pointer or by arrow keys.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_mut_ref};

use crate::dom;

const LEAST: u16 = 280;
const MOST: u16 = 360;
const STEP: i32 = 8;

/// A handle's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub label: AttrValue,
    pub width: u16,
    /// The new width, once the hand is off.
    pub on_width: Callback<u16>,
}

/// The handle. While it is dragged only the token moves; the settings are kept at the end.
#[component]
pub(crate) fn ResizeHandle(props: &Props) -> Html {
    let drag = use_mut_ref(|| None::<(i32, u16)>);
    let onpointerdown = Callback::from({
        let (drag, width) = (drag.clone(), props.width);
        move |event: PointerEvent| {
            capture(&event);
            *drag.borrow_mut() = Some((event.client_x(), width));
        }
    });
    let onpointermove = Callback::from({
        let drag = drag.clone();
        move |event: PointerEvent| {
            if let (Some(start), Some(root)) = (*drag.borrow(), dom::root()) {
                dom::style(&root, "--list", &format!("{}px", dragged(start, &event)));
            }
        }
    });
    let onpointerup = Callback::from({
        let on_width = props.on_width.clone();
        move |event: PointerEvent| {
            if let Some(start) = drag.borrow_mut().take() {
                on_width.emit(dragged(start, &event));
            }
        }
    });
    html! {
        <div
            class="resize-handle"
            role="separator"
            aria-orientation="vertical"
            aria-label={&props.label}
            aria-valuenow={props.width.to_string()}
            aria-valuemin={LEAST.to_string()}
            aria-valuemax={MOST.to_string()}
            tabindex="0"
            {onpointerdown}
            {onpointermove}
            {onpointerup}
            onkeydown={keys(props)}
        />
    }
}

fn keys(props: &Props) -> Callback<KeyboardEvent> {
    let (width, on_width) = (i32::from(props.width), props.on_width.clone());
    Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -STEP,
            "ArrowRight" => STEP,
            _ => return,
        };
        event.prevent_default();
        on_width.emit(clamp(width + by * reading()));
    })
}

fn dragged((from, width): (i32, u16), event: &PointerEvent) -> u16 {
    clamp(i32::from(width) + (event.client_x() - from) * reading())
}

/// In right-to-left languages the list grows to the left.
fn reading() -> i32 {
    let right_to_left = dom::root().is_some_and(|root| root.dir() == "rtl");
    if right_to_left { -1 } else { 1 }
}

fn clamp(width: i32) -> u16 {
    u16::try_from(width.max(0)).unwrap_or(MOST).clamp(LEAST, MOST)
}

fn capture(event: &PointerEvent) {
    if let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Without capture the drag ends at the handle's edge; nothing worse.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
