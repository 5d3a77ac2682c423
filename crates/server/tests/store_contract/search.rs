use bedside_protocol::search::{Author, SearchFilter};
use bedside_protocol::wire::{Message, MessageChange, SearchAnswer};
use bedside_protocol::{MessageId, RoomId, Timestamp};
use bedside_server::store::{Actor, ChangeOutcome, EndLinkOutcome, SearchRequest, SendCommand, SendOutcome};

use crate::support::{Clinic, DAY_MS, START, Staff};

fn request(text: &str) -> SearchRequest {
    SearchRequest { text: text.to_owned(), filter: SearchFilter::default(), before: None, limit: 50 }
}

impl Staff {
    async fn search(&self, actor: Actor, request: SearchRequest) -> SearchAnswer {
        self.store.search(actor, request).await.unwrap().unwrap()
    }

    /// What is found, as texts, newest first; the same before and after everything is indexed.
    async fn found(&self, actor: Actor, text: &str) -> Vec<String> {
        self.found_by(actor, request(text)).await
    }

    async fn found_by(&self, actor: Actor, request: SearchRequest) -> Vec<String> {
        let answer = self.search(actor, request).await;
        assert!(answer.complete);
        answer.messages.into_iter().map(|message| message.content).collect()
    }

    /// Everything is indexed; how many steps that took.
    async fn index(&self) -> usize {
        let (mut steps, mut more) = (0, true);
        while more {
            more = false;
            let mut place = Some(RoomId(0));
            while let Some(after) = place {
                let step = self.store.index_messages(after).await.unwrap();
                (place, more) = (step.next, more || step.more);
                steps += usize::from(step.worked);
            }
        }
        steps
    }

    async fn edit(&self, actor: Actor, id: MessageId, change: MessageChange) {
        let outcome = self.store.change_message(actor, self.change(id, change)).await.unwrap();
        assert!(matches!(outcome, ChangeOutcome::Changed { .. }), "{outcome:?}");
    }

    async fn send(&self, actor: Actor, command: SendCommand) -> Message {
        match self.store.send_message(actor, command).await.unwrap() {
            SendOutcome::Stored { message, .. } => *message,
            other => panic!("{other:?}"),
        }
    }

    async fn say_many(&self, actor: Actor, room: RoomId, texts: impl Iterator<Item = String>) {
        for text in texts {
            self.say(actor, room, &text).await;
        }
    }
}

pub(crate) async fn parts_of_words_are_found_in_any_script(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let texts = ["Your blood pressure is fine", "Schöne Grüße", "我头痛三天了", "قال مُحَمَّد", "Take 50% of it"];
    for text in texts {
        staff.say(staff.ana, staff.ana_drew, text).await;
    }
    for _ in ["by themselves", "by the index"] {
        for (query, text) in [
            ("press BLO", texts[0]),
            ("od p", texts[0]),
            ("schone gru", texts[1]),
            ("头", texts[2]),
            ("头痛", texts[2]),
            ("محمد", texts[3]),
            ("50%", texts[4]),
            ("%", texts[4]),
        ] {
            let both = (staff.found(staff.ana, query).await, staff.found(staff.drew, query).await);
            assert_eq!(both, (vec![text.to_owned()], vec![text.to_owned()]), "{query}");
        }
        for absent in ["bloodpressure", "头天", "500", "\" OR \"", "zz"] {
            assert_eq!(staff.found(staff.ana, absent).await, Vec::<String>::new(), "{absent}");
        }
        staff.index().await;
    }
}

pub(crate) async fn only_what_one_may_read_is_found(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "secret of ana").await;
    staff.say(staff.ben, staff.ben_drew, "secret of ben").await;
    for _ in ["by themselves", "by the index"] {
        assert_eq!(staff.found(staff.ana, "secret").await, ["secret of ana"]);
        assert_eq!(staff.found(staff.ben, "secret").await, ["secret of ben"]);
        assert_eq!(staff.found(staff.drew, "secret").await, ["secret of ben", "secret of ana"]);
        assert_eq!(staff.found(staff.eve, "secret").await, Vec::<String>::new());
        assert_eq!(staff.found(staff.root, "secret").await, Vec::<String>::new());
        let foreign = SearchFilter { room_id: Some(staff.ben_drew), ..SearchFilter::default() };
        let request = SearchRequest { filter: foreign, ..request("secret") };
        assert_eq!(staff.store.search(staff.ana, request.clone()).await.unwrap(), None);
        assert_eq!(staff.store.search(staff.root, request).await.unwrap(), None);
        staff.index().await;
    }
    assert_eq!(staff.store.end_link(None, "ana", "drew").await.unwrap(), EndLinkOutcome::Ended);
    assert_eq!(staff.found(staff.ana, "secret").await, ["secret of ana"], "who has left reads on");
}

pub(crate) async fn what_was_taken_back_or_edited_away_is_not_found(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (edited, _) = staff.say(staff.ana, staff.ana_drew, "first wording").await;
    let (retracted, _) = staff.say(staff.ana, staff.ana_drew, "first regret").await;
    for indexed in [false, true] {
        if indexed {
            staff.index().await;
        }
        let mut all = staff.found(staff.drew, "first").await;
        all.sort();
        assert_eq!(all, ["first regret", "first wording"]);
    }
    staff.edit(staff.ana, edited.id, MessageChange::Edit { message: "second wording".into() }).await;
    staff.edit(staff.ana, retracted.id, MessageChange::Retract).await;
    staff.edit(staff.drew, edited.id, MessageChange::React { emoji: "👍".into(), on: true }).await;
    for indexed in [false, true] {
        if indexed {
            staff.index().await;
        }
        assert_eq!(staff.found(staff.drew, "first").await, Vec::<String>::new());
        assert_eq!(staff.found(staff.drew, "wording").await, ["second wording"]);
        assert_eq!(staff.found(staff.drew, "regret").await, Vec::<String>::new());
    }
    staff.edit(staff.ana, edited.id, MessageChange::Edit { message: "third wording".into() }).await;
    staff.index().await;
    assert_eq!(staff.found(staff.drew, "second").await, Vec::<String>::new());
    assert_eq!(staff.found(staff.drew, "third").await, ["third wording"]);
}

