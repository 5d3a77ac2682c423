use bedside_protocol::feed::Change;
use bedside_protocol::wire::{Message, MessageChange, Quote};
use bedside_protocol::{MessageId, RoomId, limits};
use bedside_server::store::model::PageRange;
use bedside_server::store::{Actor, SendCommand, SendOutcome};

use crate::support::{Clinic, Staff};

impl Staff {
    fn reply(&self, room: RoomId, to: MessageId, text: &str) -> SendCommand {
        SendCommand { reply_to: Some(to), ..self.command(room, text) }
    }

    async fn answer(&self, actor: Actor, to: MessageId, text: &str) -> Message {
        let command = self.reply(self.ana_drew, to, text);
        match self.store.send_message(actor, command).await.unwrap() {
            SendOutcome::Stored { message, .. } => *message,
            other => panic!("{other:?}"),
        }
    }

    /// What the newest message of Ana and Drew's room quotes, as Drew reads it.
    async fn quoted(&self) -> Option<Quote> {
        let mut page = self.page(self.drew, self.ana_drew, PageRange::Latest).await;
        page.pop().unwrap().message.quote
    }
}

fn quote(of: &Message) -> Quote {
    Quote {
        message_id: of.id,
        room_seq: of.room_seq,
        sender_account: of.sender_account,
        text: of.content.clone(),
        retracted: of.retracted_at.is_some(),
    }
}

pub(crate) async fn a_reply_quotes_its_original_by_every_door(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (original, _) = staff.say(staff.drew, staff.ana_drew, "Thursday at ten?").await;
    let head = staff.head(staff.drew).await;
    let answer = staff.answer(staff.ana, original.id, "Yes").await;
    assert_eq!((answer.reply_to, answer.quote.clone()), (Some(original.id), Some(quote(&original))));
    let events = staff.events(staff.drew, &head).await;
    let [event] = &events[..] else { panic!("{events:?}") };
    let Change::Message { message } = &event.change else { panic!("{event:?}") };
    assert_eq!((message.reply_to, &message.quote), (answer.reply_to, &answer.quote));
    assert_eq!(staff.quoted().await, answer.quote);
    let listed = staff.room_of(staff.drew, staff.ana_drew).await.last_message.unwrap();
    assert_eq!((listed.reply_to, listed.quote), (answer.reply_to, answer.quote));
    let (plain, _) = staff.say(staff.ana, staff.ana_drew, "Thank you").await;
    assert_eq!((plain.reply_to, plain.quote), (None, None));
}

pub(crate) async fn a_quote_is_what_its_original_says_now(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (original, _) = staff.say(staff.drew, staff.ana_drew, "Thursday?").await;
    let answer = staff.answer(staff.ana, original.id, "Yes").await;
    let edit = staff.change(original.id, MessageChange::Edit { message: "Friday?".into() });
    staff.store.change_message(staff.drew, edit).await.unwrap();
    assert_eq!(staff.quoted().await.unwrap().text, "Friday?");
    let retract = staff.change(original.id, MessageChange::Retract);
    staff.store.change_message(staff.drew, retract).await.unwrap();
    let gone = staff.quoted().await.unwrap();
    assert_eq!((gone.message_id, gone.text.as_str(), gone.retracted), (original.id, "", true));
    let later = staff.answer(staff.ana, original.id, "What was it?").await;
    assert!(later.quote.unwrap().retracted, "what was written before that was known goes all the same");
    let own = staff.change(answer.id, MessageChange::Retract);
    staff.store.change_message(staff.ana, own).await.unwrap();
    let page = staff.page(staff.drew, staff.ana_drew, PageRange::Latest).await;
    assert_eq!((page[1].message.reply_to, &page[1].message.quote), (None, &None), "it says nothing any more");
}

pub(crate) async fn a_reply_to_anything_but_a_message_of_the_room_stores_nothing(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (foreign, _) = staff.say(staff.ben, staff.ben_drew, "for Drew alone").await;
    let head = staff.head(staff.ana).await;
    for to in [foreign.id, MessageId(9_999)] {
        for actor in [staff.ana, staff.drew] {
            let command = staff.reply(staff.ana_drew, to, "Which one?");
            let outcome = staff.store.send_message(actor, command.clone()).await.unwrap();
            assert_eq!(outcome, SendOutcome::NothingToReplyTo);
            // Nothing is recorded under its id either: it may go without the reply.
            let plain = SendCommand { reply_to: None, ..command };
            let outcome = staff.store.send_message(actor, plain).await.unwrap();
            assert!(matches!(outcome, SendOutcome::Stored { .. }), "{outcome:?}");
        }
    }
    assert_eq!(staff.head(staff.ana).await.feed_seq.get(), head.feed_seq.get() + 4);
    let stranger = staff.reply(staff.ana_drew, foreign.id, "mine");
    assert_eq!(staff.store.send_message(staff.ben, stranger).await.unwrap(), SendOutcome::NotFound);
}

pub(crate) async fn what_it_replies_to_is_part_of_a_command(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (one, _) = staff.say(staff.drew, staff.ana_drew, "One").await;
    let (two, _) = staff.say(staff.drew, staff.ana_drew, "Two").await;
    let command = staff.reply(staff.ana_drew, one.id, "Yes");
    staff.store.send_message(staff.ana, command.clone()).await.unwrap();
    let again = staff.store.send_message(staff.ana, command.clone()).await.unwrap();
    let SendOutcome::Repeated { message } = again else { panic!("{again:?}") };
    assert_eq!(message.quote, Some(quote(&one)));
    for reply_to in [Some(two.id), None] {
        let other = SendCommand { reply_to, ..command.clone() };
        let outcome = staff.store.send_message(staff.ana, other).await.unwrap();
        assert_eq!(outcome, SendOutcome::ClientIdReused);
    }
}

pub(crate) async fn a_long_original_is_quoted_by_its_beginning_on_one_line(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let text = format!("First line\n\n  {}", "ä".repeat(limits::MESSAGE_CHARS - 100));
    let (original, _) = staff.say(staff.drew, staff.ana_drew, &text).await;
    let answer = staff.answer(staff.ana, original.id, "All of it?").await;
    let quoted = answer.quote.unwrap().text;
    assert_eq!(quoted.chars().count(), limits::QUOTE_CHARS);
    assert!(quoted.starts_with("First line ää") && quoted.ends_with('…'), "{quoted}");
    assert_eq!(staff.quoted().await.unwrap().text, quoted);
}

pub(crate) async fn replies_in_one_batch_each_quote_their_own(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (one, _) = staff.say(staff.drew, staff.ana_drew, "One").await;
    let (two, _) = staff.say(staff.drew, staff.ben_drew, "Two").await;
    let sends =
        [(staff.ana, staff.ana_drew, &one), (staff.ben, staff.ben_drew, &two)].map(|(who, room, to)| {
            let command = staff.reply(room, to.id, "Yes");
            let store = &staff.store;
            async move { store.send_message(who, command).await.unwrap() }
        });
    let told = futures_util::future::join_all(sends).await;
    for (outcome, to) in told.into_iter().zip([&one, &two]) {
        let SendOutcome::Stored { message, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(message.quote, Some(quote(to)));
    }
}
