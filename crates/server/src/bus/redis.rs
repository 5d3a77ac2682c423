//! Redis pub/sub as a wire: one connection to publish by, one that is subscribed.
//!
//! Stores nothing in Redis and reads nothing from it: one that is empty, restarted or flushed is as good as any.

use std::sync::Arc;

use async_trait::async_trait;
use bedside_protocol::Epoch;
use futures_util::{StreamExt as _, future};
use redis::aio::{MultiplexedConnection, PubSubSink};
use redis::{AsyncConnectionConfig, Client, Value};
use secrecy::{ExposeSecret as _, SecretString};

use super::link::ANSWER_DEADLINE;
use super::wire::{Open, Voice, Wire, WireError};

/// Where Redis is, with its password if it has one.
#[derive(Clone, Debug)]
pub struct RedisUrl(SecretString);

/// An address that cannot be Redis's.
#[derive(Debug, thiserror::Error)]
pub enum NotRedis {
    /// Neither kind of address.
    #[error("an address like redis://127.0.0.1:6379 or rediss://redis.example.org:6379 is needed")]
    Form,
    /// An address of the kind, but not a usable one.
    #[error("this address cannot be used: {0}")]
    Refused(#[from] redis::RedisError),
}

impl RedisUrl {
    /// Checks an address's form; nothing is connected.
    ///
    /// # Errors
    /// When it is not one of Redis over TCP or TLS.
    pub fn parse(text: &str) -> Result<Self, NotRedis> {
        let of_a_kind = text.starts_with("redis://") || text.starts_with("rediss://");
        if !of_a_kind || text.contains('#') {
            return Err(NotRedis::Form); // After a #, the client would take a wish not to verify certificates.
        }
        Client::open(text)?;
        Ok(RedisUrl(SecretString::from(text)))
    }
}

/// Redis, for the servers of one database: others may use the same Redis.
pub struct Redis {
    client: Client,
    channel: String,
}

impl Redis {
    /// The wire; nothing is connected yet.
    ///
    /// # Errors
    /// When the address cannot be used.
    pub fn new(url: &RedisUrl, epoch: &Epoch) -> Result<Self, NotRedis> {
        Ok(Redis {
            client: Client::open(url.0.expose_secret())?,
            channel: format!("bedside:signals:{epoch}"),
        })
    }
}

#[async_trait]
impl Wire for Redis {
    async fn open(&self) -> Result<Open, WireError> {
        let config = AsyncConnectionConfig::new().set_response_timeout(Some(ANSWER_DEADLINE));
        let publisher = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        let (mut subscriber, messages) = self.client.get_async_pubsub().await?.split();
        subscriber.subscribe(&self.channel).await?;
        let ear = messages.filter_map(|message| future::ready(message.get_payload::<String>().ok()));
        let voice = Publisher { publisher, subscriber, channel: self.channel.clone() };
        Ok(Open { voice: Arc::new(voice), ear: ear.boxed() })
    }
}

struct Publisher {
    publisher: MultiplexedConnection,
    subscriber: PubSubSink,
    channel: String,
}

#[async_trait]
impl Voice for Publisher {
    async fn tell(&self, payload: &str) -> Result<(), WireError> {
        let mut publish = redis::cmd("PUBLISH");
        publish.arg(&self.channel).arg(payload);
        Ok(publish.exec_async(&mut self.publisher.clone()).await?)
    }

    async fn ping(&self) -> Result<(), WireError> {
        redis::cmd("PING").exec_async(&mut self.publisher.clone()).await?;
        self.subscriber.clone().ping::<Value>().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_redis_are_taken() {
        for right in ["redis://127.0.0.1", "redis://:secret@10.0.0.7:6380/2", "rediss://redis.example.org"] {
            assert!(RedisUrl::parse(right).is_ok(), "{right}");
        }
        let wrong =
            ["127.0.0.1:6379", "http://127.0.0.1", "redis://", "rediss://redis.example.org/#insecure"];
        for wrong in wrong {
            assert!(RedisUrl::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_never_printed() {
        let url = RedisUrl::parse("redis://:hush-hush@127.0.0.1").unwrap();
        assert!(!format!("{url:?}").contains("hush"));
    }
}
