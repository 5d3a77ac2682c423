//! `/accounts/…`

mod login;
mod logout;
mod me;
mod preferences;
