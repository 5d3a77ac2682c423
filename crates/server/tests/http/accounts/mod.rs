//! `/accounts/…`

mod login;
mod logout;
mod me;
