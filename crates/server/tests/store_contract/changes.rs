use bedside_protocol::feed::Change;
use bedside_protocol::wire::{Message, MessageChange};
use bedside_protocol::{MessageId, limits};
use bedside_server::store::{Actor, ChangeCommand, ChangeOutcome};

use crate::support::{Clinic, Staff};

fn edit(text: &str) -> MessageChange {
    MessageChange::Edit { message: text.to_owned() }
}

fn react(emoji: &str, on: bool) -> MessageChange {
    MessageChange::React { emoji: emoji.to_owned(), on }
}

impl Staff {
    /// A change under a new id, in Ana and Drew's room.
    pub(crate) fn change(&self, message_id: MessageId, change: MessageChange) -> ChangeCommand {
        let (client_id, now) = (self.runtime.client_id(), self.runtime.now());
        ChangeCommand { room_id: self.ana_drew, message_id, client_id, change, now }
    }

    async fn try_change(&self, actor: Actor, id: MessageId, change: MessageChange) -> ChangeOutcome {
        self.store.change_message(actor, self.change(id, change)).await.unwrap()
    }

    async fn changed(&self, actor: Actor, id: MessageId, change: MessageChange) -> Message {
        match self.try_change(actor, id, change).await {
            ChangeOutcome::Changed { message, .. } => *message,
            other => panic!("{other:?}"),
        }
    }

    async fn versions(&self, actor: Actor, id: MessageId) -> Vec<String> {
        let versions = self.store.message_versions(actor, self.ana_drew, id).await.unwrap().unwrap();
        versions.into_iter().map(|version| version.content).collect()
    }

    /// The message as each of its two readers is shown it.
    async fn seen(&self, id: MessageId) -> [Message; 2] {
        let mut seen = Vec::new();
        for actor in [self.ana, self.drew] {
            let page = self.page(actor, self.ana_drew, bedside_server::store::model::PageRange::Latest).await;
            seen.push(page.into_iter().find(|row| row.message.id == id).unwrap().message);
        }
        seen.try_into().unwrap()
    }
}

pub(crate) async fn an_edit_is_told_to_both_and_keeps_what_was(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (first, _) = staff.say(staff.ana, staff.ana_drew, "at 15.00").await;
    let head = staff.cursor(staff.head(staff.drew).await.feed_seq.get());
    let edited = staff.changed(staff.ana, first.id, edit("at 16.00")).await;
    assert!(edited.rev > first.rev && edited.edited_at == Some(staff.runtime.now()));
    assert_eq!((edited.room_seq, edited.content.as_str()), (first.room_seq, "at 16.00"));
    let events = staff.events(staff.drew, &head).await;
    let [event] = &events[..] else { panic!("{events:?}") };
    let Change::Message { message } = &event.change else { panic!("{event:?}") };
    assert_eq!((message.content.as_str(), message.client_id), ("at 16.00", None));
    for actor in [staff.ana, staff.drew] {
        assert_eq!(staff.versions(actor, first.id).await, ["at 15.00", "at 16.00"]);
    }
    let again = staff.changed(staff.ana, first.id, edit("at 17.00")).await;
    assert!(again.rev > edited.rev);
    assert_eq!(staff.versions(staff.drew, first.id).await, ["at 15.00", "at 16.00", "at 17.00"]);
}

pub(crate) async fn a_retraction_takes_the_text_from_everyone_and_wins(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.ana, staff.ana_drew, "wrong person").await;
    staff.changed(staff.drew, message.id, react("👍", true)).await;
    staff.changed(staff.ana, message.id, edit("still wrong")).await;
    let gone = staff.changed(staff.ana, message.id, MessageChange::Retract).await;
    assert_eq!((gone.content.as_str(), gone.retracted_at), ("", Some(staff.runtime.now())));
    for seen in staff.seen(message.id).await {
        assert_eq!((seen.content.as_str(), seen.reactions.len()), ("", 0));
    }
    assert!(staff.versions(staff.drew, message.id).await.is_empty(), "nor what it was before");
    for (actor, change) in [(staff.ana, edit("back")), (staff.drew, react("👍", true))] {
        assert_eq!(staff.try_change(actor, message.id, change).await, ChangeOutcome::Retracted);
    }
    let again = staff.try_change(staff.ana, message.id, MessageChange::Retract).await;
    assert!(matches!(again, ChangeOutcome::Unchanged { .. }), "{again:?}");
    assert_eq!(staff.texts(staff.drew, staff.ana_drew).await, [""], "its place stays");
}

pub(crate) async fn a_reaction_is_there_once_per_person_and_emoji(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.ana, staff.ana_drew, "done").await;
    for (actor, emoji) in [(staff.ana, "👍"), (staff.drew, "👍"), (staff.drew, "🎉")] {
        staff.changed(actor, message.id, react(emoji, true)).await;
    }
    let again = staff.try_change(staff.drew, message.id, react("👍", true)).await;
    assert!(matches!(again, ChangeOutcome::Unchanged { .. }), "{again:?}");
    let set = |seen: &Message| {
        let set = seen.reactions.iter().map(|set| (set.account_id, set.emoji.clone()));
        set.collect::<Vec<_>>()
    };
    let (ana, drew) = (staff.ana.account_id, staff.drew.account_id);
    let three = [(ana, "👍".to_owned()), (drew, "🎉".to_owned()), (drew, "👍".to_owned())];
    for seen in staff.seen(message.id).await {
        assert_eq!(set(&seen), three);
        assert_eq!(seen.edited_at, None);
    }
    staff.changed(staff.drew, message.id, react("👍", false)).await;
    let off = staff.try_change(staff.drew, message.id, react("👍", false)).await;
    assert!(matches!(off, ChangeOutcome::Unchanged { .. }), "{off:?}");
    let [seen, _] = staff.seen(message.id).await;
    assert_eq!(set(&seen), three[..2]);
}

