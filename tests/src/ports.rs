//! Ports of this machine, chosen by the system.

use anyhow::Result;

/// A port nobody listens on right now, for programs that cannot choose one themselves.
pub fn free() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Whether somebody listens.
pub async fn answers(port: u16) -> bool {
    tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok()
}
