//! What is seen of a quote: its original as it stands now, wherever that is known from.

use bedside_engine::cache::{Draft, NewChange, NewMessage};
use bedside_protocol::ipc::{Anchor, Preview, QuoteView, RoomFilter};
use bedside_protocol::wire::{Message, MessageChange};
use bedside_protocol::{MessageId, RoomSeq};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, applied, message, reply, retracted, stored};
use crate::screen::{Desk, Screen};

async fn quoted(timeline: &mut Screen) -> QuoteView {
    timeline.last_message().await.reply.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_quote_says_what_its_original_says_now() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, ANA), applied(reply(2, 2, 1, "what the server said"))]).await.unwrap();
    let desk = Desk::new(&ana);
    let mut timeline = desk.timeline(Anchor::End, 5, 0);
    let first = quoted(&mut timeline).await;
    let shown = QuoteView {
        message_id: MessageId(1_001),
        seq: RoomSeq(1),
        own: true,
        text: "message 1 at 1".into(),
        retracted: false,
    };
    assert_eq!(first, shown);
    let edited = Message { content: "at\n16.00".into(), edited_at: Some(NOW), ..message(1, 3, ANA) };
    ana.cache.apply(vec![applied(edited)]).await.unwrap();
    assert_eq!(quoted(&mut timeline).await.text, "at 16.00");
    ana.cache.apply(vec![retracted(1, 4)]).await.unwrap();
    let gone = quoted(&mut timeline).await;
    assert_eq!((gone.text.as_str(), gone.retracted), ("", true));
}

#[tokio::test(start_paused = true)]
async fn what_one_takes_back_oneself_is_gone_from_quotes_at_once() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, ANA), applied(reply(2, 2, 1, "old"))]).await.unwrap();
    let desk = Desk::new(&ana);
    let mut timeline = desk.timeline(Anchor::End, 5, 0);
    quoted(&mut timeline).await;
    let (client_id, made_at) = (ana.runtime.client_id(), ana.runtime.now());
    let change = MessageChange::Retract;
    let new = NewChange { client_id, room_id: ROOM, message_id: MessageId(1_001), change, made_at };
    ana.cache.change(new).await.unwrap();
    assert!(quoted(&mut timeline).await.retracted);
}

#[tokio::test(start_paused = true)]
async fn an_original_that_is_not_held_is_shown_by_the_servers_word() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![applied(reply(9, 9, 2, "far away"))]).await.unwrap();
    let desk = Desk::new(&ana);
    let mut timeline = desk.timeline(Anchor::End, 5, 0);
    let far = quoted(&mut timeline).await;
    assert_eq!((far.text.as_str(), far.seq, far.own), ("far away", RoomSeq(2), true));
    ana.cache.apply(vec![stored(2, ANA)]).await.unwrap();
    assert_eq!(quoted(&mut timeline).await.text, "message 2 at 2");
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![applied(reply(9, 9, 2, ""))]).await.unwrap();
    let mut timeline = Desk::new(&ana).timeline(Anchor::End, 5, 0);
    assert!(quoted(&mut timeline).await.retracted);
}

#[tokio::test(start_paused = true)]
async fn a_reply_shows_its_quote_while_it_waits() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW)]).await.unwrap();
    let desk = Desk::new(&ana);
    let mut timeline = desk.timeline(Anchor::End, 5, 0);
    timeline.last_message().await;
    let reply_to = Some(MessageId(1_001));
    ana.cache.enqueue(NewMessage { reply_to, ..ana.new_message("Yes") }).await.unwrap();
    let shown = timeline.last_message().await;
    let quote = shown.reply.unwrap();
    assert_eq!((shown.text.as_str(), quote.text.as_str(), quote.own), ("Yes", "message 1 at 1", false));
}

#[tokio::test(start_paused = true)]
async fn a_draft_shows_what_it_replies_to_as_it_stands_now() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, ANA)]).await.unwrap();
    let draft = Draft { text: String::new(), reply_to: Some(MessageId(1_001)) };
    ana.cache.save_draft(ROOM, draft).await.unwrap();
    let desk = Desk::new(&ana);
    let (mut timeline, mut rooms) = (desk.timeline(Anchor::End, 5, 0), desk.rooms("", RoomFilter::All));
    let head = timeline.timeline().await.head;
    assert_eq!((head.draft.as_str(), head.draft_reply.unwrap().text.as_str()), ("", "message 1 at 1"));
    let preview = rooms.rooms().await.rows[0].preview.clone().unwrap();
    assert!(matches!(preview, Preview::Message { .. }), "a reply without words is no draft yet: {preview:?}");
    ana.cache.apply(vec![retracted(1, 4)]).await.unwrap();
    assert!(timeline.timeline().await.head.draft_reply.unwrap().retracted);
}
