//! Hooks: the engine's news, drafts, emoji, typing, the keyboard, the window's sleep and focus.

mod alerts;
mod drafts;
mod emoji;
mod engine;
mod focus;
mod in_view;
mod keyboard;
mod mover;
mod store;
mod typing;
mod window;

pub(crate) use alerts::{Alerts, use_alerts};
pub(crate) use drafts::{keep_drafts, use_drafts};
pub(crate) use emoji::use_emoji;
pub(crate) use engine::use_engine;
pub(crate) use focus::use_focus_kept;
pub(crate) use in_view::use_in_view;
pub(crate) use keyboard::{show_list, use_keyboard};
pub(crate) use mover::use_mover;
pub(crate) use store::{PageProps, Store, ask};
pub(crate) use typing::use_typing;
use window::use_focused;
pub(crate) use window::{use_awake, use_dark_wish, use_minutes, use_room_for_details, use_today};
