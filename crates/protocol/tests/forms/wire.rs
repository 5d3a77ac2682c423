//! HTTP bodies, feed frames and room frames.

use bedside_protocol::feed::{
    Change, ChangeFrame, ClientFrame, FeedEvent, FeedPage, Hello, SendFrame, ServerFrame,
};
use bedside_protocol::room_socket::{
    RoomClientFrame, RoomEventFrame, RoomMessageFrame, RoomSend, RoomTypedFrame,
};
use bedside_protocol::wire::{
    AddQuickReply, Archive, ChangeAnswer, ChangeMessage, ChatList, Clinic, DraftAnswer, DraftContent,
    DraftText, Drafts, EditQuickReply, ExportKey, FlagsWish, Health, LinkedPerson, Login, LoginAnswer,
    MarkDelivered, MarkRead, MessageChange, MessageReceipts, MessageVersion, MessageVersions, MessagesPage,
    Mute, NoticeContent, OpenRoom, OpeningHours, OrderQuickReplies, PageMessage, People, Preferences,
    PutDraft, QuickReplies, QuickReply, ReadAnswer, ReadMark, Receipt, ReplyOwner, Room, RoomAnswer,
    RoomFlags, SearchAnswer, SendAnswer, SendMessage, SetFlags, SharedDraft, Unread, Writes,
};
use bedside_protocol::{
    AccountId, Cursor, DeviceId, Epoch, ErrorCode, FeedSeq, MessageId, Problem, QuickReplyId, Rev, RoomId,
    RoomSeq, Timestamp, WishNumber,
};

use crate::support::{NOON, ana, check, client_id, drew, message, read_mark, reply, room};

fn cursor() -> Cursor {
    Cursor { epoch: Epoch("e1".into()), feed_seq: FeedSeq(12) }
}

#[test]
fn sign_in_keeps_its_form() {
    check(
        "login",
        &Login {
            username: "ana".into(),
            password: "correct horse".into(),
            device_name: "Home computer".into(),
            platform: "linux".into(),
            device_id: Some(DeviceId(5)),
        },
    );
    check(
        "login_answer",
        &LoginAnswer { token: "t".into(), expires_at: NOON, device_id: DeviceId(5), account: ana() },
    );
    check("preferences", &Preferences { hide_presence: true });
    let (status, version) = ("ok".to_owned(), "0.1.0".to_owned());
    check("health", &Health { status, proto: vec![1], version, writes: Writes::Stalled });
    check("problem", &Problem::new(ErrorCode::RateLimited).with_detail("Wait.").retry_after(1_500));
}

#[test]
fn a_server_that_does_not_say_whether_it_commits_is_taken_to() {
    let before = r#"{"status": "ok", "proto": [1], "version": "0.1.0"}"#;
    assert_eq!(serde_json::from_str::<Health>(before).unwrap().writes, Writes::Ok);
}

#[test]
fn rooms_and_messages_keep_their_form() {
    check("chat_list", &ChatList { rooms: vec![room()], unread: 2, cursor: cursor(), has_more: false });
    check("room_answer", &RoomAnswer { room: room() });
    let page = vec![PageMessage { message: message(), is_read: true }];
    check(
        "messages_page",
        &MessagesPage {
            room_id: RoomId(7),
            messages: page,
            has_more: true,
            room_rev: Rev(9),
            last_seq: RoomSeq(3),
        },
    );
    check("unread", &Unread { unread: 5 });
    check("people", &People { people: vec![LinkedPerson { person: drew(), room_id: Some(RoomId(7)) }] });
    check("open_room", &OpenRoom { account_id: AccountId(2) });
    check("mark_read", &MarkRead { up_to: RoomSeq(3) });
    check("set_flags", &set_flags());
    let flags = RoomFlags {
        pinned: true,
        muted: Mute::Until(NOON),
        archived: Archive::UpTo(RoomSeq(3)),
        marked_unread: true,
        rev: Rev(2),
    };
    check("room_set_up", &RoomAnswer { room: Room { flags, ..room() } });
    check("mark_delivered", &MarkDelivered { up_to: RoomSeq(3) });
    check("read_answer", &ReadAnswer { read_mark: read_mark(), unread_count: 0 });
}

