//! Hooks: the engine's news, the keyboard, the window's sleep and focus.

mod engine;
mod in_view;
mod keyboard;
mod mover;
mod store;
mod window;

pub(crate) use engine::use_engine;
pub(crate) use in_view::use_in_view;
pub(crate) use keyboard::use_keyboard;
pub(crate) use mover::use_mover;
pub(crate) use store::{PageProps, Store, ask};
use window::use_focused;
pub(crate) use window::{use_awake, use_dark_wish, use_room_for_details};
