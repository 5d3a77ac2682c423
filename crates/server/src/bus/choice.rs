//! Which way to take: the rule of the module above, as a pure machine. Times are the runtime's monotonic ones.

use std::time::Duration;

/// How long connections must have been up before one of the ways is left out.
const STEADY: Duration = Duration::from_secs(15);
/// For how long a server that hears nothing through Redis is remembered: three times the 5 seconds it repeats that in.
const REMEMBERED: Duration = Duration::from_secs(15);

/// How other servers are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There are none.
    Alone,
    /// It is not known yet.
    Starting,
    /// Through Redis.
    Redis,
    /// Through PostgreSQL only.
    Postgres,
    /// Not at all: each looks by itself every 25 seconds.
    Nothing,
}

/// One of the two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Redis,
    Postgres,
}

/// A choice of ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ways {
    pub(super) redis: bool,
    pub(super) postgres: bool,
}

/// A connection as the choice sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// Not configured.
    Absent,
    /// Not tried to its first end yet.
    Untried,
    Down,
    Up {
        since: Duration,
    },
}

impl Link {
    const fn is_up(self) -> bool {
        matches!(self, Link::Up { .. })
    }

    fn is_steady(self, now: Duration) -> bool {
        matches!(self, Link::Up { since } if now.saturating_sub(since) >= STEADY)
    }
}

/// What is known of the ways.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    redis: Link,
    postgres: Link,
    /// When another server last said that it hears nothing through Redis.
    deaf_heard_at: Option<Duration>,
}

impl Choice {
    pub(super) fn new(configured: Ways) -> Self {
        let link = |configured| if configured { Link::Untried } else { Link::Absent };
        Choice { redis: link(configured.redis), postgres: link(configured.postgres), deaf_heard_at: None }
    }

    /// A connection is up.
    pub(super) fn up(&mut self, way: Way, now: Duration) {
        *self.link(way) = Link::Up { since: now };
    }

    /// A connection is lost or was not made; whether it was up.
    pub(super) fn down(&mut self, way: Way) -> bool {
        std::mem::replace(self.link(way), Link::Down).is_up()
    }

    /// Another server hears nothing through Redis.
    pub(super) fn deaf_heard(&mut self, now: Duration) {
        self.deaf_heard_at = Some(now);
    }

    /// Whether this server is to say the same of itself.
    pub(super) const fn is_deaf(&self) -> bool {
        self.postgres.is_up() && !self.redis.is_up()
    }

    /// The ways to tell by, whether or not they are open.
    pub(super) fn ways(&self, now: Duration) -> Ways {
        let steady = self.redis.is_steady(now) && self.postgres.is_steady(now);
        let deaf = self.deaf_heard_at.is_some_and(|at| now.saturating_sub(at) < REMEMBERED);
        Ways { redis: self.redis.is_up(), postgres: self.postgres != Link::Absent && (!steady || deaf) }
    }

    /// How other servers are reached.
    pub(super) fn standing(&self) -> Standing {
        match (self.redis, self.postgres) {
            (Link::Untried, _) | (_, Link::Untried) => Standing::Starting,
            (Link::Up { .. }, _) => Standing::Redis,
            (_, Link::Up { .. }) => Standing::Postgres,
            _ => Standing::Nothing,
        }
    }

    /// Whether the operator wants Redis.
    pub(super) fn has_redis(&self) -> bool {
        self.redis != Link::Absent
    }

    const fn link(&mut self, way: Way) -> &mut Link {
        match way {
            Way::Redis => &mut self.redis,
            Way::Postgres => &mut self.postgres,
        }
    }
}

#[cfg(test)]
mod tests {
    use Standing::{Nothing, Postgres, Redis, Starting};

    use super::*;

    const NEITHER: Ways = Ways { redis: false, postgres: false };
    const REDIS: Ways = Ways { redis: true, postgres: false };
    const POSTGRES: Ways = Ways { redis: false, postgres: true };
    const BOTH: Ways = Ways { redis: true, postgres: true };

    enum Event {
        Up(Way),
        Down(Way),
        Deaf,
        Nothing,
    }