pub(crate) async fn there_is_a_limit_to_one_persons_reactions_on_a_message(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.ana, staff.ana_drew, "done").await;
    for no in 0..limits::REACTIONS_EACH {
        staff.changed(staff.drew, message.id, react(&format!("emoji {no}"), true)).await;
    }
    let more = staff.try_change(staff.drew, message.id, react("one more", true)).await;
    assert_eq!(more, ChangeOutcome::TooManyReactions);
    staff.changed(staff.drew, message.id, react("emoji 3", false)).await;
    staff.changed(staff.drew, message.id, react("one more", true)).await;
    staff.changed(staff.ana, message.id, react("the other's", true)).await;
}

pub(crate) async fn only_its_author_edits_or_takes_back(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.ana, staff.ana_drew, "mine").await;
    let head = staff.head(staff.ana).await;
    for change in [edit("yours"), MessageChange::Retract] {
        assert_eq!(staff.try_change(staff.drew, message.id, change.clone()).await, ChangeOutcome::Forbidden);
        for stranger in [staff.ben, staff.eve, staff.root] {
            let outcome = staff.try_change(stranger, message.id, change.clone()).await;
            assert_eq!(outcome, ChangeOutcome::NotFound);
        }
    }
    assert_eq!(staff.try_change(staff.ben, message.id, react("👍", true)).await, ChangeOutcome::NotFound);
    assert!(staff.store.message_versions(staff.ben, staff.ana_drew, message.id).await.unwrap().is_none());
    assert_eq!(staff.texts(staff.drew, staff.ana_drew).await, ["mine"]);
    assert_eq!(staff.head(staff.ana).await, head);
}

pub(crate) async fn a_message_is_changed_in_its_own_room_only(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.drew, staff.ana_drew, "for Ana").await;
    let mut elsewhere = staff.change(message.id, edit("for Ben"));
    elsewhere.room_id = staff.ben_drew;
    let outcome = staff.store.change_message(staff.drew, elsewhere).await.unwrap();
    assert_eq!(outcome, ChangeOutcome::NotFound);
    let versions = staff.store.message_versions(staff.drew, staff.ben_drew, message.id).await.unwrap();
    assert!(versions.is_none());
    assert_eq!(staff.texts(staff.ana, staff.ana_drew).await, ["for Ana"]);
}

pub(crate) async fn nobody_changes_anything_once_the_link_has_ended(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.ana, staff.ana_drew, "before").await;
    staff.store.end_link(None, "ana", "drew").await.unwrap();
    for change in [edit("after"), MessageChange::Retract, react("👍", true)] {
        assert_eq!(staff.try_change(staff.ana, message.id, change).await, ChangeOutcome::Forbidden);
    }
    assert_eq!(staff.versions(staff.ana, message.id).await, ["before"]);
}

pub(crate) async fn the_same_change_again_does_nothing_even_after_another(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.ana, staff.ana_drew, "a").await;
    let at_home = staff.change(message.id, edit("b"));
    staff.store.change_message(staff.ana, at_home.clone()).await.unwrap();
    staff.changed(staff.ana, message.id, edit("c")).await; // On another device.
    let head = staff.head(staff.drew).await;
    let again = staff.store.change_message(staff.ana, at_home.clone()).await.unwrap();
    let ChangeOutcome::Unchanged { message: stands } = again else { panic!("{again:?}") };
    assert_eq!(stands.content, "c", "an answer that was lost does not bring the old text back");
    let other = ChangeCommand { change: edit("d"), ..at_home.clone() };
    let reused = staff.store.change_message(staff.ana, other).await.unwrap();
    assert_eq!(reused, ChangeOutcome::ClientIdReused);
    let mut sent = staff.command(staff.ana_drew, "b");
    sent.client_id = at_home.client_id;
    let reused = staff.store.send_message(staff.ana, sent).await.unwrap();
    assert_eq!(reused, bedside_server::store::SendOutcome::ClientIdReused);
    assert_eq!(staff.head(staff.drew).await, head);
}

pub(crate) async fn a_change_moves_nothing_in_the_list_and_shows_in_it(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.ana, staff.ana_drew, "last words").await;
    let before = staff.room_of(staff.drew, staff.ana_drew).await;
    staff.changed(staff.ana, message.id, edit("last word")).await;
    let after = staff.room_of(staff.drew, staff.ana_drew).await;
    assert_eq!((after.updated_at, after.unread_count), (before.updated_at, before.unread_count));
    assert!(after.room_rev > before.room_rev);
    assert_eq!(after.last_message.unwrap().content, "last word");
}

pub(crate) async fn a_retraction_wins_over_edits_and_reactions_in_every_order(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (message, _) = staff.say(staff.ana, staff.ana_drew, "wrong person").await;
        let changes = [
            (staff.ana, staff.change(message.id, edit("still wrong"))),
            (staff.drew, staff.change(message.id, react("👍", true))),
            (staff.ana, staff.change(message.id, MessageChange::Retract)),
        ];
        for (actor, command) in order.map(|nth| changes[nth].clone()) {
            staff.store.change_message(actor, command).await.unwrap();
        }
        let (head, before) = (staff.head(staff.drew).await, staff.seen(message.id).await);
        for seen in &before {
            assert!(seen.retracted_at.is_some() && seen.content.is_empty() && seen.reactions.is_empty());
        }
        for (actor, command) in changes {
            staff.store.change_message(actor, command).await.unwrap();
        }
        assert_eq!((staff.head(staff.drew).await, staff.seen(message.id).await), (head, before), "{order:?}");
    }
}
