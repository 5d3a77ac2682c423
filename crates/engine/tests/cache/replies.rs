//! Replies: kept with what they quote only as long as that is said, and only where the original is not held.

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::{Draft, NewMessage, QuoteHeld};
use bedside_protocol::wire::Message;
use bedside_protocol::{MessageId, RoomSeq};

use crate::fixtures::{
    ANA, DREW, NOW, Profile, ROOM, applied, cursor, message, reply, retracted, room, stored,
};

const SECRET: &str = "Lisinopril seventeen milligrams";

impl Profile {
    /// What the message at a place replies to.
    async fn reply_of(&self, seq: i64) -> Option<QuoteHeld> {
        let held = self.cache.messages_held(ROOM).await.unwrap();
        held.into_iter().find(|message| message.seq == RoomSeq(seq)).unwrap().reply
    }

    /// The words kept of what the message at a place quotes.
    async fn words(&self, seq: i64) -> Option<String> {
        self.reply_of(seq).await.unwrap().text
    }

    /// Everything that the cache holds of messages, outbox and drafts, as one text.
    async fn all_words(&self) -> String {
        let held = self.cache.messages_held(ROOM).await.unwrap();
        let said = held.into_iter().flat_map(|message| {
            let quoted = message.reply.and_then(|reply| reply.text);
            [Some(message.content), quoted].into_iter().flatten()
        });
        said.collect::<Vec<_>>().join("|")
    }
}

#[tokio::test(start_paused = true)]
async fn the_servers_words_are_kept_only_for_an_original_that_is_not_held() {
    let ana = Profile::with_room().await;
    ana.cache
        .apply(vec![stored(1, ANA), applied(reply(3, 3, 1, "held")), applied(reply(4, 4, 2, "far"))])
        .await
        .unwrap();
    let reply = ana.reply_of(3).await.unwrap();
    assert_eq!((reply.message_id, reply.seq, reply.sender), (MessageId(1_001), RoomSeq(1), ANA));
    assert_eq!((ana.words(3).await, ana.words(4).await), (None, Some("far".to_owned())));
    assert_eq!(ana.reply_of(1).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_retraction_takes_what_was_quoted_of_it_whatever_came_first() {
    let quoting = || applied(reply(5, 5, 2, SECRET));
    let orders: [Vec<CacheWrite>; 3] = [
        vec![quoting(), retracted(2, 9)],
        vec![retracted(2, 9), quoting()],
        vec![quoting(), retracted(2, 9), applied(reply(5, 6, 2, SECRET))],
    ];
    for (no, writes) in orders.into_iter().enumerate() {
        let ana = Profile::with_room().await;
        for write in writes {
            ana.cache.apply(vec![write]).await.unwrap();
        }
        assert!(!ana.all_words().await.contains("Lisinopril"), "order {no}");
        let ana = ana.after_crash().await;
        assert!(!ana.all_words().await.contains("Lisinopril"), "order {no}, opened again");
        assert_eq!(ana.reply_of(5).await.unwrap().seq, RoomSeq(2), "where it was stays known");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retraction_takes_only_its_own_words() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![applied(reply(5, 5, 2, SECRET)), applied(reply(6, 6, 3, "stays"))]).await.unwrap();
    ana.cache.apply(vec![retracted(2, 9)]).await.unwrap();
    assert_eq!((ana.words(5).await, ana.words(6).await), (Some(String::new()), Some("stays".to_owned())));
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_is_taken_back_replies_to_nothing() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![applied(reply(5, 5, 2, SECRET))]).await.unwrap();
    let gone = Message { content: String::new(), retracted_at: Some(NOW), ..message(5, 6, DREW) };
    ana.cache.apply(vec![applied(gone)]).await.unwrap();
    assert_eq!(ana.reply_of(5).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_message_an_older_build_kept_without_its_reply_gets_it() {
    let ana = Profile::with_room().await;
    let whole = reply(5, 5, 2, "far");
    let bare = Message { reply_to: None, quote: None, ..whole.clone() };
    ana.cache.apply(vec![applied(bare)]).await.unwrap();
    ana.cache.apply(vec![applied(whole)]).await.unwrap();
    assert_eq!(ana.words(5).await, Some("far".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_reply_waits_with_what_it_replies_to_and_survives_a_crash() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW)]).await.unwrap();
    let reply_to = Some(MessageId(1_001));
    let row = ana.cache.enqueue(NewMessage { reply_to, ..ana.new_message("Yes") }).await.unwrap();
    assert_eq!(row.reply_to, reply_to);
    let ana = ana.after_crash().await;
    assert_eq!(ana.cache.outbox().await.unwrap()[0].reply_to, reply_to);
    let client_id = row.client_id;
    ana.cache.apply(vec![CacheWrite::OutboxSending { client_id }]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::OutboxUnlinked { client_id }]).await.unwrap();
    let row = ana.cache.outbox().await.unwrap().remove(0);
    assert_eq!((row.reply_to, row.offered), (None, false));
    ana.cache.discard(client_id).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_reply_to_what_is_not_held_any_more_goes_without_it() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), cursor("a", 1)]).await.unwrap();
    ana.cache.apply(vec![cursor("b", 1), CacheWrite::Room(Box::new(room(ROOM, 1, 0)))]).await.unwrap();
    let new = NewMessage { reply_to: Some(MessageId(1_001)), ..ana.new_message("Yes") };
    assert_eq!(ana.cache.enqueue(new).await.unwrap().reply_to, None);
}

#[tokio::test(start_paused = true)]
async fn a_draft_keeps_what_it_replies_to_even_before_it_has_words() {
    let ana = Profile::with_room().await;
    let draft = |text: &str, id: i64| Draft { text: text.into(), reply_to: Some(MessageId(id)) };
    ana.cache.save_draft(ROOM, draft("", 1_001)).await.unwrap();
    ana.cache.save_draft(ROOM, draft("Yes", 1_001)).await.unwrap();
    let ana = ana.after_crash().await;
    assert_eq!(ana.cache.draft(ROOM).await.unwrap(), draft("Yes", 1_001));
    ana.cache.save_draft(ROOM, draft("Yes", 1_002)).await.unwrap();
    assert_eq!(ana.cache.draft(ROOM).await.unwrap(), draft("Yes", 1_002));
    ana.cache.save_draft(ROOM, " ".into()).await.unwrap();
    assert_eq!(ana.cache.draft(ROOM).await.unwrap(), Draft::default());
}
