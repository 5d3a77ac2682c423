//! A clinic under measurement: one server process or several on the same data, each restartable at its port.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use bedside_testservices::free_port;

use super::stock::{Services, Stored};
use crate::meter::{self, Cpu, Meter};
use crate::server::process::{self, Process};

/// Servers on one store. Dropping it kills them.
pub(crate) struct Clinic<'s> {
    nodes: Vec<Node>,
    services: &'s Services,
    /// Whether PostgreSQL and Redis work for it.
    shared: bool,
}

impl<'s> Clinic<'s> {
    /// Starts so many servers on what is stored.
    pub(crate) async fn open(
        program: &std::path::Path,
        stored: &Stored,
        services: &'s Services,
        nodes: u32,
    ) -> Result<Self> {
        let shared = matches!(stored, Stored::Database(_));
        ensure!(shared || nodes == 1, "the embedded database has one server");
        let mut arguments = stored.arguments();
        if shared {
            arguments.extend(["--redis".into(), services.redis.url().into()]);
        }
        let mut clinic = Clinic { nodes: Vec::new(), services, shared };
        for _ in 0..nodes {
            clinic.nodes.push(Node::start(program.to_owned(), arguments.clone()).await?);
        }
        Ok(clinic)
    }

    /// Where senders and receivers connect: to different servers if there are two.
    pub(crate) fn addresses(&self) -> Result<[SocketAddr; 2]> {
        let first = self.nodes.first().context("a clinic without servers")?;
        Ok([first.address, self.nodes.last().unwrap_or(first).address])
    }

    /// The server that senders use.
    pub(crate) fn first(&mut self) -> Result<&mut Node> {
        self.nodes.first_mut().context("a clinic without servers")
    }

    /// Stops all servers as a service manager would.
    pub(crate) async fn close(self) -> Result<()> {
        for node in self.nodes {
            node.close().await?;
        }
        Ok(())
    }
}

impl Meter for Clinic<'_> {
    fn cpu(&self) -> Result<Cpu> {
        let mut cpu = Cpu::default();
        for node in &self.nodes {
            cpu.servers += node.running()?.cpu()?.servers;
        }
        if self.shared {
            cpu.postgres = meter::cpu_of_postgres(&self.services.postgres)?;
            cpu.redis = meter::cpu_of_redis(&self.services.redis)?;
        }
        Ok(cpu)
    }
}

/// One server.
pub(crate) struct Node {
    program: PathBuf,
    arguments: Vec<OsString>,
    address: SocketAddr,
    process: Option<Process>,
}

impl Node {
    async fn start(program: PathBuf, arguments: Vec<OsString>) -> Result<Self> {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()?));
        let mut node = Node { program, arguments, address, process: None };
        node.start_again().await?;
        Ok(node)
    }

    /// Resident memory in bytes.
    pub(crate) fn resident(&self) -> Result<u64> {
        self.running()?.resident()
    }

    /// Stops it as a service manager would.
    pub(crate) async fn stop(&mut self) -> Result<()> {
        self.process.take().context("this server is not running")?.stop().await
    }

    /// Ends it where it stands.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        self.process.take().context("this server is not running")?.kill().await
    }

    /// Starts it at its address and returns once it listens.
    pub(crate) async fn start_again(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "this server is running");
        let command = process::serve(&self.program, &self.arguments, &self.address.to_string());
        self.process = Some(Process::start(command).await?);
        Ok(())
    }

    async fn close(mut self) -> Result<()> {
        if self.process.is_some() { self.stop().await } else { Ok(()) }
    }

    fn running(&self) -> Result<&Process> {
        self.process.as_ref().context("this server is not running")
    }
}

/// Raises the number of files this process and those it starts may have open as far as the system lets it.
#[expect(unsafe_code, reason = "the limit has no safe way to be asked or set")]
pub(crate) fn allow_many_connections() -> Result<()> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls only touch the structure they are given, which outlives them.
    let raised = unsafe {
        libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) == 0 && {
            limit.rlim_cur = limit.rlim_max;
            libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) == 0
        }
    };
    ensure!(raised, "the limit of open files cannot be raised: {}", std::io::Error::last_os_error());
    Ok(())
}
