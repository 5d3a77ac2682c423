//! The four commands a window may call. Each reads its argument as if a stranger had sent it, and answers JSON.

use std::sync::Arc;

use bedside_protocol::ipc::{IpcError, Query, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

use crate::notice_test;
use crate::opener::{ExternalLink, OpenError};
use crate::shell::Shell;

/// Longest request: the longest message with every character escaped, and its envelope.
const REQUEST_BYTES: usize = 256 * 1024;
/// Longest query.
const QUERY_BYTES: usize = 4 * 1024;

/// Asks for something once: the JSON of a [`Request`] in, of a reply or of an [`IpcError`] out.
#[tauri::command]
pub(crate) async fn request(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    body: String,
) -> Result<String, String> {
    let request: Request = read(&body, REQUEST_BYTES)?;
    let name = request.name();
    let answered = match request {
        Request::TestNotices => notice_test::run(&shell).await,
        Request::Export { order } => shell.export(&window, order).await,
        Request::CheckFile { again, password } => shell.check_file(&window, again, password).await,
        request => shell.engine().await.request(request).await,
    };
    match answered {
        Ok(reply) => Ok(written(&reply)),
        Err(error) => {
            tracing::info!(request.name = name, %error, "request refused");
            Err(written(&error))
        }
    }
}

/// Keeps seeing something: the JSON of a [`Query`] in, the subscription's number out, updates as JSON text.
#[tauri::command]
pub(crate) async fn subscribe(
    shell: State<'_, Shell>,
    query: String,
    channel: Channel<String>,
) -> Result<u32, String> {
    let query: Query = read(&query, QUERY_BYTES)?;
    let sink = Arc::new(move |update| {
        if channel.send(written(&update)).is_err() {
            tracing::debug!("a window that is gone was sent an update");
        }
    });
    Ok(shell.engine().await.subscribe(query, sink))
}

/// Ends a subscription; one that does not exist is no error.
#[tauri::command]
pub(crate) async fn unsubscribe(shell: State<'_, Shell>, subscription: u32) -> Result<(), String> {
    shell.engine().await.unsubscribe(subscription);
    Ok(())
}

/// Opens a link, once the person has seen the whole of it and agreed in a window that no page can reach.
#[tauri::command]
pub(crate) async fn open_external(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    url: String,
) -> Result<(), String> {
    let link = link(&url)?;
    shell.open_link(&window, link).await.map_err(|error| refusal(&error))
}

fn link(url: &str) -> Result<ExternalLink, String> {
    ExternalLink::parse(url).map_err(|error| refusal(&error))
}

fn refusal(error: &OpenError) -> String {
    match error {
        OpenError::NotAllowed => written(&IpcError::Malformed),
        OpenError::System => written(&IpcError::Internal),
    }
}

fn read<T: DeserializeOwned>(text: &str, most: usize) -> Result<T, String> {
    if text.len() > most {
        return Err(written(&IpcError::Malformed));
    }
    serde_json::from_str(text).map_err(|_| written(&IpcError::Malformed))
}

/// Our own types always have a JSON form; if one had not, an empty answer would be refused by its reader.
fn written<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use bedside_protocol::limits::MESSAGE_BYTES;

    use super::*;

    fn refusal<T: DeserializeOwned + std::fmt::Debug>(text: &str, most: usize) -> IpcError {
        serde_json::from_str(&read::<T>(text, most).unwrap_err()).unwrap()
    }

    #[test]
    fn what_cannot_be_read_is_malformed() {
        for text in ["", "null", "{}", r#"{"request":"erase_disk"}"#, r#"{"request":"send","room_id":1}"#] {
            assert_eq!(refusal::<Request>(text, REQUEST_BYTES), IpcError::Malformed, "{text}");
        }
    }

    #[test]
    fn a_request_of_any_size_is_not_read() {
        let long = format!(r#"{{"request":"unlock","passphrase":"{}"}}"#, "x".repeat(REQUEST_BYTES));
        assert_eq!(refusal::<Request>(&long, REQUEST_BYTES), IpcError::Malformed);
    }

    #[test]
    fn the_longest_message_fits_however_it_is_escaped() {
        let text = "\u{1}".repeat(MESSAGE_BYTES);
        let body = serde_json::to_string(&Request::Send {
            room_id: bedside_protocol::RoomId(1),
            text,
            urgent: false,
            reply_to: None,
            seen: 0,
        });
        assert!(read::<Request>(&body.unwrap(), REQUEST_BYTES).is_ok());
    }

    #[test]
    fn a_refused_link_is_malformed() {
        let refused = link("file:///etc/passwd").unwrap_err();
        assert_eq!(serde_json::from_str::<IpcError>(&refused).unwrap(), IpcError::Malformed);
    }
}
