use bedside_server::outreach::email::{Cleartext, Email, EmailOptions};
use bedside_server::outreach::{Carrier as _, NotCarried};
use bedside_testservices::{Smtp, SmtpOptions, SmtpSecurity};

use crate::{letter, provide};

const LOGIN: (&str, &str) = ("chat@example.org", "p@ss/w:rd+1");

struct Authority {
    pem: String,
    certificate: (String, String),
}

/// A certificate for `localhost`, and the authority that it is checked with.
fn authority() -> Authority {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let pem = made.cert.pem();
    Authority { certificate: (pem.clone(), made.signing_key.serialize_pem()), pem }
}

fn options(url: &str) -> EmailOptions {
    EmailOptions {
        url: url.to_owned().into(),
        from: "Bedside <chat@example.org>".to_owned(),
        authority: None,
        cleartext: Cleartext::Loopback,
        host: "chat.example.org".to_owned(),
    }
}

async fn signed_in(security: SmtpSecurity) -> (Smtp, Authority) {
    provide();
    let authority = authority();
    let login = Some((LOGIN.0.to_owned(), LOGIN.1.to_owned()));
    let certificate = Some(authority.certificate.clone());
    (Smtp::start(&SmtpOptions { security, certificate, login }).await.unwrap(), authority)
}

async fn arrives(scheme: &str, security: SmtpSecurity) {
    let (server, authority) = signed_in(security).await;
    let url = format!("{scheme}://chat%40example.org:p%40ss%2Fw%3Ard+1@localhost:{}", server.port());
    let trusting = EmailOptions { authority: Some(authority.pem.into_bytes()), ..options(&url) };
    Email::new(&trusting).unwrap().carry(&letter("ana@example.org")).await.unwrap();
    let mails = server.mails().unwrap();
    let [mail] = &mails[..] else { panic!("{mails:?}\n{}", server.log()) };
    assert!(mail.tls);
    assert_eq!(mail.user.as_deref(), Some(LOGIN.0));
    assert_eq!((mail.from.as_str(), &mail.to[..]), ("chat@example.org", &["ana@example.org".to_owned()][..]));
    let head = mail.data.split("\r\n\r\n").next().unwrap();
    for line in [
        "From: Bedside <chat@example.org>",
        "To: ana@example.org",
        "Date: Sun, 22 Nov 2026 16:00:00 +0000",
        "Message-ID: <00000000-0000-0000-0000-000000000007@chat.example.org>",
        "List-Unsubscribe: <https://chat.example.org/outreach/stop/0123456789abcdef0123456789abcdef/>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
        "Content-Language: ar",
        "MIME-Version: 1.0",
    ] {
        assert!(head.lines().any(|said| said == line), "{line} is not in\n{head}");
    }
    assert!(head.contains("Subject: =?utf-8?b?"), "{head}");
    assert!(mail.data.contains("multipart/alternative") && mail.data.contains("text/plain; charset=utf-8"));
    assert!(mail.data.contains("text/html; charset=utf-8"));
    // Without the authority, the certificate is one of anybody's.
    let refused = Email::new(&options(&url)).unwrap().carry(&letter("ana@example.org")).await;
    assert!(matches!(refused, Err(NotCarried::Later { .. })), "{refused:?}");
    let wrong = url.replace("p%40ss", "other");
    let trusting = EmailOptions { url: wrong.into(), ..trusting };
    let refused = Email::new(&trusting).unwrap().carry(&letter("ana@example.org")).await;
    let sign_in = NotCarried::Later { problem: "smtp_sign_in_535".to_owned(), after: None };
    assert_eq!(refused.unwrap_err(), sign_in);
    assert_eq!(server.mails().unwrap().len(), 1);
}

#[tokio::test]
async fn an_email_arrives_by_starttls_with_a_password() {
    arrives("smtp", SmtpSecurity::StartTls).await;
}

#[tokio::test]
async fn an_email_arrives_by_tls_from_the_first_byte() {
    arrives("smtps", SmtpSecurity::Tls).await;
}

#[tokio::test]
async fn nothing_is_said_to_a_server_without_tls_that_should_have_it() {
    provide();
    let server = Smtp::start(&SmtpOptions::default()).await.unwrap();
    let email = Email::new(&options(&format!("smtp://user:secret@localhost:{}", server.port()))).unwrap();
    assert!(matches!(email.carry(&letter("ana@example.org")).await, Err(NotCarried::Later { .. })));
    assert!(server.mails().unwrap().is_empty());
}

#[test]
fn cleartext_is_for_this_machine_unless_the_operator_insists() {
    provide();
    assert!(Email::new(&options("smtp+cleartext://127.0.0.1:25")).is_ok());
    assert!(Email::new(&options("smtp+cleartext://[::1]:25")).is_ok());
    assert!(Email::new(&options("smtp+cleartext://mail.example.org:25")).is_err());
    let insisting =
        EmailOptions { cleartext: Cleartext::Anywhere, ..options("smtp+cleartext://mail.example.org") };
    assert!(Email::new(&insisting).is_ok());
    for odd in ["http://mail.example.org", "smtp://", "mail.example.org"] {
        assert!(Email::new(&options(odd)).is_err(), "{odd}");
    }
}

#[tokio::test]
async fn what_the_server_answers_is_tried_again_or_given_up() {
    provide();
    let mut server = Smtp::start(&SmtpOptions::default()).await.unwrap();
    let email = Email::new(&options(&format!("smtp+cleartext://127.0.0.1:{}", server.port()))).unwrap();
    let later = |problem: &str| NotCarried::Later { problem: problem.to_owned(), after: None };
    let never = |problem: &str| NotCarried::Never { problem: problem.to_owned(), stop: false };
    let carry = async || email.carry(&letter("ana@example.org")).await;
    for (answer, expected) in [("451 try later", later("smtp_451")), ("550 no such user", never("smtp_550"))]
    {
        server.answer_recipients(Some(answer)).unwrap();
        assert_eq!(carry().await.unwrap_err(), expected);
        server.answer_recipients(None).unwrap();
        server.answer_messages(Some(answer)).unwrap();
        assert_eq!(carry().await.unwrap_err(), expected);
        server.answer_messages(None).unwrap();
    }
    assert_eq!(server.mails().unwrap(), []);
    server.kill().await.unwrap();
    assert_eq!(carry().await.unwrap_err(), later("connection"));
    server.start_again().await.unwrap();
    carry().await.unwrap();
    assert_eq!(server.mails().unwrap().len(), 1);
}
