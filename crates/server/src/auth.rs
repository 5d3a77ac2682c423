//! Who is asking: tokens, cookies, origins, CSRF, passwords. What they may do is [`crate::access`]'s question.

pub(crate) mod cookies;
pub(crate) mod csrf;
pub mod password;
pub(crate) mod posted;
pub(crate) mod sign_in;
pub(crate) mod signed;
pub(crate) mod token;
