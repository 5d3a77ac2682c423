//! Requests, replies, queries and views.

use bedside_protocol::ipc::{
    AlertView, AlertsView, Anchor, ArrivedDraft, BrokenCause, ChangeState, ClinicView, ConnectionMode,
    ConnectionView, DeliveryState, DraftDecision, DraftOffer, EditDraft, EditingView, FilterCounts, HomeCard,
    HomePeople, HomePerson, HomeRow, HomeView, IpcError, LinkedPersonRow, ListPatch, MessageDetails,
    MuteSpan, OpeningView, Patch, PeopleView, PersonView, Place, Presence, Preview, Query, QuickRepliesView,
    QuickReplyView, QuoteView, ReactionView, Reply, Request, RoomDeed, RoomFilter, RoomMarks, RoomRow,
    RoomsView, SessionState, SessionView, Settings, SettingsView, ShellView, TimelineHead, TimelineItem,
    TimelineMessage, TimelineView, Update, UpdateBody, VersionView, View, Window,
};
use bedside_protocol::ipc::{
    Author, FindPlace, FindView, Looked, SearchFilter, SearchGroup, SearchHit, SearchView, ServerSearched,
};
use bedside_protocol::ipc::{Danger, MatchedBy, Warning};
use bedside_protocol::ipc::{Hop, HopTrouble, HopView};
use bedside_protocol::ipc::{NoticeSettings, NoticeSound, PauseSpan, RoomNotices};
use bedside_protocol::search::{Terms, excerpt};
use bedside_protocol::wire::{
    ChangeContact, Channel, Contact, Mute, NoticeContent, NotificationKind, Outreach, OutreachWishes,
    Preferences, QuietHours, Role, SmsFor,
};
use bedside_protocol::{AccountId, ErrorCode, MessageId, NotificationId, QuickReplyId, RoomId, RoomSeq};

use crate::support::{NOON, check, client_id};

fn drew() -> PersonView {
    PersonView {
        account_id: AccountId(2),
        role: Role::Practitioner,
        name: "Drew Lindqvist".into(),
        profession: Some("Physiotherapist".into()),
        birth_date: None,
        since: NOON,
        facts: Box::default(),
    }
}

fn edit_draft() -> EditDraft {
    EditDraft { message_id: MessageId(41), text: "Hal".into() }
}

fn wishes() -> OutreachWishes {
    OutreachWishes {
        email_after: 15,
        sms_after: 5,
        sms_for: SmsFor::All,
        quiet: Some(QuietHours { from: 1_320, to: 420 }),
        reminder: 30,
    }
}

fn window() -> Window {
    Window { anchor: Anchor::Seq { seq: RoomSeq(90) }, before: 40, after: 40 }
}

#[test]
fn a_notifications_way_keeps_its_form() {
    let hops = vec![
        HopView::passed(Hop::Server),
        HopView::but(Hop::Socket, HopTrouble::Limited),
        HopView::failed(Hop::Settings, HopTrouble::QuietHours),
    ];
    check("reply_notice_test", &Reply::NoticeTest { hops });
}

