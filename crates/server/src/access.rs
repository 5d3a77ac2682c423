//! Who may do what: one pure function over a table. Foreign and missing objects answer the same.

use bedside_protocol::wire::Role;

/// Everything that is authorised. Every route and command names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See one's own account and what the clinic says of itself, and end one's own session.
    UseAccount,
    /// See the people one is linked with, one's rooms, one's unread count, one's feed.
    SeeOwnLists,
    /// Get or make the room with somebody.
    OpenRoom,
    /// See a room and its messages.
    ReadRoom,
    /// Take a room's messages with one, written out; a clinic may switch it off for practitioners.
    ExportRoom,
    /// Send to a room.
    SendToRoom,
    /// Move one's own read mark in a room.
    MarkRead,
    /// Pin, mute, archive or mark a room unread, for oneself.
    SetFlags,
    /// See and change what one writes in a room, as shared among one's devices.
    ShareDraft,
    /// Give a message of one's own another text, or take it back.
    ChangeMessage,
    /// Set an emoji on a message.
    React,
    /// See the quick replies one may use, and change one's own (an administrator: the clinic's).
    UseQuickReplies,
    /// Make accounts and links.
    Provision,
    /// Tell somebody something as the main platform.
    Notify,
}

impl Action {
    /// All of them, for the generated tests.
    pub const ALL: [Action; 14] = [
        Self::UseAccount,
        Self::SeeOwnLists,
        Self::OpenRoom,
        Self::ReadRoom,
        Self::ExportRoom,
        Self::SendToRoom,
        Self::MarkRead,
        Self::SetFlags,
        Self::ShareDraft,
        Self::ChangeMessage,
        Self::React,
        Self::UseQuickReplies,
        Self::Provision,
        Self::Notify,
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
        (Role::Admin, Action::Provision | Action::Notify, _) => Decision::Allow,
        (_, Action::Provision | Action::Notify, _) => Decision::Deny,
        (Role::Practitioner | Role::Admin, Action::UseQuickReplies, Relation::Oneself) => Decision::Allow,
        (_, Action::UseQuickReplies, _) => Decision::Hide,
        (Role::Admin, _, _) => Decision::Hide,
        (_, Action::SeeOwnLists, Relation::Oneself) => Decision::Allow,
        (_, Action::OpenRoom, Relation::Linked) => Decision::Allow,
        (
            _,
            Action::ReadRoom
            | Action::ExportRoom
            | Action::SendToRoom
            | Action::MarkRead
            | Action::SetFlags
            | Action::ShareDraft
            | Action::ChangeMessage
            | Action::React,
            Relation::Member,
        ) => Decision::Allow,
        (
            _,
            Action::ReadRoom | Action::ExportRoom | Action::MarkRead | Action::SetFlags,
            Relation::FormerMember,
        ) => Decision::Allow,
        (
            _,
            Action::SendToRoom | Action::ShareDraft | Action::ChangeMessage | Action::React,
            Relation::FormerMember,
        ) => Decision::Deny,
        _ => Decision::Hide,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    const ROLES: [Role; 3] = [Role::Patient, Role::Practitioner, Role::Admin];

    fn every_case() -> impl Iterator<Item = (Role, Action, Relation)> {
        ROLES.into_iter().flat_map(|role| {
            Action::ALL.into_iter().flat_map(move |action| {
                Relation::ALL.into_iter().map(move |relation| (role, action, relation))
            })
        })
    }

    /// One line per role and action; every relation that is not named hides the object.
    fn table() -> String {
        let mut table = String::new();
        for role in ROLES {
            for action in Action::ALL {
                write!(table, "{} {action:?}:", role.as_str()).unwrap();
                for relation in Relation::ALL {
                    match can(role, action, relation) {
                        Decision::Hide => {}
                        decision => write!(table, " {relation:?}={decision:?}").unwrap(),
                    }
                }
                table.push('\n');
            }
        }
        table
    }

    #[test]
    fn the_whole_table_is_as_it_was_reviewed() {
        insta::assert_snapshot!(table(), @r"
        patient UseAccount: Oneself=Allow
        patient SeeOwnLists: Oneself=Allow
        patient OpenRoom: Linked=Allow
        patient ReadRoom: Member=Allow FormerMember=Allow
        patient ExportRoom: Member=Allow FormerMember=Allow
        patient SendToRoom: Member=Allow FormerMember=Deny
        patient MarkRead: Member=Allow FormerMember=Allow
        patient SetFlags: Member=Allow FormerMember=Allow
        patient ShareDraft: Member=Allow FormerMember=Deny
        patient ChangeMessage: Member=Allow FormerMember=Deny
        patient React: Member=Allow FormerMember=Deny
        patient UseQuickReplies:
        patient Provision: Oneself=Deny Member=Deny FormerMember=Deny Linked=Deny Stranger=Deny
        patient Notify: Oneself=Deny Member=Deny FormerMember=Deny Linked=Deny Stranger=Deny
        practitioner UseAccount: Oneself=Allow
        practitioner SeeOwnLists: Oneself=Allow
        practitioner OpenRoom: Linked=Allow
        practitioner ReadRoom: Member=Allow FormerMember=Allow
        practitioner ExportRoom: Member=Allow FormerMember=Allow
        practitioner SendToRoom: Member=Allow FormerMember=Deny
        practitioner MarkRead: Member=Allow FormerMember=Allow
        practitioner SetFlags: Member=Allow FormerMember=Allow
        practitioner ShareDraft: Member=Allow FormerMember=Deny
        practitioner ChangeMessage: Member=Allow FormerMember=Deny
        practitioner React: Member=Allow FormerMember=Deny
        practitioner UseQuickReplies: Oneself=Allow
        practitioner Provision: Oneself=Deny Member=Deny FormerMember=Deny Linked=Deny Stranger=Deny
        practitioner Notify: Oneself=Deny Member=Deny FormerMember=Deny Linked=Deny Stranger=Deny
        admin UseAccount: Oneself=Allow
        admin SeeOwnLists:
        admin OpenRoom:
        admin ReadRoom:
        admin ExportRoom:
        admin SendToRoom:
        admin MarkRead:
        admin SetFlags:
        admin ShareDraft:
        admin ChangeMessage:
        admin React:
        admin UseQuickReplies: Oneself=Allow
        admin Provision: Oneself=Allow Member=Allow FormerMember=Allow Linked=Allow Stranger=Allow
        admin Notify: Oneself=Allow Member=Allow FormerMember=Allow Linked=Allow Stranger=Allow
        ");
    }

    #[test]
    fn a_strangers_object_does_not_exist_for_anybody_but_those_who_provision() {
        for (role, action, relation) in every_case() {
            if relation == Relation::Stranger && !matches!(action, Action::Provision | Action::Notify) {
                assert_eq!(can(role, action, relation), Decision::Hide, "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn an_administrator_never_reaches_a_conversation() {
        for (role, action, relation) in every_case() {
            let own = matches!(
                action,
                Action::UseAccount | Action::UseQuickReplies | Action::Provision | Action::Notify
            );
            if role == Role::Admin && !own {
                assert_eq!(can(role, action, relation), Decision::Hide, "{action:?} {relation:?}");
            }
        }
    }

    #[test]
    fn what_is_seen_may_be_refused_openly_only_to_those_who_see_it() {
        for (role, action, relation) in every_case() {
            let told = matches!(action, Action::Provision | Action::Notify);
            if can(role, action, relation) == Decision::Deny && !told {
                assert_eq!(can(role, Action::ReadRoom, relation), Decision::Allow, "{role:?} {action:?}");
            }
        }
    }
}
