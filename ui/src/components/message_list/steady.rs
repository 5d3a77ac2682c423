//! Keeps the list where it is whenever it changes, before the change is ever painted.
//!
//! Not an effect of the component: the framework may yield to the browser between drawing and effects, and the
//! browser would paint, and scroll, what has not been put back yet. The observers run in between, always.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit, ResizeObserver};
use yew::{NodeRef, hook, use_effect_with};

use super::Hands;

/// Settles the list whenever its content or its size changes.
#[hook]
pub(super) fn use_steady(viewport: &NodeRef, latest: &Rc<RefCell<Option<Hands>>>) {
    let latest = Rc::clone(latest);
    use_effect_with(viewport.clone(), move |viewport| {
        let settle = Closure::<dyn FnMut()>::new(move || {
            let hands = latest.borrow().clone();
            if let Some(hands) = hands {
                hands.settle();
            }
        });
        let observers = viewport.cast::<HtmlElement>().map(|viewport| observe(&viewport, &settle));
        move || {
            if let Some((content, size)) = observers {
                content.inspect(MutationObserver::disconnect);
                size.inspect(ResizeObserver::disconnect);
            }
            drop(settle);
        }
    });
}

type Observers = (Option<MutationObserver>, Option<ResizeObserver>);

fn observe(viewport: &HtmlElement, settle: &Closure<dyn FnMut()>) -> Observers {
    let content = MutationObserver::new(settle.as_ref().unchecked_ref()).ok();
    let size = ResizeObserver::new(settle.as_ref().unchecked_ref()).ok();
    let all = MutationObserverInit::new();
    all.set_child_list(true);
    all.set_character_data(true);
    all.set_subtree(true);
    if let Some(content) = &content {
        // Throws only for options that observe nothing.
        let _ = content.observe_with_options(viewport, &all);
    }
    if let Some(size) = &size {
        size.observe(viewport);
        viewport.first_element_child().inspect(|items| size.observe(items));
    }
    (content, size)
}