#[test]
fn requests_keep_their_form() {
    let requests = [
        Request::SignIn {
            server: "https://chat.example".into(),
            username: "ana".into(),
            password: "correct horse".into(),
            passphrase: None,
        },
        Request::SignOut { discard_unsent: false, erase: true },
        Request::Unlock { passphrase: "staple".into() },
        Request::Reopen,
        Request::Lock,
        Request::SetLockCode { before: None, code: Some("4711".into()) },
        Request::StartAnew,
        Request::Send { room_id: RoomId(7), text: "Hello".into(), urgent: false, reply_to: None, seen: 0 },
        Request::CheckMessage { room_id: RoomId(7), text: "Hello".into() },
        Request::Retry { client_id: client_id() },
        Request::Discard { client_id: client_id() },
        Request::EditMessage { room_id: RoomId(7), message_id: MessageId(41), text: "Hallo".into() },
        Request::RetractMessage { room_id: RoomId(7), message_id: MessageId(41) },
        Request::React { room_id: RoomId(7), message_id: MessageId(41), emoji: "👍".into(), on: true },
        Request::RetryChange { room_id: RoomId(7), message_id: MessageId(41) },
        Request::DiscardChange { room_id: RoomId(7), message_id: MessageId(41) },
        Request::Versions { room_id: RoomId(7), message_id: MessageId(41) },
        Request::SetUp { room_id: RoomId(7), deed: RoomDeed::Mute { span: MuteSpan::EightHours } },
        Request::MessageDetails { room_id: RoomId(7), message_id: MessageId(41), ask: true },
        Request::SaveEdit { room_id: RoomId(7), editing: Some(edit_draft()) },
        Request::SaveDraft { room_id: RoomId(7), text: "Hel".into(), reply_to: None, seen: 0, decides: None },
        Request::Typing { room_id: RoomId(7), typing: true },
        Request::InView { room_id: Some(RoomId(7)), displayed: Some(RoomSeq(3)), focused: true },
        Request::OpenRoom { account_id: AccountId(2) },
        Request::RefreshPeople,
        Request::TryNow,
        Request::MoveWindow { subscription: 3, window: window() },
        Request::FetchAround { room_id: RoomId(7), seq: RoomSeq(3) },
        Request::KeepSearch { text: "blood".into() },
        Request::ForgetSearches,
        Request::Preferences,
        Request::SavePreferences { preferences: Preferences { hide_presence: true } },
        Request::Outreach,
        Request::SaveOutreach { wishes: wishes() },
        Request::ChangeContact {
            change: ChangeContact::Add { channel: Channel::Email, address: "ana@example.org".into() },
        },
        Request::Alerts { before: Some(NotificationId(9)) },
        Request::ReadAlerts { id: None, up_to: Some(NotificationId(9)) },
        Request::AddQuickReply { title: "Blood test".into(), text: "Come fasting.".into() },
        Request::EditQuickReply {
            id: QuickReplyId(5),
            title: "Blood test".into(),
            text: "Come fasting.".into(),
        },
        Request::RemoveQuickReply { id: QuickReplyId(5) },
        Request::MoveQuickReply { id: QuickReplyId(5), to: 2 },
        Request::NextOpening,
        Request::SaveSettings { settings: Settings::default() },
        Request::Pause { span: PauseSpan::Tomorrow },
        Request::TestNotices,
        Request::AwaitReply { room_id: RoomId(7), by: Some(NOON) },
        Request::MarkRead { place: Place { room_id: RoomId(7), message_id: Some(MessageId(41)) } },
    ];
    for request in &requests {
        check(&format!("request_{}", request.name()), request);
    }
    let reply_to = Some(MessageId(41));
    let reply = Request::Send { room_id: RoomId(7), text: "Yes".into(), urgent: false, reply_to, seen: 0 };
    check("request_send_reply", &reply);
    check(
        "request_save_draft_reply",
        &Request::SaveDraft { room_id: RoomId(7), text: "Ye".into(), reply_to, seen: 0, decides: None },
    );
}

#[test]
fn a_request_prints_its_name_only() {
    let text = "secret".into();
    let request = Request::Send { room_id: RoomId(7), text, urgent: false, reply_to: None, seen: 0 };
    assert_eq!(format!("{request:?}"), "send");
}

#[test]
fn replies_and_errors_keep_their_form() {
    check("reply_done", &Reply::Done);
    check("reply_queued", &Reply::Queued { client_id: client_id() });
    check("reply_draft_kept", &Reply::DraftKept { seen: 2 });
    check("reply_room", &Reply::Room { room_id: RoomId(7) });
    check(
        "reply_versions",
        &Reply::Versions { versions: vec![VersionView { text: "Hello".into(), at: NOON }] },
    );
    let preferences = Preferences { hide_presence: true };
    check("reply_preferences", &Reply::Preferences { preferences });
    let contact = Contact {
        channel: Channel::Sms,
        address: None,
        pending: Some("+4915112345678".into()),
        stopped: false,
    };
    let outreach = Outreach { wishes: wishes(), contacts: vec![contact], channels: Channel::ALL.to_vec() };
    check("reply_outreach", &Reply::Outreach { outreach });
    let alert = AlertView {
        id: NotificationId(9),
        kind: NotificationKind::Platform,
        title: "Invoice".into(),
        message: "A new invoice is there.".into(),
        url: "https://portal.example.org/invoices/7/".into(),
        room_id: Some(RoomId(7)),
        urgent: false,
        at: NOON,
        read: false,
    };
    let alerts = AlertsView { alerts: vec![alert], unread: 1, has_more: false };
    check("reply_alerts", &Reply::Alerts { alerts });
    let opening = Some(OpeningView {
        date: "2026-12-01".into(),
        weekday: 2,
        days: 1,
        from: "08:00".into(),
        open_until: Some("18:00".into()),
    });
    check("reply_opening", &Reply::Opening { opening });
    let warnings = vec![
        Warning::OtherPatient {
            account_id: AccountId(3),
            name: "Ben Okafor".into(),
            matched: vec![MatchedBy::Name, MatchedBy::BirthDate, MatchedBy::RecordNumber],
        },
        Warning::Emergency { dangers: vec![Danger::ChestPain, Danger::InfantFever] },
    ];
    check("reply_warnings", &Reply::Warnings { warnings });
    let details = MessageDetails {
        state: Some(DeliveryState::Delivered),
        written_at: Some(NOON),
        sent_at: NOON,
        delivered_at: Some(NOON),
        read_at: None,
        edited_at: Some(NOON),
        retracted_at: None,
    };
    check("reply_details", &Reply::Details { details });
    check("error_refused", &IpcError::Refused { code: ErrorCode::Forbidden });
    check("error_too_long", &IpcError::MessageTooLong { chars: 8_001, max: 8_000 });
    check("error_offline", &IpcError::Offline);
}