#[test]
fn what_a_clinic_says_of_itself_keeps_its_form() {
    let hours = OpeningHours { weekday: 1, from: "08:00".into(), to: "12:00".into() };
    let clinic = Clinic {
        name: "Harbour Street Practice".into(),
        phone: Some("+49 30 1234567".into()),
        hours: vec![hours],
        time_zone: "Europe/Berlin".into(),
        rev: Rev(1_795_363_200_123),
        ..Clinic::default()
    };
    check("clinic", &clinic);
    check("export_key", &ExportKey { algorithm: "Ed25519".into(), key: "AAAA".into() });
    check("clinic_quiet", &Clinic { notification_content: NoticeContent::Nothing, ..clinic });
}

#[test]
fn sending_keeps_its_form() {
    let send = SendMessage {
        room_id: RoomId(7),
        message: "Hello".into(),
        client_id: Some(client_id()),
        composed_at: Some(NOON),
        urgent: false,
        reply_to: None,
    };
    check("send_message", &send);
    check("send_message_reply", &SendMessage { reply_to: Some(MessageId(40)), ..send });
    let answer = SendAnswer {
        status: "success".into(),
        success: true,
        message_id: message().id,
        timestamp: NOON,
        message: message(),
    };
    check("send_answer", &answer);
}

#[test]
fn changing_a_message_keeps_its_form() {
    for (name, change) in changes() {
        check(&format!("change_{name}"), &ChangeMessage { client_id: Some(client_id()), change });
    }
    check("change_answer", &ChangeAnswer { message: message() });
    let versions = vec![
        MessageVersion { rev: Rev(4), content: "Thrusday?".into(), written_at: NOON },
        MessageVersion { rev: Rev(9), content: "Thursday?".into(), written_at: Timestamp(NOON.0 + 60_000) },
    ];
    check("message_versions", &MessageVersions { message_id: message().id, versions });
}

fn set_flags() -> SetFlags {
    SetFlags {
        pinned: Some(false),
        muted: Some(Mute::Forever),
        archived: Some(Archive::Off),
        marked_unread: None,
    }
}

#[test]
fn what_was_found_keeps_its_form() {
    let (next, searched_back_to) = (Some(message().id), Some(Timestamp(1_600_000_000_000)));
    let found = SearchAnswer { messages: vec![message()], next, complete: false, searched_back_to };
    check("search_answer", &found);
    let nothing = SearchAnswer { messages: Vec::new(), next: None, complete: true, searched_back_to: None };
    check("search_answer_bare", &nothing);
}

#[test]
fn receipts_keep_their_form() {
    let receipts = vec![
        Receipt {
            account_id: AccountId(2),
            delivered: true,
            delivered_at: Some(NOON),
            read: true,
            read_at: Some(Timestamp(NOON.0 + 60_000)),
        },
        Receipt {
            account_id: AccountId(3),
            delivered: false,
            delivered_at: None,
            read: false,
            read_at: None,
        },
    ];
    check("message_receipts", &MessageReceipts { message_id: message().id, receipts });
}

#[test]
fn a_mark_of_an_older_server_has_delivered_what_was_read() {
    let before = r#"{"room_id": 7, "account_id": 1, "up_to": 3, "marked_unread": false, "rev": 8}"#;
    let mark = serde_json::from_str::<ReadMark>(before).unwrap();
    assert_eq!((mark.delivered_to, mark.delivered()), (RoomSeq(0), RoomSeq(3)));
}

