//! Who may do what: one pure function over a table. Foreign and missing objects answer the same.

use bedside_protocol::wire::Role;

/// Everything that is authorised. Every route and command names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See one's own account and end one's own session.
    UseAccount,
    /// See the people one is linked with, one's rooms, one's unread count, one's feed.
    SeeOwnLists,
    /// Get or make the room with somebody.
    OpenRoom,
    /// See a room and its messages.
    ReadRoom,
    /// Send to a room.
    SendToRoom,
    /// Move one's own read mark in a room.
    MarkRead,
    /// Make accounts and links.
    Provision,
}

impl Action {
    /// All of them, for the generated tests.
    pub const ALL: [Action; 7] = [
        Self::UseAccount,
        Self::SeeOwnLists,
        Self::OpenRoom,
        Self::ReadRoom,
        Self::SendToRoom,
        Self::MarkRead,
        Self::Provision,
    ];
}

/// How the actor stands to the object of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The action has no object but the actor itself.
    Oneself,
    /// A current member of the room.
    Member,
    /// Was a member until the link ended: reads on.
    FormerMember,
    /// The person is linked with the actor.
    Linked,
    /// None, or the object does not exist.
    Stranger,
}

impl Relation {
    /// All of them, for the generated tests.
    pub const ALL: [Relation; 5] =
        [Self::Oneself, Self::Member, Self::FormerMember, Self::Linked, Self::Stranger];
}

/// The answer of [`can`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Yes.
    Allow,
    /// No, and it may be said so (403).
    Deny,
    /// No, as if there were nothing (404).
    Hide,
}

/// Whether an actor of this role, so related to the object, may do this.
#[must_use]
pub const fn can(role: Role, action: Action, relation: Relation) -> Decision {
    match (role, action, relation) {
        (_, Action::UseAccount, Relation::Oneself) => Decision::Allow,
        (Role::Admin, Action::Provision, _) => Decision::Allow,
        (_, Action::Provision, _) => Decision::Deny,
        (Role::Admin, _, _) => Decision::Hide,
        (_, Action::SeeOwnLists, Relation::Oneself) => Decision::Allow,
        (_, Action::OpenRoom, Relation::Linked) => Decision::Allow,
        (_, Action::ReadRoom | Action::SendToRoom | Action::MarkRead, Relation::Member) => Decision::Allow,
        (_, Action::ReadRoom | Action::MarkRead, Relation::FormerMember) => Decision::Allow,
        (_, Action::SendToRoom, Relation::FormerMember) => Decision::Deny,
        _ => Decision::Hide,
    }
}
