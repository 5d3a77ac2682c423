//! When somebody is reached outside the app about what they have not read: by e-mail, by SMS, or not yet.
//!
//! Decided from facts and a moment, as often as anybody likes: what was sent already is one of the facts. An answer names
//! what is to be sent now, and when to ask again. Never sees a text, a name or an address.

mod quiet;
mod retry;

use bedside_protocol::Timestamp;
use bedside_protocol::wire::{Channel, OutreachWishes, SmsFor};

pub use quiet::quiet_until;
pub use retry::{GIVE_UP_AFTER_MS, Retry, retry};

/// How long until it is asked again whether somebody is still there who has not read.
pub const LOOK_AGAIN_MS: i64 = 5 * MINUTE_MS;
/// What a daily cap counts over.
pub const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// The earliest that anything is ever sent after it came.
pub const SOONEST_MS: i64 = MINUTE_MS;

const MINUTE_MS: i64 = 60_000;

/// What lies unread, in one conversation or as one notification of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Since when the oldest of it.
    pub since: Timestamp,
    /// Since when the oldest of it that is urgent.
    pub urgent_since: Option<Timestamp>,
    /// The conversation is muted.
    pub muted: bool,
}

/// A way to somebody, and what has gone that way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// There is an address that its owner has confirmed and not stopped, and something to send by.
    pub open: bool,
    /// When the last was sent about what is still unread.
    pub told: Option<Timestamp>,
    /// The same, of those that said it was urgent.
    pub told_urgent: Option<Timestamp>,
    /// How many were sent to this person in the last [`DAY_MS`], about whatever.
    pub today: u32,
    /// When the oldest of those was sent.
    pub today_since: Option<Timestamp>,
    /// How many may be, at most.
    pub cap: u32,
}

/// All that a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What lies unread; nothing: all was read, taken back, or is no longer theirs to see.
    pub unread: Option<Unread>,
    /// Somebody is there: the account has a socket.
    pub live: bool,
    /// What the person wishes.
    pub wishes: OutreachWishes,
    /// The person's clock, an IANA name; one that is not known counts as UTC.
    pub time_zone: String,
    /// E-mail.
    pub email: Way,
    /// SMS.
    pub sms: Way,
}

/// What is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Send {
    /// By what.
    pub channel: Channel,
    /// It says that something urgent waits.
    pub urgent: bool,
}

/// What a decision comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// To be sent now, one by each channel at most.
    pub send: Vec<Send>,
    /// When to ask again at the latest; never unless something new comes.
    pub again_at: Option<Timestamp>,
}

/// What may be said of one channel.
enum Verdict {
    Now(Send),
    At(Timestamp),
    Never,
}

/// Decides.
#[must_use]
pub fn decide(facts: &Facts, now: Timestamp) -> Decision {
    let Some(unread) = facts.unread else { return Decision::default() };
    let mut decision = Decision::default();
    for channel in Channel::ALL {
        let verdicts = [urgent(facts, unread, channel, now), usual(facts, unread, channel, now)];
        for verdict in verdicts {
            match verdict {
                Verdict::Now(send) if decision.send.iter().any(|other| other.channel == send.channel) => {}
                Verdict::Now(send) => decision.send.push(send),
                Verdict::At(at) => {
                    decision.again_at = Some(decision.again_at.map_or(at, |sooner| sooner.min(at)));
                }
                Verdict::Never => {}
            }
        }
    }
    if decision.send.iter().any(|send| send.urgent) && facts.wishes.reminder > 0 {
        let reminder = plus(now, facts.wishes.reminder);
        decision.again_at = Some(decision.again_at.map_or(reminder, |sooner| sooner.min(reminder)));
    }
    decision
}

/// What is urgent ends quiet hours and passes over a muted conversation; an SMS comes even to somebody who is there, whose
/// desk may be empty. The first of a conversation passes over the cap as well: a cap is there for calm, not for danger.
fn urgent(facts: &Facts, unread: Unread, channel: Channel, now: Timestamp) -> Verdict {
    let (way, Some(since)) = (facts.way(channel), unread.urgent_since) else { return Verdict::Never };
    if !way.open {
        return Verdict::Never;
    }
    let due = match way.told_urgent {
        None => plus(since, facts.after(channel)),
        Some(_) if facts.wishes.reminder == 0 || !facts.reminds(channel) => return Verdict::Never,
        Some(told) => plus(told, facts.wishes.reminder),
    };
    if now < due {
        return Verdict::At(due);
    }
    if facts.live && channel == Channel::Email {
        return Verdict::At(Timestamp(now.0 + LOOK_AGAIN_MS));
    }
    match way.full_until() {
        Some(free) if way.told_urgent.is_some() && now < free => Verdict::At(free),
        _ => Verdict::Now(Send { channel, urgent: true }),
    }
}

fn usual(facts: &Facts, unread: Unread, channel: Channel, now: Timestamp) -> Verdict {
    let way = facts.way(channel);
    let wanted = channel == Channel::Email || facts.wishes.sms_for == SmsFor::All;
    if !way.open || !wanted || unread.muted || way.told.is_some() {
        return Verdict::Never;
    }
    let due = plus(unread.since, facts.after(channel));
    if now < due {
        return Verdict::At(due);
    }
    if facts.live {
        return Verdict::At(Timestamp(now.0 + LOOK_AGAIN_MS));
    }
    let quiet = facts.wishes.quiet.and_then(|hours| quiet_until(hours, &facts.time_zone, now));
    let full = way.full_until().filter(|free| now < *free);
    match quiet.max(full) {
        Some(until) => Verdict::At(until),
        None => Verdict::Now(Send { channel, urgent: false }),
    }
}

impl Facts {
    const fn way(&self, channel: Channel) -> Way {
        match channel {
            Channel::Email => self.email,
            Channel::Sms => self.sms,
        }
    }

    const fn after(&self, channel: Channel) -> u16 {
        match channel {
            Channel::Email => self.wishes.email_after,
            Channel::Sms => self.wishes.sms_after,
        }
    }

    /// Reminders go the way that is noticed sooner, and that way alone.
    const fn reminds(&self, channel: Channel) -> bool {
        match channel {
            Channel::Sms => true,
            Channel::Email => !self.sms.open,
        }
    }
}

impl Way {
    /// When there is room for another, if there is none now.
    fn full_until(&self) -> Option<Timestamp> {
        let since = self.today_since.filter(|_| self.today >= self.cap)?;
        Some(Timestamp(since.0 + DAY_MS))
    }
}

fn plus(at: Timestamp, minutes: u16) -> Timestamp {
    Timestamp(at.0.saturating_add(i64::from(minutes) * MINUTE_MS))
}
