//! A new password: asked for twice without echo, or one line of standard input. Never an argument.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{bail, ensure};
use bedside_protocol::limits;
use bedside_runtime::Runtime;
use bedside_server::password::{self as hashing, Cost};
use secrecy::{ExposeSecret as _, SecretString};

/// Reads a new password and hashes it.
pub(super) async fn new_hash(runtime: &Runtime) -> anyhow::Result<SecretString> {
    let (password, hashing) = (read()?, runtime.clone());
    Ok(runtime.blocking(move || hashing::hash(&hashing, &password, Cost::Standard)).await?)
}

fn read() -> anyhow::Result<SecretString> {
    let password = if std::io::stdin().is_terminal() { asked()? } else { line()? };
    check(&password)?;
    Ok(password)
}

/// Whether it is long enough for a person, and short enough to be hashed.
pub(super) fn check(password: &SecretString) -> anyhow::Result<()> {
    let password = password.expose_secret();
    ensure!(
        password.chars().count() >= limits::PASSWORD_MIN_CHARS,
        "the password needs at least {} characters",
        limits::PASSWORD_MIN_CHARS
    );
    ensure!(password.len() <= limits::PASSWORD_BYTES, "the password is too long");
    Ok(())
}

fn asked() -> anyhow::Result<SecretString> {
    let first = SecretString::from(rpassword::prompt_password("Password: ")?);
    let second = SecretString::from(rpassword::prompt_password("The same again: ")?);
    if first.expose_secret() != second.expose_secret() {
        bail!("the two are not the same");
    }
    Ok(first)
}

fn line() -> anyhow::Result<SecretString> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(SecretString::from(line.trim_end_matches(['\r', '\n']).to_owned()))
}
