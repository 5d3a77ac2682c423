//! Signing in without typing, for `cargo xtask demo`: from standard input, never from an argument or the environment,
//! which other programs can read.

use std::io::BufRead;

use bedside_engine::Client;
use bedside_protocol::ipc::{Request, SessionState};
use tauri::{AppHandle, Manager};

use crate::options::Options;
use crate::shell::Shell;

/// What standard input said.
struct Secrets {
    username: String,
    password: String,
    passphrase: Option<String>,
}

/// Signs in with what standard input says, or unlocks, unless the profile is open already.
pub(crate) fn from_stdin(app: &AppHandle, options: &Options) {
    let (app, server) = (app.clone(), options.server.clone().unwrap_or_default());
    let runtime = app.state::<Shell>().runtime().clone();
    let reader = runtime.clone();
    runtime.spawn("shell.sign_in", async move {
        let said = reader.blocking(|| read(std::io::stdin().lock())).await;
        let client = app.state::<Shell>().engine().await.clone();
        match said {
            Some(secrets) => sign_in(&client, server, secrets).await,
            None => tracing::error!("standard input named no user and password"),
        }
    });
}

async fn sign_in(client: &Client, server: String, secrets: Secrets) {
    let Secrets { username, password, passphrase } = secrets;
    let state = client.session().borrow().state.clone();
    let request = match (state, passphrase) {
        (SessionState::SignedIn { .. }, _) => return,
        (SessionState::Locked, Some(passphrase)) => Request::Unlock { passphrase },
        (_, passphrase) => Request::SignIn { server, username, password, passphrase },
    };
    if let Err(error) = client.request(request).await {
        tracing::error!(%error, "cannot sign in");
    }
}

fn read(input: impl BufRead) -> Option<Secrets> {
    let mut lines = input.lines().map_while(Result::ok);
    let (username, password) = (lines.next()?, lines.next()?);
    Some(Secrets { username, password, passphrase: lines.next().filter(|line| !line.is_empty()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_or_three_are_read() {
        let secrets = read("ana\ncorrect horse\n".as_bytes()).unwrap();
        assert_eq!((secrets.username.as_str(), secrets.password.as_str()), ("ana", "correct horse"));
        assert_eq!(secrets.passphrase, None);
        let secrets = read("ana\ncorrect horse\nfour words\n".as_bytes()).unwrap();
        assert_eq!(secrets.passphrase.as_deref(), Some("four words"));
    }

    #[test]
    fn one_line_is_not_enough() {
        assert!(read("ana\n".as_bytes()).is_none());
    }
}
