//! What the administrator sees of e-mail and SMS, and what a server refuses to send by.

use crate::process::{Server, run};

fn text(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

#[test]
fn the_log_is_empty_at_first_and_nothing_is_there_to_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let _server = Server::start(folder.path(), &[]);
    let notifications =
        |arguments: &[&str]| run(folder.path(), &[&["admin", "notifications"], arguments].concat(), "");
    for list in [&["list"][..], &["list", "--failed"]] {
        let listed = notifications(list);
        assert!(listed.status.success() && listed.stdout.is_empty(), "{}", text(&listed));
    }
    let missing = notifications(&["retry", "--id", "7"]);
    assert!(
        !missing.status.success() && text(&missing).contains("nothing of this number"),
        "{}",
        text(&missing)
    );
    assert!(text(&notifications(&["retry", "--all"])).contains("to be tried again: 0"));
    assert!(!notifications(&["retry"]).status.success());
}

#[test]
fn what_would_send_unsafely_or_nowhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |arguments: &[&str]| {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let refused = run(folder.path(), &all, "");
        assert!(!refused.status.success(), "{arguments:?}");
        text(&refused)
    };
    let public = ["--public-url", "https://chat.example.org"];
    let from = ["--smtp-from", "chat@example.org"];
    let smtp = |url: &'static str| [&["--smtp", url][..], &from].concat();
    assert!(refused(&smtp("smtp://mail.example.org")).contains("--public-url"));
    let cleartext = refused(&[&smtp("smtp+cleartext://mail.example.org")[..], &public].concat());
    assert!(cleartext.contains("without TLS"), "{cleartext}");
    let odd = refused(&[&smtp("mailto:chat@example.org")[..], &public].concat());
    assert!(odd.contains("smtps://"), "{odd}");
    let webhook =
        ["--sms-webhook", "http://sms.example.org/", "--sms-webhook-secret", "0123456789abcdef01234567"];
    assert!(refused(&[&webhook[..], &public].concat()).contains("https://"));
    let secret =
        refused(&[&["--smtp", "smtps://user:very-secret@@", "--smtp-from", "x"][..], &public].concat());
    assert!(!secret.contains("very-secret"), "{secret}");
}
