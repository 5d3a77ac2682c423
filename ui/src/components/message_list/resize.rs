//! Keeps the list where it is when the window, the text size or the composer changes.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};
use yew::{NodeRef, hook, use_effect_with};

use super::Hands;

/// Settles the list whenever its size changes.
#[hook]
pub(super) fn use_resize(viewport: &NodeRef, latest: &Rc<RefCell<Option<Hands>>>) {
    let latest = Rc::clone(latest);
    use_effect_with(viewport.clone(), move |viewport| {
        let closure = Closure::<dyn FnMut()>::new(move || {
            let hands = latest.borrow().clone();
            if let Some(hands) = hands {
                hands.settle();
            }
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, viewport.cast::<HtmlElement>()) {
            observer.observe(&element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(closure);
        }
    });
}