    /// At these seconds these things happen, and then these ways are taken.
    fn follow(configured: Ways, table: &[(u64, Event, Ways, Standing)]) {
        let mut choice = Choice::new(configured);
        for (row, (second, event, ways, standing)) in table.iter().enumerate() {
            let now = Duration::from_secs(*second);
            match event {
                Event::Up(way) => choice.up(*way, now),
                Event::Down(way) => {
                    choice.down(*way);
                }
                Event::Deaf => choice.deaf_heard(now),
                Event::Nothing => {}
            }
            assert_eq!((choice.ways(now), choice.standing()), (*ways, *standing), "row {row}");
        }
    }

    #[test]
    fn redis_alone_is_taken_once_both_are_steady() {
        follow(
            BOTH,
            &[
                (0, Event::Nothing, POSTGRES, Starting),
                (1, Event::Up(Way::Redis), BOTH, Starting),
                (3, Event::Up(Way::Postgres), BOTH, Redis),
                (17, Event::Nothing, BOTH, Redis),
                (18, Event::Nothing, REDIS, Redis),
            ],
        );
    }

    #[test]
    fn without_redis_it_is_postgres_and_both_when_it_is_back() {
        follow(
            BOTH,
            &[
                (0, Event::Up(Way::Postgres), POSTGRES, Starting),
                (0, Event::Up(Way::Redis), BOTH, Redis),
                (20, Event::Nothing, REDIS, Redis),
                (21, Event::Down(Way::Redis), POSTGRES, Postgres),
                (60, Event::Nothing, POSTGRES, Postgres),
                (61, Event::Up(Way::Redis), BOTH, Redis),
                (75, Event::Nothing, BOTH, Redis),
                (76, Event::Nothing, REDIS, Redis),
            ],
        );
    }

    #[test]
    fn who_hears_nothing_through_redis_is_told_by_postgres() {
        follow(
            BOTH,
            &[
                (0, Event::Up(Way::Redis), BOTH, Starting),
                (0, Event::Up(Way::Postgres), BOTH, Redis),
                (30, Event::Nothing, REDIS, Redis),
                (31, Event::Deaf, BOTH, Redis),
                (40, Event::Deaf, BOTH, Redis),
                (54, Event::Nothing, BOTH, Redis),
                (55, Event::Nothing, REDIS, Redis),
            ],
        );
    }

    /// Nobody can say it hears nothing: so it is wanted, and owed.
    #[test]
    fn while_postgres_is_lost_it_stays_wanted() {
        follow(
            BOTH,
            &[
                (0, Event::Up(Way::Redis), BOTH, Starting),
                (0, Event::Up(Way::Postgres), BOTH, Redis),
                (30, Event::Nothing, REDIS, Redis),
                (31, Event::Down(Way::Postgres), BOTH, Redis),
                (99, Event::Down(Way::Redis), POSTGRES, Nothing),
                (100, Event::Up(Way::Redis), BOTH, Redis),
                (200, Event::Up(Way::Postgres), BOTH, Redis),
                (215, Event::Nothing, REDIS, Redis),
            ],
        );
    }

    #[test]
    fn what_is_not_configured_is_never_taken() {
        follow(
            POSTGRES,
            &[
                (0, Event::Nothing, POSTGRES, Starting),
                (1, Event::Up(Way::Postgres), POSTGRES, Postgres),
                (99, Event::Down(Way::Postgres), POSTGRES, Nothing),
            ],
        );
        follow(
            REDIS,
            &[(0, Event::Down(Way::Redis), NEITHER, Nothing), (1, Event::Up(Way::Redis), REDIS, Redis)],
        );
    }

    #[test]
    fn only_who_can_say_so_says_that_it_hears_nothing_through_redis() {
        let mut choice = Choice::new(POSTGRES);
        assert!(!choice.is_deaf());
        choice.up(Way::Postgres, Duration::ZERO);
        assert!(choice.is_deaf());
        let mut choice = Choice::new(BOTH);
        choice.up(Way::Postgres, Duration::ZERO);
        choice.up(Way::Redis, Duration::ZERO);
        assert!(!choice.is_deaf());
        assert!(choice.down(Way::Redis));
        assert!(!choice.down(Way::Redis));
        assert!(choice.is_deaf());
    }
}
