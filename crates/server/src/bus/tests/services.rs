//! The wires of a Redis and a PostgreSQL of a test's own.

use std::sync::Arc;

use bedside_protocol::Epoch;
use bedside_testservices::{Postgres as PostgresServer, Redis as RedisServer};
use tokio_postgres::NoTls;

use crate::bus::postgres::{Postgres, connector};
use crate::bus::redis::{Redis, RedisUrl};
use crate::bus::wire::Wire;

/// The wire of one clinic's servers.
pub(super) fn redis_wire(server: &RedisServer, clinic: &str) -> Arc<dyn Wire> {
    let url = RedisUrl::parse(&server.url()).unwrap();
    Arc::new(Redis::new(&url, &Epoch(clinic.to_owned())).unwrap())
}

pub(super) fn postgres_wire(server: &PostgresServer) -> Arc<dyn Wire> {
    Arc::new(Postgres::new(connector(server.url().parse().unwrap(), NoTls)))
}
