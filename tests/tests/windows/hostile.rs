//! A page that has been taken over: it may use the four commands and nothing else.

use std::time::Duration;

use anyhow::{Result, ensure};
use bedside_tests::Window;
use bedside_tests::scene::{clinic, scenario};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::PASSWORD;

/// Calls a command and says how that ended.
const CALL: &str = "
    const [command, given, done] = arguments;
    __TAURI_INTERNALS__.invoke(command, given).then(
        answer => done(['answered', JSON.stringify(answer)]),
        error => done(['refused', String(error)]));";

/// Fetches something and says which rule of the content policy that broke; a failure alone says nothing, for a server
/// that allows no other origin fails every fetch too.
const FETCH: &str = "
    const [address, done] = arguments;
    addEventListener('securitypolicyviolation', event => done(event.effectiveDirective), { once: true });
    fetch(address, { mode: 'no-cors' }).then(() => done('nothing'), () => setTimeout(() => done('no rule'), 2000));";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_may_call_nothing_of_tauris_own() {
    scenario("hostile_calls", async |scene| {
        let server = clinic(PASSWORD).await?;
        let ana = scene.window("ana", &server.url()).await?;
        ana.sees("#username").await?;
        for command in
            ["plugin:window|close", "plugin:app|version", "plugin:event|listen", "plugin:path|resolve"]
        {
            let answer = call(&ana, command, json!({ "label": "main", "event": "x", "handler": 1 })).await?;
            ensure!(answer.0 == "refused" && answer.1.contains("not allowed"), "{command}: {answer:?}");
        }
        let files = "plugin:window-state|filename";
        ensure!(call(&ana, files, json!({})).await?.0 == "refused", "{files} was answered");
        ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_cannot_send_nonsense_open_files_or_reach_the_network() {
    scenario("hostile_page", async |scene| {
        let server = clinic(PASSWORD).await?;
        let ana = scene.window("ana", &server.url()).await?;
        ana.sees("#username").await?;
        let malformed = ("refused".to_owned(), r#"{"error":"malformed"}"#.to_owned());
        let huge = "x".repeat(300 * 1024);
        for body in ["", "{}", r#"{"request":"erase_disk"}"#, &huge] {
            ensure!(call(&ana, "request", json!({ "body": body })).await? == malformed, "{:.40}", body);
        }
        for url in ["file:///etc/passwd", "http://127.0.0.1/", "javascript:alert(1)", "/bin/sh"] {
            ensure!(
                call(&ana, "open_external", json!({ "url": url })).await? == malformed,
                "{url} was opened"
            );
        }

        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}/?d=secret", listener.local_addr()?);
        let violated = ana.run_async(FETCH, vec![address.into()]).await?;
        ensure!(violated == "connect-src", "what stopped the page is {violated}");
        let reached = tokio::time::timeout(Duration::from_millis(500), listener.accept()).await;
        ensure!(reached.is_err(), "the page reached the network");
        let evaluated =
            ana.run("try { return eval('1 + 1') } catch (error) { return error.name }", vec![]).await?;
        ensure!(evaluated == "EvalError", "eval answered {evaluated}");
        let opened = ana.run("return window.open(arguments[0]) !== null", vec![server.url().into()]).await?;
        ensure!(opened == false, "a window was opened");
        ana.run("location.assign(arguments[0])", vec![server.url().into()]).await?;
        ana.type_into("#username", "still here").await?;
        ensure!(
            ana.run("return location.href", vec![]).await? == "tauri://localhost",
            "the page went elsewhere"
        );
        ana.quit().await
    })
    .await;
}

async fn call(window: &Window, command: &str, arguments: Value) -> Result<(String, String)> {
    Ok(serde_json::from_value(window.run_async(CALL, vec![command.into(), arguments]).await?)?)
}
