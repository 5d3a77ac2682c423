//! The one file that touches the webview's API: requests, subscriptions, links.
//!
//! Holds no state beyond the live channels. Everything crosses as JSON text.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use bedside_protocol::ipc::{IpcError, Query, Reply, Request, Update};
use gloo_timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::state::sequence::Sequence;

/// A hole in a channel that is not filled within this many milliseconds means a lost message.
const HOLE_MS: u32 = 2_000;

/// Asks the engine for something once.
///
/// # Errors
/// What the engine answers, or `Internal` if the shell cannot be understood.
pub(crate) async fn request(request: Request) -> Result<Reply, IpcError> {
    let body = serde_json::to_string(&request).map_err(|_| IpcError::Malformed)?;
    match invoke("request", &[("body", body.into())]).await {
        Ok(reply) => parse(&reply).ok_or(IpcError::Internal),
        Err(error) => Err(parse(&error).unwrap_or(IpcError::Internal)),
    }
}

/// Opens a link outside the app. Only after the person has seen it in full.
///
/// # Errors
/// When the shell refuses.
pub(crate) async fn open_external(url: &str) -> Result<(), IpcError> {
    match invoke("open_external", &[("url", url.into())]).await {
        Ok(_) => Ok(()),
        Err(error) => Err(parse(&error).unwrap_or(IpcError::Internal)),
    }
}

/// What the webview calls.
type Listener = Closure<dyn FnMut(JsValue)>;

/// What a subscription says.
pub(crate) enum News {
    /// The view or a change of it.
    Update(Box<Update>),
    /// It does not work or missed something; ask anew.
    Lost,
}

/// A live query; dropping it ends it.
pub(crate) struct Subscription {
    channel: Rc<Channel>,
}

#[derive(Default)]
struct Channel {
    callback: Cell<Option<u32>>,
    subscription: Cell<Option<u32>>,
    ended: Cell<bool>,
    // Kept alive while the webview may call it.
    closure: RefCell<Option<Listener>>,
}

/// Subscribes to a query; `tell` hears its news in order.
pub(crate) fn subscribe(query: &Query, tell: impl Fn(News) + 'static) -> Subscription {
    let tell: Rc<dyn Fn(News)> = Rc::new(tell);
    let channel = Rc::new(Channel::default());
    let closure = listener(&channel, Rc::clone(&tell));
    channel.callback.set(transform_callback(&closure));
    *channel.closure.borrow_mut() = Some(closure);
    let query = serde_json::to_string(query).unwrap_or_default();
    spawn_local(start(Rc::clone(&channel), query, tell));
    Subscription { channel }
}

async fn start(channel: Rc<Channel>, query: String, tell: Rc<dyn Fn(News)>) {
    let name = format!("__CHANNEL__:{}", channel.callback.get().unwrap_or_default());
    match invoke("subscribe", &[("query", query.into()), ("channel", name.into())]).await {
        Ok(id) => channel.started(id.as_f64().map(|id| id as u32)),
        Err(_) if channel.ended.get() => {}
        Err(_) => tell(News::Lost),
    }
}

impl Channel {
    fn started(&self, id: Option<u32>) {
        self.subscription.set(id);
        if self.ended.get() {
            self.unsubscribe();
        }
    }

    fn unsubscribe(&self) {
        if let Some(id) = self.subscription.take() {
            spawn_local(async move {
                // Nothing to do about a refusal: the shell has forgotten it already.
                let _ = invoke("unsubscribe", &[("subscription", id.into())]).await;
            });
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.channel.ended.set(true);
        self.channel.unsubscribe();
        if let Some(id) = self.channel.callback.take() {
            let _ = internals("unregisterCallback").and_then(|(this, f)| f.call1(&this, &id.into()).ok());
        }
    }
}

/// The webview's messages are `{message, index}`, in any order, and at last `{end, index}`.
fn listener(channel: &Rc<Channel>, tell: Rc<dyn Fn(News)>) -> Listener {
    let channel = Rc::downgrade(channel);
    let sequence = Rc::new(RefCell::new(Sequence::default()));
    Closure::new(move |message: JsValue| {
        if channel.upgrade().is_none_or(|channel| channel.ended.get()) {
            return;
        }
        let index = get(&message, "index").as_f64().unwrap_or_default() as u64;
        let ready = sequence.borrow_mut().accept(index, get(&message, "message"));
        for message in ready.into_iter().filter(|message| !message.is_undefined()) {
            tell(parse(&message).map_or(News::Lost, News::Update));
        }
        watch_hole(&sequence, &tell);
    })
}

fn watch_hole(sequence: &Rc<RefCell<Sequence<JsValue>>>, tell: &Rc<dyn Fn(News)>) {
    if sequence.borrow().is_broken() {
        return tell(News::Lost);
    }
    if !sequence.borrow().has_hole() {
        return;
    }
    let (sequence, tell) = (Rc::downgrade(sequence), Rc::clone(tell));
    Timeout::new(HOLE_MS, move || {
        if sequence.upgrade().is_some_and(|sequence| sequence.borrow().has_hole()) {
            tell(News::Lost);
        }
    })
    .forget();
}

async fn invoke(command: &str, arguments: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let payload = Object::new();
    for (name, value) in arguments {
        Reflect::set(&payload, &(*name).into(), value)?;
    }
    let (this, function) = internals("invoke").ok_or(JsValue::UNDEFINED)?;
    let promise: Promise = function.call2(&this, &command.into(), &payload)?.dyn_into()?;
    JsFuture::from(promise).await
}

fn transform_callback(closure: &Listener) -> Option<u32> {
    let (this, function) = internals("transformCallback")?;
    let id = function.call1(&this, closure.as_ref()).ok()?;
    id.as_f64().map(|id| id as u32)
}

fn internals(name: &str) -> Option<(JsValue, Function)> {
    let this = get(&js_sys::global(), "__TAURI_INTERNALS__");
    let function = get(&this, name).dyn_into().ok()?;
    Some((this, function))
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn parse<T: serde::de::DeserializeOwned>(value: &JsValue) -> Option<T> {
    serde_json::from_str(&value.as_string()?).ok()
}
