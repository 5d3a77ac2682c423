//! Bedside's interface: what is seen and pressed, compiled to WebAssembly and run in the shell's webview.
//!
//! Knows only `protocol` and `i18n`. It holds no decision about sync, keys or people: it shows the views the
//! engine keeps and asks for what a person wants. `state` is pure and tested natively; `pages` connect it;
//! `components` get properties and callbacks and know nothing else; `bridge` alone touches the webview's API.

mod assets;
mod avatar;
mod bridge;
mod components;
mod dom;
mod errors;
mod format;
mod hooks;
mod pages;
mod prose;
mod state;
mod words;

#[cfg(test)]
mod tokens;

fn main() {
    yew::Renderer::<pages::App>::new().render();
}
