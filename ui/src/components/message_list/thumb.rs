//! The scroll thumb: where in the whole conversation one is. For the pointer only; the keyboard has its keys.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};
use yew::{Callback, Html, NodeRef, Properties, component, html, use_mut_ref};

/// A thumb's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub node: NodeRef,
    /// The share of the conversation, from 0 to 1, it is pulled to.
    pub on_pull: Callback<f64>,
}

/// The thumb.
#[component]
pub(super) fn Thumb(props: &Props) -> Html {
    // How far below its top the thumb was taken.
    let grip = use_mut_ref(|| None::<f64>);
    let onpointerdown = Callback::from({
        let grip = grip.clone();
        move |event: PointerEvent| {
            event.prevent_default();
            if let Some(thumb) = thumb(&event) {
                // Without capture the drag ends at the thumb's edge; nothing worse.
                let _ = thumb.set_pointer_capture(event.pointer_id());
                *grip.borrow_mut() =
                    Some(f64::from(event.client_y()) - thumb.get_bounding_client_rect().top());
            }
        }
    });
    let onpointermove = Callback::from({
        let (grip, on_pull) = (grip.clone(), props.on_pull.clone());
        move |event: PointerEvent| {
            if let Some(share) = grip.borrow().and_then(|grip| share(&event, grip)) {
                on_pull.emit(share);
            }
        }
    });
    let release = Callback::from(move |_: PointerEvent| *grip.borrow_mut() = None);
    html! {
        <div class="message-list__track" aria-hidden="true">
            <div
                class="message-list__thumb"
                ref={&props.node}
                {onpointerdown}
                {onpointermove}
                onpointerup={release.clone()}
                onpointercancel={release}
            />
        </div>
    }
}

fn thumb(event: &PointerEvent) -> Option<HtmlElement> {
    event.target()?.dyn_into().ok()
}

fn share(event: &PointerEvent, grip: f64) -> Option<f64> {
    let thumb = thumb(event)?;
    let track = thumb.parent_element()?.get_bounding_client_rect();
    let room = track.height() - thumb.get_bounding_client_rect().height();
    let at = f64::from(event.client_y()) - grip - track.top();
    (room > 0.0).then(|| (at / room).clamp(0.0, 1.0))
}
