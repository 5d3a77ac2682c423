//! The nginx of docs/operations.md, arranged so that it is known who is on which server.

use anyhow::{Context, Result};
use bedside_tests::documented::{block, exchanged};
use bedside_tests::several::Clinic;
use bedside_tests::{Server, ports};
use bedside_testservices::Nginx;

/// Where each of the two finds the clinic.
pub(crate) struct Sites {
    /// On the first server, or on the third when that is gone.
    pub(crate) for_ana: String,
    /// On the second server, or on the third when that is gone.
    pub(crate) for_drew: String,
    _nginx: Nginx,
}

impl Sites {
    pub(crate) async fn start(clinic: &Clinic) -> Result<Self> {
        let [first, second, third] = &clinic.nodes;
        let drews = ports::free()?.to_string();
        let sites = [site("ana", "{port}", [first, third])?, site("drew", &drews, [second, third])?];
        let nginx = Nginx::start(&sites.concat()).await?;
        let for_ana = format!("http://127.0.0.1:{}", nginx.port());
        Ok(Sites { for_ana, for_drew: format!("http://127.0.0.1:{drews}"), _nginx: nginx })
    }
}

/// The documented site with its names changed to one person's, without TLS, and with two servers, of which the last is
/// for when the first is gone.
fn site(name: &str, port: &str, [first, last]: [&Server; 2]) -> Result<String> {
    let mut site = block("nginx")?;
    for word in ["upstream bedside", "http://bedside", "zone bedside", "$bedside"] {
        site = exchanged(&site, word, &word.replace("bedside", name))?;
    }
    for (documented, ours) in [
        ("10.0.0.11:8080", format!("127.0.0.1:{}", first.port())),
        ("10.0.0.13:8080", format!("127.0.0.1:{} backup", last.port())),
        ("listen 443 ssl", format!("listen 127.0.0.1:{port}")),
    ] {
        site = exchanged(&site, documented, &ours)?;
    }
    let left_out = |line: &&str| line.contains("10.0.0.12") || line.contains("ssl_certificate");
    let lines = site.lines().filter(|line| !left_out(line)).map(|line| format!("{line}\n"));
    let site = Some(lines.collect::<String>()).filter(|site| !site.contains("10.0.0."));
    site.context("a server of the documented site is left over")
}
