//! Pages connect state and components: they read the store, ask the engine, and hand callbacks down.

mod alerts;
mod app;
mod broken;
mod conversation;
mod conversations;
mod dialogs;
mod fresh_start;
mod home;
mod link;
mod message_deeds;
mod moments;
mod opening;
mod people;
mod reply_dialog;
mod room_deeds;
mod search;
mod settings;
mod settings_account;
mod settings_contact;
mod settings_outreach;
mod settings_privacy;
mod settings_replies;
mod settings_unseen;
mod sign_in;
mod sign_in_form;
mod sign_out;
mod splash;
mod take_back;
mod think_over;
mod unfilled;
mod unlock;
mod urgent;
mod versions;
mod workspace;
mod writing;

pub(crate) use app::App;