pub(crate) async fn every_filter_holds_by_itself_and_with_a_text(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let at = |command: SendCommand, day: i64| SendCommand {
        now: Timestamp(START.millis() + day * DAY_MS),
        ..command
    };
    let plain = |text: &str| staff.command(staff.ana_drew, text);
    staff.send(staff.ana, at(plain("one note"), 0)).await;
    staff.send(staff.drew, at(plain("two note https://example.org/x"), 1)).await;
    let urgent = SendCommand { urgent: true, ..plain("three note") };
    staff.send(staff.ana, at(urgent, 2)).await;
    staff.send(staff.ben, at(staff.command(staff.ben_drew, "four note"), 3)).await;
    let day = |day: i64| Some(Timestamp(START.millis() + day * DAY_MS));
    let none = SearchFilter::default;
    for _ in ["by themselves", "by the index"] {
        for (filter, wanted) in [
            (SearchFilter { room_id: Some(staff.ben_drew), ..none() }, vec!["four note"]),
            (SearchFilter { from: Some(Author::Me), ..none() }, vec!["two note https://example.org/x"]),
            (
                SearchFilter { from: Some(Author::Them), ..none() },
                vec!["four note", "three note", "one note"],
            ),
            (SearchFilter { since: day(2), ..none() }, vec!["four note", "three note"]),
            (SearchFilter { until: day(1), ..none() }, vec!["one note"]),
            (SearchFilter { since: day(1), until: day(2), ..none() }, vec!["two note https://example.org/x"]),
            (SearchFilter { urgent: true, ..none() }, vec!["three note"]),
            (SearchFilter { link: true, ..none() }, vec!["two note https://example.org/x"]),
            (SearchFilter { link: true, urgent: true, ..none() }, vec![]),
            (SearchFilter { since: day(9), ..none() }, vec![]),
        ] {
            for text in ["", "note"] {
                let request = SearchRequest { filter: filter.clone(), ..request(text) };
                assert_eq!(staff.found_by(staff.drew, request).await, wanted, "{text} {filter:?}");
            }
        }
        staff.index().await;
    }
}

pub(crate) async fn pages_of_matches_hold_each_once_newest_first(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let say = |n: i32| if n % 3 == 0 { format!("yes {n}") } else { format!("no {n}") };
    staff.say_many(staff.ana, staff.ana_drew, (0..40).map(say)).await;
    staff.say_many(staff.ben, staff.ben_drew, (40..80).map(say)).await;
    staff.index().await;
    staff.say_many(staff.ana, staff.ana_drew, (80..100).map(say)).await;
    let (mut found, mut before) = (Vec::new(), None);
    loop {
        let answer = staff.search(staff.drew, SearchRequest { before, limit: 7, ..request("ye") }).await;
        assert!(answer.messages.len() <= 7);
        found.extend(answer.messages.into_iter().map(|message| message.content));
        before = answer.next;
        if before.is_none() {
            break;
        }
    }
    let wanted: Vec<String> = (0..100).rev().filter(|n| n % 3 == 0).map(say).collect();
    assert_eq!(found, wanted);
}

pub(crate) async fn what_is_not_looked_through_yet_is_said_to_be(clinic: Clinic) {
    let mut staff = clinic.staffed().await;
    staff.say_many(staff.ana, staff.ana_drew, (0..450).map(|n| format!("word {n}"))).await;
    staff.say(staff.ben, staff.ben_drew, "word of ben").await;
    let answer = staff.search(staff.ana, request("word")).await;
    assert_eq!((answer.complete, answer.searched_back_to), (false, None), "nothing is indexed");
    assert!(
        staff.search(staff.ben, request("word")).await.complete,
        "what is little is looked through at once"
    );
    staff.store.index_messages(RoomId(0)).await.unwrap();
    let answer = staff.search(staff.ana, request("word 4")).await;
    assert!(!answer.complete && answer.searched_back_to.is_some(), "{answer:?}");
    assert_eq!(answer.messages[0].content, "word 449");
    let narrow = staff.search(staff.ana, request("word 123")).await;
    assert_eq!(narrow.messages.len(), 0, "what is older is not looked through yet");
    staff.clinic.restart().await;
    assert!(staff.index().await >= 2, "a slice at a time, where it was left");
    let all = staff.search(staff.ana, request("word 123")).await;
    assert_eq!((all.complete, all.searched_back_to, all.messages.len()), (true, None, 1));
    assert_eq!(staff.index().await, 0, "nothing is done twice");
    staff.say(staff.ana, staff.ana_drew, "word 123 once more").await;
    assert_eq!(staff.search(staff.ana, request("word 123")).await.messages.len(), 2);
    assert_eq!(staff.index().await, 1);
    assert_eq!(staff.search(staff.ana, request("word 123")).await.messages.len(), 2);
}