fn changes() -> [(&'static str, MessageChange); 3] {
    [
        ("edit", MessageChange::Edit { message: "Thursday?".into() }),
        ("retract", MessageChange::Retract),
        ("react", MessageChange::React { emoji: "👍".into(), on: true }),
    ]
}

#[test]
fn a_page_may_send_the_room_as_text_and_nothing_optional() {
    let read: SendMessage = serde_json::from_str(r#"{"room_id":"7","message":"Hello"}"#).unwrap();
    assert_eq!((read.room_id, read.client_id), (RoomId(7), None));
}

#[test]
fn feed_events_keep_their_form() {
    let changes = [
        ("event_message", Change::Message { message: Box::new(message()) }),
        ("event_reply", Change::Message { message: Box::new(reply()) }),
        ("event_read_mark", Change::ReadMark { read_mark: read_mark() }),
        (
            "event_delivered",
            Change::ReadMark { read_mark: ReadMark { delivered_to: RoomSeq(5), ..read_mark() } },
        ),
        ("event_room", Change::Room { room: Box::new(room()) }),
        ("event_person", Change::Person { person: drew() }),
        ("event_quick_replies", Change::QuickReplies),
        ("event_gone", Change::Gone),
    ];
    for (name, change) in changes {
        check(name, &FeedEvent { feed_seq: FeedSeq(13), change });
    }
    let page = FeedPage {
        epoch: Epoch("e1".into()),
        head: FeedSeq(12),
        events: vec![],
        has_more: false,
        resync_required: true,
    };
    check("feed_page", &page);
}

#[test]
fn client_frames_keep_their_form() {
    check(
        "frame_hello",
        &ClientFrame::Hello(Hello { proto: 1, token: Some("t".into()), cursor: Some(cursor()) }),
    );
    let send = SendFrame {
        client_id: client_id(),
        room_id: RoomId(7),
        message: "Hello".into(),
        composed_at: Some(NOON),
        urgent: true,
        reply_to: None,
    };
    check("frame_send", &ClientFrame::Send(send.clone()));
    check("frame_send_reply", &ClientFrame::Send(SendFrame { reply_to: Some(MessageId(40)), ..send }));
    for (name, change) in changes() {
        let frame =
            ChangeFrame { client_id: client_id(), room_id: RoomId(7), message_id: message().id, change };
        check(&format!("frame_change_{name}"), &ClientFrame::Change(frame));
    }
    check("frame_read", &ClientFrame::Read { room_id: RoomId(7), up_to: RoomSeq(3) });
    check("frame_flags", &ClientFrame::Flags { room_id: RoomId(7), wish: set_flags().into() });
    let wish = FlagsWish { set: set_flags(), number: Some(WishNumber(3)) };
    check("flags_wish", &wish);
    check("frame_flags_numbered", &ClientFrame::Flags { room_id: RoomId(7), wish });
    check("frame_delivered", &ClientFrame::Delivered { room_id: RoomId(7), up_to: RoomSeq(3) });
    check("frame_typing", &ClientFrame::Typing { room_id: RoomId(7), typing: true });
    check("frame_ping", &ClientFrame::Ping { n: 4 });
}

#[test]
fn server_frames_keep_their_form() {
    let frames = [
        (
            "frame_welcome",
            ServerFrame::Welcome {
                proto: 1,
                head: cursor(),
                account: ana(),
                device_id: DeviceId(5),
                server_time: NOON,
                stale_after_ms: 14_400_000,
                clinic_rev: Rev(1_795_363_200_123),
            },
        ),
        (
            "frame_events",
            ServerFrame::Events { events: vec![FeedEvent { feed_seq: FeedSeq(13), change: Change::Gone }] },
        ),
        ("frame_resync_required", ServerFrame::ResyncRequired { head: cursor() }),
        ("frame_sent", ServerFrame::Sent { client_id: client_id(), message: Box::new(message()) }),
        ("frame_changed", ServerFrame::Changed { client_id: client_id(), message: Box::new(message()) }),
        (
            "frame_error",
            ServerFrame::Error {
                code: ErrorCode::TooLarge,
                detail: "Too long.".into(),
                client_id: Some(client_id()),
                retry_after_ms: None,
            },
        ),
        ("frame_types", ServerFrame::Typing { room_id: RoomId(7), account_id: AccountId(2), typing: false }),
        (
            "frame_presence",
            ServerFrame::Presence { account_id: AccountId(2), online: false, last_seen: Some(NOON) },
        ),
        ("frame_pong", ServerFrame::Pong { n: 4 }),
        ("frame_going_away", ServerFrame::GoingAway { retry_in_ms: 1_200 }),
    ];
    for (name, frame) in &frames {
        check(name, frame);
    }
}

#[test]
fn room_frames_keep_their_form() {
    check("room_message", &RoomMessageFrame::from(&message()));
    check("room_message_reply", &RoomMessageFrame::from(&reply()));
    let send = RoomSend {
        message: "Hello".into(),
        client_id: None,
        composed_at: None,
        urgent: false,
        reply_to: None,
    };
    check("room_send", &RoomClientFrame::Send(send.clone()));
    check("room_send_reply", &RoomClientFrame::Send(RoomSend { reply_to: Some(MessageId(40)), ..send }));
    check("room_send_read", &RoomClientFrame::Typed(RoomTypedFrame::Read { up_to: RoomSeq(3) }));
    let delivered = RoomClientFrame::Typed(RoomTypedFrame::Delivered { up_to: RoomSeq(3) });
    check("room_send_delivered", &delivered);
    let typed = [
        ("edit", RoomTypedFrame::Edit { id: message().id, message: "Thursday?".into(), client_id: None }),
        ("retract", RoomTypedFrame::Retract { id: message().id, client_id: Some(client_id()) }),
        ("react", RoomTypedFrame::React { id: message().id, emoji: "👍".into(), on: false, client_id: None }),
    ];
    for (name, frame) in typed {
        check(&format!("room_send_{name}"), &RoomClientFrame::Typed(frame));
    }
    let error =
        RoomEventFrame::Error { code: ErrorCode::EmptyMessage, detail: "Empty.".into(), client_id: None };
    check("room_error", &error);
    check(
        "room_read",
        &RoomEventFrame::Read { room_id: RoomId(7), account_id: AccountId(2), up_to: RoomSeq(3) },
    );
    check(
        "room_delivered",
        &RoomEventFrame::Delivered { room_id: RoomId(7), account_id: AccountId(2), up_to: RoomSeq(3) },
    );
    check("room_send_typing", &RoomClientFrame::Typed(RoomTypedFrame::Typing { typing: true }));
    check(
        "room_typing",
        &RoomEventFrame::Typing { room_id: RoomId(7), account_id: AccountId(2), typing: true },
    );
    check(
        "room_presence",
        &RoomEventFrame::Presence { account_id: AccountId(2), online: true, last_seen: None },
    );
    check("room_edited", &RoomEventFrame::Edited { message: Box::new(message()) });
}

#[test]
fn quick_replies_keep_their_form() {
    let reply = QuickReply {
        id: QuickReplyId(5),
        owner: ReplyOwner::Own,
        title: "Blood test".into(),
        text: "Dear {patient first name}, please come fasting.".into(),
    };
    let clinics = QuickReply { id: QuickReplyId(6), owner: ReplyOwner::Clinic, ..reply.clone() };
    check("quick_replies", &QuickReplies { replies: vec![reply, clinics] });
    let (title, text) = ("Blood test".to_owned(), "Come fasting.".to_owned());
    check(
        "add_quick_reply",
        &AddQuickReply { client_id: Some(client_id()), title: title.clone(), text: text.clone() },
    );
    check("edit_quick_reply", &EditQuickReply { title, text });
    check("order_quick_replies", &OrderQuickReplies { order: vec![QuickReplyId(6), QuickReplyId(5)] });
}

#[test]
fn drafts_keep_their_form() {
    let text = DraftText { text: "Dear Ana".into(), reply_to: Some(MessageId(40)) };
    let other = Some(DraftText { text: "Good morning".into(), reply_to: None });
    let content = DraftContent { draft: text, other };
    let draft = SharedDraft {
        room_id: RoomId(7),
        version: Rev(3),
        content: content.clone(),
        device_id: Some(DeviceId(4)),
        written_at: NOON,
        withdrawn: false,
    };
    check("put_draft", &PutDraft { base: Rev(2), content });
    check("draft_answer", &DraftAnswer { draft: draft.clone(), kept: true });
    check("event_draft", &Change::Draft { draft: Box::new(draft) });
    let gone = SharedDraft {
        room_id: RoomId(7),
        version: Rev(4),
        content: DraftContent::default(),
        device_id: None,
        written_at: NOON,
        withdrawn: true,
    };
    check("drafts", &Drafts { drafts: vec![gone], has_more: false });
}
