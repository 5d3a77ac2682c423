//! What `serve` is told about e-mail and SMS.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use bedside_server::outreach::email::{Cleartext, Email, EmailOptions};
use bedside_server::outreach::sms::{Twilio, TwilioOptions, Webhook, WebhookOptions};
use bedside_server::outreach::{Carrier, Outreach};
use clap::Args;
use secrecy::SecretString;
use url::Url;

const NO_PUBLIC_URL: &str = "e-mail and SMS lead people back to the server: --public-url says where it is";

/// What people who are not there are reached by; nothing unless it is given.
#[derive(Debug, Args)]
pub(super) struct OutreachArgs {
    /// The server that e-mail is handed to: smtp://user:password@mail.example.org:587 (STARTTLS), smtps://…:465, or
    /// smtp+cleartext://127.0.0.1:25 for one on this machine.
    #[arg(long, env = "BEDSIDE_SMTP", hide_env_values = true, value_name = "URL", requires = "smtp_from")]
    smtp: Option<SecretString>,
    /// Whom e-mail comes from. Not the clinic's name if that says what people are treated for.
    #[arg(long, env = "BEDSIDE_SMTP_FROM", value_name = "ADDRESS")]
    smtp_from: Option<String>,
    /// An authority of your own that the mail server's certificate is checked with, PEM.
    #[arg(long, value_name = "FILE", requires = "smtp")]
    smtp_authority: Option<PathBuf>,
    /// Lets smtp+cleartext:// speak to a mail server elsewhere. Addresses are then read by whoever listens.
    #[arg(long, requires = "smtp")]
    smtp_cleartext: bool,
    /// A gateway for SMS that speaks Twilio's Messages API.
    #[arg(long, env = "BEDSIDE_SMS_URL", value_name = "URL", default_value = "https://api.twilio.com")]
    sms_url: Url,
    /// The account at that gateway (AC…).
    #[arg(long, env = "BEDSIDE_SMS_ACCOUNT", value_name = "SID", requires_all = ["sms_token", "sms_from"])]
    sms_account: Option<String>,
    /// Its token; also what SMS that come in (POST /outreach/sms/) are signed with. Rather use the variable.
    #[arg(long, env = "BEDSIDE_SMS_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    sms_token: Option<SecretString>,
    /// The number, name or messaging service (MG…) that SMS come from.
    #[arg(long, env = "BEDSIDE_SMS_FROM", value_name = "SENDER")]
    sms_from: Option<String>,
    /// A gateway of your own instead: SMS are posted there, signed as Standard Webhooks has it.
    #[arg(
        long,
        env = "BEDSIDE_SMS_WEBHOOK",
        value_name = "URL",
        conflicts_with = "sms_account",
        requires = "sms_webhook_secret"
    )]
    sms_webhook: Option<Url>,
    /// What those are signed with, at least 24 bytes; rather use the variable.
    #[arg(long, env = "BEDSIDE_SMS_WEBHOOK_SECRET", hide_env_values = true, value_name = "SECRET")]
    sms_webhook_secret: Option<SecretString>,
    /// E-mails to one person in 24 hours; the first about something urgent is never held back.
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    email_cap: u32,
    /// SMS to one person in 24 hours; the first about something urgent is never held back.
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    sms_cap: u32,
}

impl OutreachArgs {
    /// Looks at all of it; speaks to nobody yet.
    pub(super) fn outreach(&self, public_url: Option<&Url>) -> anyhow::Result<Outreach> {
        let (email, sms) = (self.email(public_url)?, self.sms()?);
        ensure!(public_url.is_some() || email.is_none() && sms.is_none(), NO_PUBLIC_URL);
        Ok(Outreach {
            email,
            sms,
            sms_token: self.sms_account.is_some().then(|| self.sms_token.clone()).flatten(),
            email_cap: self.email_cap,
            sms_cap: self.sms_cap,
        })
    }

    fn email(&self, public_url: Option<&Url>) -> anyhow::Result<Option<Arc<dyn Carrier>>> {
        let (Some(url), Some(from)) = (&self.smtp, &self.smtp_from) else { return Ok(None) };
        let host = public_url.and_then(Url::host_str).context(NO_PUBLIC_URL)?.to_owned();
        let read =
            |path: &PathBuf| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
        let options = EmailOptions {
            url: url.clone(),
            from: from.clone(),
            authority: self.smtp_authority.as_ref().map(read).transpose()?,
            cleartext: if self.smtp_cleartext { Cleartext::Anywhere } else { Cleartext::Loopback },
            host,
        };
        if self.smtp_cleartext {
            tracing::warn!("e-mail is handed over without TLS");
        }
        Ok(Some(Arc::new(Email::new(&options).context("--smtp (or BEDSIDE_SMTP)")?)))
    }

    fn sms(&self) -> anyhow::Result<Option<Arc<dyn Carrier>>> {
        if let (Some(url), Some(secret)) = (&self.sms_webhook, &self.sms_webhook_secret) {
            let options = WebhookOptions { url: url.clone(), secret: secret.clone() };
            return Ok(Some(Arc::new(Webhook::new(&options).context("--sms-webhook")?)));
        }
        let (Some(account), Some(token), Some(from)) = (&self.sms_account, &self.sms_token, &self.sms_from)
        else {
            return Ok(None);
        };
        let options = TwilioOptions {
            base_url: self.sms_url.clone(),
            account: account.clone(),
            token: token.clone(),
            from: from.clone(),
        };
        Ok(Some(Arc::new(Twilio::new(options).context("--sms-url")?)))
    }
}