#[test]
fn queries_keep_their_form() {
    let (search, filter, keep) = ("an".into(), RoomFilter::Unread, Some(RoomId(7)));
    check("query_rooms", &Query::Rooms { search, filter, keep });
    check("query_timeline", &Query::Timeline { room_id: RoomId(7), window: window() });
    check("query_session", &Query::Session);
}

#[test]
fn small_views_keep_their_form() {
    let session = SessionView {
        state: SessionState::SignedIn { me: drew(), sign_in_again: false },
        server: "https://chat.example".into(),
        username: "drew".into(),
        passphrase_needed: false,
        lock: None,
    };
    check("view_session", &View::Session(session.clone()));
    let state = SessionState::Broken { cause: BrokenCause::KeychainAway };
    check("view_session_broken", &View::Session(SessionView { state, ..session }));
    let connection = ConnectionView {
        mode: ConnectionMode::Limited,
        waiting: 2,
        parked: 1,
        retry_at: Some(NOON),
        last_heard_at: None,
        backfilling: true,
    };
    check("view_connection", &View::Connection(connection));
    let people = PeopleView {
        people: vec![LinkedPersonRow { person: drew(), room_id: None, presence: None }],
        loading: false,
    };
    check("view_people", &View::People(people));
    let settings =
        SettingsView { settings: Settings::default(), version: "0.1.0".into(), profile: String::new() };
    check("view_settings", &View::Settings(settings));
    let settings = Settings { emoji_tone: 3, emoji_recent: vec!["👍🏽".into()], ..Settings::default() };
    check("settings_emoji", &settings);
    check("settings_unseen", &Settings { unseen_days: 7, ..Settings::default() });
    let room = RoomNotices { room_id: RoomId(7), sensitive: true, sound: Some(NoticeSound::Off) };
    let notices = NoticeSettings {
        content: NoticeContent::Name,
        sound: NoticeSound::Bell,
        volume: 40,
        paused_until: Some(NOON),
        quiet: Some(QuietHours { from: 1_320, to: 420 }),
        urgent_passes: false,
        rooms: vec![room],
    };
    let settings = Settings { notices, start_with_session: true, start_hidden: true, ..Settings::default() };
    check("settings_notices", &settings);
    check("settings_sharing", &Settings { share_drafts: true, ..Settings::default() });
    check("query_clinic", &Query::Clinic);
    check("view_clinic", &View::Clinic(ClinicView::default()));
    let clinic = ClinicView { notification_content: NoticeContent::Nothing, ..ClinicView::default() };
    check("room_marks_waiting", &RoomMarks { reply_due: Some(NOON), ..RoomMarks::default() });
    check("preview_hidden", &Preview::Hidden);
    check("view_clinic_quiet", &View::Clinic(clinic));
    let open = Some(Place { room_id: RoomId(7), message_id: Some(MessageId(41)) });
    let reply = QuickReplyView {
        id: QuickReplyId(5),
        own: true,
        title: "Blood test".into(),
        text: "Dear {patient first name}, please come fasting.".into(),
    };
    check("view_quick_replies", &View::QuickReplies(QuickRepliesView { replies: vec![reply] }));
    check("view_shell", &View::Shell(ShellView { wish: 1, open }));
}

fn row() -> RoomRow {
    RoomRow {
        key: "7".into(),
        room_id: RoomId(7),
        person: drew(),
        preview: Some(Preview::Message { text: "Hello".into(), own: true, state: Some(DeliveryState::Read) }),
        at: Some(NOON),
        unread: 0,
        urgent: false,
        writable: true,
        typing: true,
        marks: RoomMarks {
            pinned: true,
            muted: Mute::Until(NOON),
            archived: false,
            marked_unread: true,
            reply_due: None,
        },
        unseen_since: Some(NOON),
        presence: Some(Presence::Online),
    }
}

#[test]
fn home_keeps_its_form() {
    let card = HomeCard { total: 6, rows: vec![HomeRow { row: row(), since: NOON }] };
    let known = HomePerson { person: drew(), room_id: Some(RoomId(7)), row: Some(row()) };
    let view = HomeView {
        rooms: 6,
        waiting: card,
        people: HomePeople { total: 1, rows: vec![known] },
        ..HomeView::default()
    };
    check("query_home", &Query::Home);
    check("view_home", &View::Home(view));
}

