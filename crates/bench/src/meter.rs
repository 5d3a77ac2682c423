//! CPU time and memory of processes, read from `/proc`. Never estimates: a process that is gone has said its last.

use anyhow::{Context, Result};
use bedside_testservices::{Postgres, Redis};

/// CPU seconds, by who used them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cpu {
    /// The measured process, or all servers of a clinic.
    pub(crate) servers: f64,
    /// PostgreSQL with all it has started.
    pub(crate) postgres: f64,
    /// Redis.
    pub(crate) redis: f64,
}

impl Cpu {
    pub(crate) fn total(self) -> f64 {
        self.servers + self.postgres + self.redis
    }

    /// What was used since `earlier`.
    pub(crate) fn since(self, earlier: Cpu) -> Cpu {
        Cpu {
            servers: self.servers - earlier.servers,
            postgres: self.postgres - earlier.postgres,
            redis: self.redis - earlier.redis,
        }
    }

    /// The share of a thousand out of `count`.
    pub(crate) fn per_1000(self, count: f64) -> Cpu {
        let share = |seconds: f64| seconds / count * 1_000.0;
        Cpu { servers: share(self.servers), postgres: share(self.postgres), redis: share(self.redis) }
    }
}

/// Something whose CPU time is counted.
pub(crate) trait Meter {
    /// CPU seconds so far.
    fn cpu(&self) -> Result<Cpu>;
}

/// User and system time of one process so far, in seconds.
pub(crate) fn cpu_of(id: u32) -> Result<f64> {
    Ok(times(id)?.own)
}

/// A PostgreSQL's time with all its backends', those that have ended as well.
pub(crate) fn cpu_of_postgres(postgres: &Postgres) -> Result<f64> {
    loop {
        let processes = postgres.processes();
        let first = *processes.first().context("PostgreSQL is not running")?;
        let before = times(first)?.ended_children;
        // A backend that ends meanwhile is counted with its parent: then everything is read again.
        let sum: f64 = processes.iter().filter_map(|id| times(*id).ok()).map(|times| times.own).sum();
        if times(first)?.ended_children.to_bits() == before.to_bits() {
            return Ok(sum + before);
        }
    }
}

/// A Redis's time.
pub(crate) fn cpu_of_redis(redis: &Redis) -> Result<f64> {
    cpu_of(redis.process().context("Redis is not running")?)
}

/// Resident memory in bytes.
pub(crate) fn resident(id: u32) -> Result<u64> {
    let status = proc_file(id, "status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib * 1024)
}

struct Times {
    own: f64,
    /// Of children that have ended and were waited for.
    ended_children: f64,
}

fn times(id: u32) -> Result<Times> {
    let stat = proc_file(id, "stat")?;
    let after_name = stat.rsplit_once(')').context("unexpected /proc/…/stat")?.1;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let seconds = |index: usize| -> Result<f64> {
        let ticks: f64 = fields.get(index).context("short /proc/…/stat")?.parse()?;
        Ok(ticks / ticks_per_second())
    };
    Ok(Times { own: seconds(11)? + seconds(12)?, ended_children: seconds(13)? + seconds(14)? })
}

fn proc_file(id: u32, name: &str) -> Result<String> {
    Ok(std::fs::read_to_string(format!("/proc/{id}/{name}"))?)
}

#[expect(unsafe_code, reason = "the size of a clock tick has no safe way to be asked")]
#[expect(clippy::cast_precision_loss, reason = "it is 100")]
fn ticks_per_second() -> f64 {
    // SAFETY: sysconf reads a constant of the system and touches no memory of ours.
    unsafe { libc::sysconf(libc::_SC_CLK_TCK) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_counted_per_thousand() {
        let earlier = Cpu { servers: 1.0, postgres: 2.0, redis: 0.5 };
        let now = Cpu { servers: 3.0, postgres: 2.5, redis: 0.5 };
        let each = now.since(earlier).per_1000(500.0);
        assert_eq!(each, Cpu { servers: 4.0, postgres: 1.0, redis: 0.0 });
        assert!((each.total() - 5.0).abs() < 1e-9);
    }

    #[test]
    fn children_that_have_ended_count_as_such() {
        let me = std::process::id();
        let before = times(me).unwrap().ended_children;
        let burn = "i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done";
        assert!(std::process::Command::new("sh").args(["-c", burn]).status().unwrap().success());
        assert!(times(me).unwrap().ended_children > before);
    }
}
