//! E-mail by SMTP. TLS from the first byte or by STARTTLS, and none only on this machine or if the operator insists.

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use lettre::address::Envelope;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::carrier::{Carrier, Handed, Letter, NotCarried};
use super::is_loopback;

/// A server that says nothing for so long is not there.
const SILENCE: Duration = Duration::from_secs(20);

/// How e-mail is sent.
#[derive(Clone, Debug)]
pub struct EmailOptions {
    /// `smtp://user:password@host:587` (STARTTLS), `smtps://…:465` (TLS from the first byte), or `smtp+cleartext://…:25`.
    pub url: SecretString,
    /// Whom they come from: `Clinic <chat@example.org>`, or an address alone.
    pub from: String,
    /// An authority of the operator's own, PEM.
    pub authority: Option<Vec<u8>>,
    /// Whether a server elsewhere may be spoken to in the clear.
    pub cleartext: Cleartext,
    /// The host that names of e-mails end with.
    pub host: String,
}

/// Whether a server elsewhere may be spoken to in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cleartext {
    /// On this machine alone.
    Loopback,
    /// The operator insists.
    Anywhere,
}

/// Why e-mail cannot be sent as it is asked for.
#[derive(Debug, thiserror::Error)]
pub enum EmailUnfit {
    /// The address of the server.
    #[error(
        "an address like smtp://user:password@mail.example.org:587, smtps://…:465 or smtp+cleartext://localhost:25 is needed"
    )]
    Url,
    /// TLS left out, and the server elsewhere.
    #[error("a mail server elsewhere is not spoken to without TLS, unless --smtp-cleartext insists")]
    Cleartext,
    /// Whom they come from.
    #[error("whom e-mail comes from is no address")]
    From,
    /// The authority, or TLS itself.
    #[error("TLS cannot be set up")]
    Tls(#[source] lettre::transport::smtp::Error),
}

/// Hands e-mail to one SMTP server.
pub struct Email {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

impl Email {
    /// Looks at the options; speaks to nobody yet.
    ///
    /// # Errors
    /// When an address cannot be read, or TLS cannot be set up.
    pub fn new(options: &EmailOptions) -> Result<Self, EmailUnfit> {
        let url = Url::parse(options.url.expose_secret()).map_err(|_| EmailUnfit::Url)?;
        let from = options.from.parse().map_err(|_| EmailUnfit::From)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(EmailUnfit::Url)?;
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let (tls, usual) = match url.scheme() {
            "smtps" => (Tls::Wrapper(parameters(bare, options)?), 465),
            "smtp" => (Tls::Required(parameters(bare, options)?), 587),
            "smtp+cleartext" if options.cleartext == Cleartext::Anywhere || is_local(bare) => (Tls::None, 25),
            "smtp+cleartext" => return Err(EmailUnfit::Cleartext),
            _ => return Err(EmailUnfit::Url),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(bare)
            .port(url.port().unwrap_or(usual))
            .hello_name(ClientId::Domain(options.host.clone()))
            .timeout(Some(SILENCE))
            .tls(tls);
        if let Some(credentials) = credentials(&url) {
            transport = transport.credentials(credentials);
        }
        Ok(Email { transport: transport.build(), from, host: options.host.clone() })
    }

    fn message(&self, letter: &Letter) -> Result<(Envelope, Vec<u8>), NotCarried> {
        let unfit = |_| NotCarried::never("unfit");
        let to: lettre::Address = letter.to.parse().map_err(|_| NotCarried::never("unfit"))?;
        let millis = u64::try_from(letter.at.millis()).unwrap_or_default();
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
            .message_id(Some(format!("<{}@{}>", letter.key, self.host)))
            .header(Line::<AutoSubmitted>::new("auto-generated"))
            .header(Line::<ContentLanguage>::new(letter.language.tag()));
        if let Some(stop) = &letter.stop_url {
            message = message.header(Line::<ListUnsubscribe>::new(&format!("<{stop}>"))).header(Line::<
                ListUnsubscribePost,
            >::new(
                "List-Unsubscribe=One-Click",
            ));
        }
        let body = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
        let message = message.multipart(body).map_err(unfit)?;
        Ok((message.envelope().clone(), message.formatted()))
    }
}

#[async_trait]
impl Carrier for Email {
    async fn carry(&self, letter: &Letter) -> Result<Handed, NotCarried> {
        let (envelope, bytes) = self.message(letter)?;
        match self.transport.send_raw(&envelope, &bytes).await {
            Ok(_) => Ok(Handed { gateway_id: Some(letter.key.to_string()) }),
            Err(error) => Err(refusal(&error)),
        }
    }
}

/// What the server's answer means. Being refused ourselves (sign-in, relaying) is for the operator to mend: what waits is not
/// lost by it.
fn refusal(error: &lettre::transport::smtp::Error) -> NotCarried {
    let code = error.status().map(|code| code.to_string());
    match code.as_deref() {
        Some(code @ ("454" | "530" | "534" | "535" | "538")) => {
            NotCarried::later(format!("smtp_sign_in_{code}"))
        }
        Some(code) if error.is_permanent() => NotCarried::never(format!("smtp_{code}")),
        Some(code) => NotCarried::later(format!("smtp_{code}")),
        None if error.is_timeout() => NotCarried::later("timeout"),
        None if error.is_tls() => NotCarried::later("tls"),
        None => NotCarried::later("connection"),
    }
}

fn is_local(host: &str) -> bool {
    Url::parse(&format!("http://{host}/"))
        .or_else(|_| Url::parse(&format!("http://[{host}]/")))
        .is_ok_and(|url| is_loopback(&url))
}

fn parameters(host: &str, options: &EmailOptions) -> Result<TlsParameters, EmailUnfit> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(pem) = &options.authority {
        tls = tls.add_root_certificate(Certificate::from_pem(pem).map_err(EmailUnfit::Tls)?);
    }
    tls.build_rustls().map_err(EmailUnfit::Tls)
}

fn credentials(url: &Url) -> Option<Credentials> {
    let plain = |text: &str| {
        let pair = format!("x={}", text.replace('+', "%2B"));
        url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    let user = plain(url.username()).filter(|user| !user.is_empty())?;
    Some(Credentials::new(user, plain(url.password().unwrap_or_default())?))
}

/// A header of plain ASCII that is sent as it is: folded or encoded, some programs do not know it.
#[derive(Clone)]
struct Line<N>(String, std::marker::PhantomData<N>);

trait Named {
    const NAME: &'static str;
}

macro_rules! named {
    ($($name:ident = $text:literal),*) => {
        $(#[derive(Clone)]
        struct $name;
        impl Named for $name {
            const NAME: &'static str = $text;
        })*
    };
}

named!(
    AutoSubmitted = "Auto-Submitted",
    ContentLanguage = "Content-Language",
    ListUnsubscribe = "List-Unsubscribe",
    ListUnsubscribePost = "List-Unsubscribe-Post"
);

impl<N> Line<N> {
    fn new(value: &str) -> Self {
        Line(value.to_owned(), std::marker::PhantomData)
    }
}

impl<N: Named + Clone> Header for Line<N> {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str(N::NAME)
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Line::new(text))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}