#[test]
fn the_list_keeps_its_form() {
    let row = row();
    let filters = FilterCounts { archived: 3, waiting: 2, unseen: 1 };
    let view = RoomsView {
        unread: 0,
        unread_rooms: 0,
        urgent_rooms: 0,
        filters,
        loading: false,
        rows: vec![row.clone()],
    };
    let snapshot = UpdateBody::Snapshot { view: View::Rooms(view) };
    check("update_rooms_snapshot", &Update { subscription: 1, revision: 1, body: snapshot });
    let rows = ListPatch { upserted: vec![row], order: Some(vec!["7".into()]) };
    let patch = UpdateBody::Patch {
        base: 1,
        patch: Patch::Rooms { unread: 0, unread_rooms: 0, urgent_rooms: 0, filters, rows },
    };
    check("update_rooms_patch", &Update { subscription: 1, revision: 2, body: patch });
}

#[test]
fn drafts_of_other_devices_keep_their_form() {
    let decides =
        DraftDecision { offered: "Hi".into(), instead: "Hel".into(), instead_reply_to: Some(MessageId(41)) };
    let save = Request::SaveDraft {
        room_id: RoomId(7),
        text: "Hi".into(),
        reply_to: None,
        seen: 2,
        decides: Some(decides),
    };
    check("request_save_draft_decided", &save);
    check("draft_arrived", &ArrivedDraft { number: 2, text: "Hi".into(), reply: None });
    check("draft_offer", &DraftOffer { text: "Hi".into(), reply_to: Some(MessageId(41)), reply: None });
    check("preview_offered_draft", &Preview::OfferedDraft { text: "Hi".into() });
}

#[test]
fn the_timeline_keeps_its_form() {
    let head = TimelineHead {
        room_id: RoomId(7),
        person: drew(),
        writable: true,
        at_start: false,
        at_end: true,
        last_seq: RoomSeq(3),
        first_unread: None,
        unread_at_open: 0,
        unread: 0,
        draft: "Hel".into(),
        draft_seen: 0,
        draft_arrived: None,
        draft_offer: None,
        typing: true,
        marks: RoomMarks { archived: true, ..RoomMarks::default() },
        draft_reply: None,
        presence: Some(Presence::LastSeen { at: NOON }),
        editing: None,
    };
    let message = TimelineMessage {
        key: "m:41".into(),
        message_id: Some(MessageId(41)),
        seq: Some(RoomSeq(3)),
        client_id: None,
        own: true,
        text: "Hello".into(),
        at: NOON,
        written_at: None,
        state: Some(DeliveryState::Failed { code: ErrorCode::TooLarge }),
        edited: false,
        retracted: false,
        urgent: false,
        reactions: vec![ReactionView { emoji: "👍".into(), count: 1, own: false }],
        changeable: true,
        reactable: true,
        change: Some(ChangeState::Refused { code: ErrorCode::Conflict, retraction: false }),
        reply: Some(QuoteView {
            message_id: MessageId(40),
            seq: RoomSeq(2),
            own: false,
            text: "See you on Thursday.".into(),
            retracted: false,
        }),
    };
    let gap = TimelineItem::Gap { key: "g:1".into(), from: RoomSeq(1), to: RoomSeq(2), loading: true };
    let view = TimelineView { head, items: vec![gap, TimelineItem::Message(message)] };
    check("view_editing", &EditingView { draft: edit_draft(), original: "Hello".into() });
    check("view_timeline", &View::Timeline(view));
}

#[test]
fn what_is_searched_for_and_found() {
    let filter = SearchFilter {
        room_id: Some(RoomId(7)),
        from: Some(Author::Them),
        since: Some(NOON),
        until: None,
        urgent: true,
        link: false,
    };
    check("query_search", &Query::Search { text: "blood".into(), filter, limit: 50 });
    check(
        "query_search_bare",
        &Query::Search { text: String::new(), filter: SearchFilter::default(), limit: 50 },
    );
    check("query_find", &Query::Find { room_id: RoomId(7), text: "blood".into() });
    let hit = SearchHit {
        key: "m:41".into(),
        message_id: Some(MessageId(41)),
        seq: Some(RoomSeq(3)),
        own: false,
        at: NOON,
        urgent: false,
        excerpt: excerpt("Your blood pressure", &Terms::of("blood"), 100),
    };
    let view = SearchView {
        groups: vec![SearchGroup { room_id: RoomId(7), person: drew(), hits: vec![hit] }],
        more: true,
        looked: Looked::Since { since: NOON },
        server: ServerSearched::Asking,
        recent: vec![],
    };
    check("view_search", &View::Search(view));
    let places = vec![FindPlace { seq: RoomSeq(3) }];
    check(
        "view_find",
        &View::Find(FindView { places, more: false, looked: Looked::Preparing { percent: 40 } }),
    );
}
