// Views of every state, as the engine would give them.
window.fixtures = (state, wanted) => {
  const at = (day, time) => {
    const date = new Date();
    date.setDate(date.getDate() + day);
    const [hours, minutes] = time.split(":").map(Number);
    date.setHours(hours, minutes, 0, 0);
    return date.toISOString();
  };
  const person = (id, name, role, more = {}) =>
    ({ account_id: String(id), role, name, profession: null, birth_date: null, since: "2019-03-04T09:00:00.000Z", ...more });
  const patient = (id, name, birth_date = "1972-05-04") => person(id, name, "patient", { birth_date, record_number: String(104000 + id), phone: `+49 30 23125 ${100 + id}` });
  const doctor = (id, name, profession) => person(id, name, "practitioner", { profession });
  const asPatient = wanted.get("as") === "patient";
  const rtl = wanted.get("lang") === "ar";
  const me = asPatient ? patient(12, rtl ? "ليلى حداد" : "Ana Ribeiro") : doctor(7, "Elena Duarte", "Physiotherapist");
  const ana = { ...patient(12, rtl ? "ليلى حداد" : "Ana Ribeiro"), language: rtl ? "ar" : "pt", time_zone: "Europe/Lisbon" };

  const noMarks = { pinned: false, muted: "off", archived: false, marked_unread: false };
  const row = (id, who, at, preview, more = {}) =>
    ({ key: String(id), room_id: String(id), person: who, preview, at, unread: 0, urgent: false, writable: true, marks: { ...noMarks }, unseen_since: null, ...more });
  const said = (text) => ({ preview: "message", text, own: false, state: null });
  const own = (text, delivery = "read", more = {}) => ({ preview: "message", text, own: true, state: { delivery, ...more } });
  const allRows = [
    row(1, ana, at(0, "14:32"), said("Should I still come on Thursday?"), { unread: 2 }),
    row(2, patient(13, "Ben Okafor"), at(0, "14:05"), said("My temperature is 39.2 since last night and I cannot sleep"), { unread: 3, urgent: true }),
    row(3, patient(14, "Margarete Schönleber-Winterstein"), at(0, "12:47"), own("See you on Thursday at 10:30 then.")),
    row(4, patient(15, "Yusuf Haddad"), at(0, "11:20"), own("Please send me the letter when you have it.", "waiting")),
    row(5, patient(16, "Linh Nguyen"), at(0, "09:58"), { preview: "draft", text: "The results are back, and your iron is" }),
    row(6, patient(17, "Tomasz Kowalski"), at(-1, "18:10"), said("I will take it with food")),
    row(7, patient(18, "Ingrid Johansen"), at(-1, "10:02"), { preview: "retracted", own: false }),
    row(8, patient(19, "Dolores Castillo"), at(-3, "16:40"), said("Thank you, doctor.")),
    row(9, patient(20, "Peter Whitfield"), at(-4, "08:15"), own("Please book a blood test before we", "failed", { code: "forbidden" })),
    row(10, patient(21, "Nadia Petrova"), at(-40, "08:15"), said("До свидания")),
    row(11, patient(22, "Zoe Lindqvist"), null, null),
  ];

  const team = [
    row(51, doctor(41, "Drew Lindqvist", "General practitioner"), at(0, "14:05"), said("The results are back. Everything is as it should be."), { unread: 2 }),
    row(52, doctor(42, "Eve Marchetti", "Physiotherapist"), at(-1, "18:10"), own("Thank you, I will try the exercises.")),
  ];
  const marksOf = (id, marks) => { const found = allRows.find((r) => r.room_id === id); found.marks = { ...found.marks, ...marks }; return found; };
  // Every mark a row can bear.
  if (state === "marks") {
    marksOf("1", { pinned: true });
    marksOf("3", { pinned: true, muted: "forever" });
    marksOf("4", { marked_unread: true });
    marksOf("6", { muted: { until: at(0, "22:00") } }).unread = 4;
    marksOf("7", { muted: "forever", marked_unread: true });
    marksOf("8", { archived: true });
    marksOf("10", { archived: true }).unread = 1;
    allRows.find((r) => r.room_id === "3").unseen_since = at(-3, "12:47");
    allRows.find((r) => r.room_id === "9").unseen_since = at(-4, "08:15");
  }

  const message = (seq, time, text, more = {}) => ({
    item: "message", key: `m:${seq}`, message_id: String(1000 + seq), seq: String(seq), client_id: null, own: false, text, at: time,
    written_at: null, state: null, edited: false, retracted: false, urgent: false, reactions: [], changeable: false, reactable: true, change: null, reply: null, ...more,
  });
  const mine = (seq, time, text, delivery = "read", more = {}) => message(seq, time, text, { own: true, state: { delivery }, changeable: true, ...more });
  const clientId = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
  const waiting = (n, time, text, state) => ({
    ...message(n, time, text), key: `c:${clientId(n)}`, client_id: clientId(n),
    message_id: null, seq: null, own: true, state, reactable: false,
  });

  const talk = [
    message(1, at(-6, "08:12"), "Good morning. Since I started the new tablets I feel dizzy when I stand up, mostly in the mornings."),
    message(2, at(-6, "08:12"), "It passes after a minute or two."),
    mine(3, at(-6, "08:40"), "Thank you for telling me, Ana. That can happen in the first two weeks. Please measure your blood pressure before getting up and once more standing, for three days.", "read", { reactions: [{ emoji: "👍", count: 1, own: false }] }),
    message(4, at(0, "14:26"), "", { retracted: true }),
    message(5, at(0, "14:28"), "Here are the values: 118/76 lying, 104/70 standing. The diary is at https://diary.example.org/ana/week-46."),
    mine(6, at(0, "14:30"), "These look better than I feared. Keep the evening dose, halve the morning one, and stand up in two steps.", "read", { edited: true }),
    message(7, at(0, "14:31"), "That is a relief 😊"),
    message(8, at(0, "14:32"), "Should I still come on Thursday?"),
  ];
  const problems = [
    ...talk.slice(4, 6),
    message(7, at(0, "14:31"), "I have strong chest pain when I breathe in. What should I do?", { urgent: true }),
    mine(8, at(0, "14:33"), "Please call 112 now. I am informing the ward.", "delivered", { urgent: true }),
    message(9, at(0, "14:34"), "👍❤️"),
    mine(10, at(0, "17:30"), "I will call you tomorrow morning.", "sent", { written_at: at(0, "14:02") }),
    waiting(1, at(0, "17:41"), "Yes, please come on Thursday at 10:30.", { delivery: "waiting" }),
    waiting(2, at(0, "17:42"), "And bring the tablets with you.", { delivery: "failed", code: "too_large" }),
    waiting(3, at(0, "09:12"), "The laboratory has your results.", { delivery: "stale" }),
  ];
  const stale = [
    ...talk.slice(4, 8),
    waiting(1, at(0, "09:12"), "The laboratory has your results.", { delivery: "stale" }),
    waiting(2, at(0, "09:14"), "Please call me before noon.", { delivery: "stale" }),
    waiting(3, at(0, "17:41"), "Yes, please come on Thursday at 10:30.", { delivery: "waiting" }),
  ];
  const changes = [
    message(1, at(0, "14:20"), "How is the knee today?", { reactions: [{ emoji: "👍", count: 2, own: true }, { emoji: "🙏", count: 1, own: false }] }),
    mine(2, at(0, "14:22"), "Come on Thursday at 10:00.", "read", { edited: true, reactions: [{ emoji: "❤️", count: 1, own: false }] }),
    message(3, at(0, "14:23"), "👍🏽🙏"),
    mine(4, at(0, "14:24"), "Bring the tablets with you.", "delivered", { change: { change: "saving" }, edited: true }),
    mine(5, at(0, "14:25"), "", "read", { retracted: true, changeable: false, reactable: false }),
    mine(6, at(0, "14:26"), "A longer text than the server takes.", "read", { edited: true, change: { change: "refused", code: "too_large", retraction: false } }),
    mine(7, at(0, "14:27"), "To be taken back.", "read", { change: { change: "refused", code: "forbidden", retraction: true } }),
    mine(8, at(0, "14:28"), "See you then.", "read"),
  ];
  const quote = (seq, own, text, retracted = false) => ({ message_id: String(1000 + seq), seq: String(seq), own, text, retracted });
  const replies = [
    message(1, at(-1, "14:20"), "How do I take the new tablets: before or after eating?"),
    mine(2, at(-1, "14:22"), "After eating, with a large glass of water. Do not lie down for half an hour, and leave two hours between them and the iron.", "read"),
    message(3, at(0, "09:01"), "Thank you. And the iron?", { reply: quote(2, true, "After eating, with a large glass of water. Do not lie down for half an hour, and leave two hours between them and the iron.") }),
    mine(4, at(0, "09:05"), "In the evening.", "read", { reply: quote(3, false, "Thank you. And the iron?") }),
    message(5, at(0, "09:06"), "", { retracted: true }),
    mine(6, at(0, "09:07"), "I saw that. Do not worry.", "delivered", { reply: quote(5, false, "", true) }),
    message(7, at(0, "09:10"), "👍", { reply: quote(4, true, "In the evening.") }),
    message(8, at(0, "09:12"), "هل أتناول الحديد في المساء أم في الصباح؟ لست متأكدة من ذلك"),
    mine(9, at(0, "09:14"), "في المساء.", "sent", { reply: quote(8, false, "هل أتناول الحديد في المساء أم في الصباح؟ لست متأكدة من ذلك") }),
    { ...waiting(1, at(0, "09:15"), "On its way.", { delivery: "waiting" }), reply: quote(1, false, "How do I take the new tablets: before or after eating?") },
  ];
  const versions = [
    { text: "Come on Thursday at 11:00.", at: at(0, "14:22") }, { text: "Come on Thursday at 10:30.", at: at(0, "14:24") },
    { text: "Come on Thursday at 10:00.", at: at(0, "14:31") },
  ];
  const arabic = [
    message(1, at(-1, "08:12"), "صباح الخير. منذ أن بدأت بتناول الأقراص الجديدة أشعر بالدوار عندما أقف."),
    mine(2, at(-1, "08:40"), "شكرًا لإخباري. قد يحدث ذلك في الأسبوعين الأولين. Please call 112 if it gets worse."),
    message(3, at(0, "14:31"), "هذا مطمئن 😊"),
    message(4, at(0, "14:32"), "هل آتي يوم الخميس؟", { reactions: [{ emoji: "👍", count: 2, own: true }] }),
  ];
  const gaps = [
    message(1, at(-30, "08:12"), "Good morning, I have a question about the exercises."),
    { item: "gap", key: "g:2", from: "2", to: "240", loading: true },
    message(241, at(-1, "10:00"), "The knee is much better now."),
    { item: "gap", key: "g:242", from: "242", to: "260", loading: false },
    ...talk.slice(5).map((item, n) => ({ ...item, key: `m:${261 + n}`, seq: String(261 + n) })),
  ];

  // A conversation of any length, made where it is looked at.
  const LONG = 100000;
  const now = Date.now();
  const words = "the tablets help a little in the morning but standing up is still hard and I sleep badly since Monday".split(" ");
  const long = (seq) => {
    const text = Array.from({ length: 3 + ((seq * 7919) % 37) }, (_, n) => words[(seq * 31 + n * 17) % words.length]).join(" ");
    const time = new Date(now - (LONG - seq) * 400000).toISOString();
    if (seq === LONG) return message(seq, time, "About what I asked long ago", { reply: quote(500, false, `500 ${words[0]}`) });
    return seq % 3 === 0 ? mine(seq, time, `${seq} ${text}`) : message(seq, time, `${seq} ${text}`);
  };

  const scripts = { conversation: talk, changes, replies, problems, stale, gaps, empty: [], rtl: arabic, closed: talk };
  const rooms = {};
  for (const { room_id, person: who } of [...allRows, ...team]) {
    const list = room_id === "1" ? (scripts[rtl && state !== "replies" ? "rtl" : state] ?? talk) : [];
    rooms[room_id] = { who, list: [...list], long: state === "long" && room_id === "1", unread: 0, draft: "" };
  }
  if (state === "conversation" || state === "offline") { rooms["1"].unread = 2; rooms["1"].first = 7; }
  if (wanted.get("unread")) { rooms["1"].unread = LONG - Number(wanted.get("unread")) + 1; rooms["1"].first = Number(wanted.get("unread")); }
  if (state === "draft") { rooms["1"].draft = "Dear Ana,\nthe results are back."; rooms["51"].draft = "39.2 since last night, and it hurts to breathe."; }
  if (wanted.get("editing")) {
    const of = rooms["1"].list.find((item) => item.seq === wanted.get("editing"));
    rooms["1"].edited = { draft: { message_id: of.message_id, text: `${of.text} Or at` }, original: of.text };
  }
  if (state === "offer") Object.assign(rooms["1"], { draft: "Dear Ana, the results are back.", offer: { text: "Good morning Ana,\nplease come fasting on Thursday, and bring the list of what you take.", reply_to: null, reply: null } });
  if (state === "offer") allRows[0].preview = { preview: "offered_draft", text: "Good morning Ana, please come fasting on Thursday, and bring the list of what you take." };
  let extra = [];

  if (state === "presence") {
    const now = [{ presence: "online" }, { presence: "last_seen", at: at(0, "13:58") }, { presence: "online" }, null, { presence: "last_seen", at: at(-1, "18:20") }];
    now.forEach((presence, n) => { allRows[n].presence = presence; });
  }
  if (state === "typing") for (const one of [allRows[0], allRows[4]]) one.typing = true;
  /** The other of this row does something else from now on. */
  const others = (n, now) => { allRows[n] = { ...allRows[n], ...now }; };

  const timeline = (room_id, subscription) => {
    const room = rooms[room_id];
    if (state === "loading-conversation") return {};
    const window = (subscription.window ??= subscription.query.window);
    const count = room.long ? LONG + extra.length : room.list.length;
    const item = (n) => (room.long ? (n < LONG ? long(n + 1) : extra[n - LONG]) : room.list[n]);
    const first = room.first ? String(room.first) : null;
    const place = (seq) => (room.long ? seq - 1 : Math.max(0, room.list.findIndex((i) => Number(i.seq ?? i.to) >= seq)));
    let at = count;
    if (window.anchor.at === "seq") at = place(Number(window.anchor.seq));
    if (window.anchor.at === "first_unread" && room.first) at = place(room.first);
    const from = Math.max(0, at - window.before);
    const to = Math.min(count, at + window.after);
    const items = [];
    for (let n = from; n < to; n += 1) items.push(item(n));
    const last = room.long ? LONG + extra.length : Math.max(0, ...room.list.map((i) => Number(i.seq ?? i.to ?? 0)));
    const head = {
      room_id, person: room.who, writable: state !== "closed", at_start: from === 0, at_end: to === count, last_seq: String(last),
      first_unread: first, unread_at_open: room.unread, unread: room.unread, draft: room.draft, typing: [...allRows, ...team].find((one) => one.room_id === room_id)?.typing ?? false, editing: room.edited ?? null,
      presence: [...allRows, ...team].find((one) => one.room_id === room_id).presence ?? null,
      marks: { ...[...allRows, ...team].find((r) => r.room_id === room_id).marks },
      draft_reply: room.reply ?? null, draft_seen: 0, draft_arrived: room.arrived ?? null, draft_offer: room.offer ?? null,
    };
    return { head, items };
  };

  /** A draft of another device takes the place of this one's. */
  const arrive = (room_id, text) => { const room = rooms[room_id]; room.arrived = { number: (room.arrived?.number ?? 0) + 1, text, reply: null }; window.fake.changed("timeline"); };

  const isUnread = (r) => r.unread > 0 || r.marks.marked_unread;
  const passes = {
    all: (r) => !r.marks.archived, unread: (r) => isUnread(r) && !r.marks.archived, urgent: (r) => r.urgent, archived: (r) => r.marks.archived,
    waiting: (r) => r.preview?.preview === "message" && !r.preview.own && !r.marks.archived, unseen: (r) => r.unseen_since !== null,
  };
  const listed = ({ search, filter, keep }) => {
    const name = (r) => r.person.name.toLowerCase().includes(search.toLowerCase());
    const none = state === "first-run" || state === "loading";
    const all = asPatient ? team : allRows;
    const count = (which) => (none ? 0 : all.filter(passes[which]).length);
    const filters = { archived: count("archived"), waiting: count("waiting"), unseen: count("unseen") };
    const kept = all.filter((r) => passes[filter](r) || r.room_id === keep).filter(name);
    const rows = [...kept.filter((r) => r.marks.pinned), ...kept.filter((r) => !r.marks.pinned)].map((r) => ({ ...r, marks: { ...r.marks } }));
    return { unread: none ? 0 : Number(wanted.get("badge") ?? 5), unread_rooms: count("unread"), urgent_rooms: count("urgent"), filters, loading: state === "loading", rows: none ? [] : rows };
  };

  // What the engine would find, by plain comparison.
  const marked = (words, sought) => {
    const at = sought ? words.toLowerCase().indexOf(sought.toLowerCase()) : -1;
    if (at < 0) return [{ text: words, marked: false }];
    const parts = [[words.slice(0, at), false], [words.slice(at, at + sought.length), true], [words.slice(at + sought.length), false]];
    return parts.filter(([piece]) => piece).map(([piece, marked]) => ({ text: piece, marked }));
  };
  const since = { looked: "since", since: at(-40, "09:00") };
  const server = { "search-asking": "asking", "search-partly": "partly", "search-fully": "fully", "search-failed": "failed" }[state] ?? "not_asked";
  const looked = server !== "not_asked" ? since : { "history-missing": since, preparing: { looked: "preparing", percent: 40 } }[state] ?? { looked: "everything" };
  const search = ({ text, filter, limit }) => {
    const bare = !text && !filter.from && !filter.urgent && !filter.link && !filter.room_id;
    if (bare) return { groups: [], more: false, looked, server: "not_asked", recent: scene.recent };
    const fits = (item) => item.text?.toLowerCase().includes(text.toLowerCase()) && (!filter.from || (filter.from === "me") === item.own) && (!filter.urgent || item.urgent) && !item.retracted && (!filter.link || item.text.includes("https://"));
    const groups = Object.entries(rooms).filter(([id]) => !filter.room_id || filter.room_id === id).map(([room_id, room]) => ({
      room_id, person: room.who,
      hits: room.list.filter(fits).reverse().map((item) => ({ key: item.key, message_id: item.message_id, seq: item.seq, own: item.own, at: item.at, urgent: item.urgent, excerpt: marked(item.text, text) })),
    })).filter((group) => group.hits.length);
    const kept = groups.slice(0, 4).map((group) => ({ ...group, hits: group.hits.slice(0, limit) }));
    return { groups: kept, more: false, looked, server };
  };
  const find = ({ room_id, text }) => ({ places: rooms[room_id].list.filter((item) => item.seq && !item.retracted && item.text?.toLowerCase().includes(text.toLowerCase())).reverse().map(({ seq }) => ({ seq })), more: false, looked });

  const card = (rows, total = rows.length) => ({ total, rows: rows.map((one) => ({ row: one, since: one.at })) });
  const by = (...ids) => allRows.filter((one) => ids.includes(Number(one.key))).sort((a, b) => ids.indexOf(Number(a.key)) - ids.indexOf(Number(b.key)));
  const unknown = doctor(43, "Margarete Schönleber-Winterstein", "Diabetes educator and nutritionist");
  const home = () => {
    const none = ["first-run", "loading", "home-quiet"].includes(state);
    const quiet = { loading: state === "loading", rooms: state === "home-quiet" ? 11 : 0, unsent: card([]), unread: card([]), urgent: card([]), waiting: card([]), unseen: card([]), people: { total: 0, rows: [] } };
    if (none) return quiet;
    if (asPatient) {
      const people = [...team.map((one) => ({ person: one.person, room_id: one.room_id, row: one })), { person: unknown, room_id: null, row: null }];
      const waits = [{ ...team[1], preview: own("Thank you, I will try the exercises.", "waiting") }];
      return { ...quiet, rooms: 2, unread: card(team.slice(0, 1)), unsent: card(state === "offline" ? waits : []), people: { total: state === "home-full" ? 9 : 3, rows: people } };
    }
    const waiting = by(10, 8, 6, 2, 1).map((one) => ({ ...one, preview: one.key === "10" ? said("До свидания") : one.preview }));
    const unseen = by(3).map((one) => ({ ...one, preview: own("See you on Thursday at 10:30 then.", "sent"), at: at(-5, "12:47") }));
    return { ...quiet, rooms: 11, unread: card(by(1, 2), state === "home-full" ? 23 : 2), urgent: card(by(2)), waiting: card(waiting, 7), unseen: card(unseen), unsent: card(by(9, 4)) };
  };

  const modes = { offline: "offline", limited: "limited", reconnecting: "reconnecting", "signed-out": "signed_out", "wrong-server": "wrong_server", refused: "refused" };
  const sessions = {
    "sign-in": { state: "signed_out", ended_by_server: false }, "sign-in-ended": { state: "signed_out", ended_by_server: true },
    "sign-in-passphrase": { state: "signed_out", ended_by_server: false }, locked: { state: "locked" }, opening: { state: "opening" },
    broken: { state: "broken", cause: "damaged" }, "broken-newer": { state: "broken", cause: "newer" }, "broken-key-lost": { state: "broken", cause: "key_lost" },
    "broken-keychain": { state: "broken", cause: "keychain_away" }, "broken-in-use": { state: "broken", cause: "in_use" }, "broken-disk": { state: "broken", cause: "disk" },
  };
  const remembered = !["sign-in"].includes(state);
  const room = wanted.get("room");
  const scene = {
    session: {
      state: sessions[state] ?? { state: "signed_in", me, sign_in_again: state === "signed-out" },
      server: remembered ? "https://chat.clinic.example" : "", username: remembered ? "elena.duarte" : "", passphrase_needed: state === "sign-in-passphrase",
    },
    connection: { mode: modes[state] ?? "live", waiting: state === "offline" ? 1 : 0, parked: wanted.get("parked") ? Number(wanted.get("parked")) : 0, retry_at: null, last_heard_at: null, backfilling: false },
    settings: {
      settings: { theme: wanted.get("theme") ?? "light", language: wanted.get("lang") ?? "", text_size: Number(wanted.get("size") ?? 100), enter_sends: true, notifications: true, close_to_tray: true, list_width: 336, ...(wanted.get("notices") ? { notices: JSON.parse(wanted.get("notices")), start_with_session: true } : {}) },
      version: "0.1.0", profile: "",
    },
    people: { people: [...allRows.slice(0, 5).map((r) => ({ person: r.person, room_id: r.room_id, presence: r.presence ?? null })), { person: patient(30, "Arvid Nyström", "1990-11-02"), room_id: null }, { person: patient(31, "Chiara Lombardi", "1948-01-30"), room_id: null }], loading: false },
    clinic: {
      ...(wanted.get("most") ? { notification_content: wanted.get("most") } : {}),
      name: "Harbour Street Practice", phone: "+49 30 23125 100", emergency_number: "112", time_zone: "Europe/Berlin",
      hours: [1, 2, 4].flatMap((weekday) => [{ weekday, from: "08:00", to: "12:00" }, { weekday, from: "14:00", to: "18:00" }])
        .concat([{ weekday: 3, from: "08:00", to: "12:00" }, { weekday: 5, from: "08:00", to: "13:00" }]).sort((a, b) => a.weekday - b.weekday),
    },
    quickReplies: {
      replies: state === "no-replies" ? [] : [
        { id: "1", own: true, title: "Blood test", text: "Dear {patient first name},\nplease come fasting on the morning of your blood test.\n{my name}" },
        { id: "2", own: true, title: "Call the ward", text: "Please call us on {clinic phone} from {next opening} on, {patient first name}." },
        { id: "3", own: true, title: "Exercises", text: "Three times ten, twice a day, and stop if it hurts." },
        { id: "11", own: false, title: "Closed", text: "{clinic name} opens again {next opening}. In an emergency call 112." },
      ],
    },
    shell: { wish: room ? 1 : 0, open: room ? { room_id: room, message_id: null } : null },
    preferences: { hide_presence: false },
    outreach: {
      wishes: { email_after: 10, sms_after: 5, sms_for: "urgent", reminder: 0 },
      contacts: state === "reached" ? [{ channel: "email", address: "elena@example.org", stopped: false }, { channel: "sms", pending: "+351912345678", stopped: false }] : [],
      channels: state === "no-outreach" ? [] : ["email", "sms"],
    },
    alerts: state === "alerts" ? [
      { id: "9", kind: "message", title: "New Message", message: "", url: "/chat/room/1/", room_id: "1", urgent: true, at: at(0, "09:05"), read: false },
      { id: "8", kind: "platform", title: "Rota for December", message: "The rota has been published. Please check your days until Friday.", url: "https://portal.example.org/rota/", urgent: false, at: at(0, "08:00"), read: false },
      { id: "7", kind: "message", title: "New Message", message: "", url: "/chat/room/3/", room_id: "3", urgent: false, at: at(-1, "17:40"), read: true },
    ] : [],
    recent: state === "recent" ? ["ibuprofen", "头痛", "Thursday"] : [],
    rooms: listed,
    search,
    find,
    home,
    timeline,
    add: (item) => { if (rooms["1"].long) extra.push(item); else rooms["1"].list.push(item); },
    refuseLinks: state === "refused-link" ? "malformed" : undefined,
    opening: { date: "2026-12-01", weekday: 2, days: 1, from: "08:00" },
    message, mine, waiting, room: rooms["1"], LONG, others, arrive, allRows,
  };

  const details = ({ room_id, message_id, ask }) => {
    const of = rooms[room_id].list.find((item) => item.message_id === message_id);
    const after = (seconds) => new Date(new Date(of.at).getTime() + seconds * 1000).toISOString();
    const { delivery } = of.state ?? {};
    const far = { delivered: 1, read: 2 }[delivery] ?? 0;
    return {
      state: of.state, written_at: after(-2), sent_at: of.at, delivered_at: ask && far > 0 ? after(3) : null, read_at: ask && far > 1 ? after(260) : null,
      edited_at: of.edited ? after(540) : null, retracted_at: of.retracted ? after(600) : null,
    };
  };
  const changed = (request, more, fake) => {
    const { list } = rooms[request.room_id];
    const n = list.findIndex((item) => item.message_id === request.message_id);
    if (n < 0) return { error: "not_found" };
    list[n] = { ...list[n], ...more(list[n]) };
    fake.changed("timeline");
    return null;
  };
  const reacted = ({ emoji, on }) => ({ reactions }) => {
    const others = (reactions.find((one) => one.emoji === emoji)?.count ?? 0) - (reactions.some((one) => one.emoji === emoji && one.own) ? 1 : 0);
    const now = { emoji, count: others + (on ? 1 : 0), own: on };
    return { reactions: [...reactions.filter((one) => one.emoji !== emoji), ...(now.count ? [now] : [])] };
  };

  // What the engine would notice, by the words a test uses.
  scene.warnings = (text) => {
    const dangers = [[/no reason to live/, "suicidal_thoughts"], [/chest pain/, "chest_pain"], [/cannot breathe/, "breathing"]].filter(([words]) => words.test(text)).map(([, danger]) => danger);
    if (dangers.length) return [{ warning: "emergency", dangers }];
    return /Ben Okafor/.test(text) ? [{ warning: "other_patient", account_id: "13", name: "Ben Okafor", matched: ["name", "birth_date"] }] : [];
  };
  const alerts = () => ({ reply: "alerts", alerts: { alerts: scene.alerts, unread: scene.alerts.filter((one) => !one.read).length, has_more: false } });

  const contact = ({ action, channel, address, code }) => {
    const others = scene.outreach.contacts.filter((one) => one.channel !== channel);
    const held = scene.outreach.contacts.find((one) => one.channel === channel) ?? { channel, stopped: false };
    if (action === "confirm" && code !== "123456") return { error: "refused", code: "invalid_value" };
    const now = {
      add: { ...held, pending: address }, confirm: { channel, address: held.pending, stopped: false },
      stop: { ...held, stopped: true }, resume: { ...held, stopped: false }, remove: null,
    }[action];
    scene.outreach = { ...scene.outreach, contacts: now ? [...others, now] : others };
    return { reply: "outreach", outreach: scene.outreach };
  };

  scene.answer = (request, fake, subscriptions) => {
    switch (request.request) {
      case "edit_message": return changed(request, () => ({ text: request.text, edited: true, change: { change: "saving" } }), fake);
      case "retract_message": return changed(request, () => ({ text: "", retracted: true, changeable: false, reactable: false, reactions: [] }), fake);
      case "react": return changed(request, reacted(request), fake);
      case "retry_change": return changed(request, () => ({ change: { change: "saving" } }), fake);
      case "discard_change": return changed(request, () => ({ change: null }), fake);
      case "set_up": {
        const until = { hour: { until: at(0, "23:00") }, eight_hours: { until: at(1, "06:00") }, forever: "forever" };
        const deeds = {
          pin: { pinned: true }, unpin: { pinned: false }, mute: { muted: until[request.span] }, unmute: { muted: "off" }, mark_unread: { marked_unread: true },
          mark_read: { marked_unread: false }, archive: { archived: true }, unarchive: { archived: false },
        };
        if (scene.refuseDeeds) return { error: "disk" };
        marksOf(request.room_id, deeds[request.deed]);
        fake.changed("rooms"); fake.changed("timeline");
        return null;
      }
      case "versions": return { reply: "versions", versions };
      case "check_message": return { reply: "warnings", warnings: scene.warnings?.(request.text) ?? [] };
      case "message_details": return { reply: "details", details: details(request) };
      case "save_edit": rooms[request.room_id].editing = request.editing; return null;
      case "send": {
        const n = 9 + fake.asked.filter((one) => one.request === "send" && one !== request).length;
        scene.add({ ...waiting(n, new Date().toISOString(), request.text, { delivery: "waiting" }), urgent: request.urgent, reply: rooms[request.room_id].reply ?? null });
        fake.changed("timeline");
        return { reply: "queued", client_id: clientId(n) };
      }
      case "move_window": {
        const subscription = subscriptions.get(request.subscription);
        if (!subscription) return { error: "not_found" };
        subscription.window = request.window;
        fake.patchTimeline(request.subscription);
        return null;
      }
      case "preferences": return state === "offline" ? { error: "offline" } : { reply: "preferences", preferences: scene.preferences };
      case "save_preferences": scene.preferences = request.preferences; return { reply: "preferences", preferences: scene.preferences };
      case "outreach": return state === "offline" ? { error: "offline" } : { reply: "outreach", outreach: scene.outreach };
      case "save_outreach": scene.outreach = { ...scene.outreach, wishes: request.wishes }; return { reply: "outreach", outreach: scene.outreach };
      case "change_contact": return contact(request.change);
      case "alerts": return state === "offline" ? { error: "offline" } : alerts();
      case "read_alerts":
        for (const alert of scene.alerts) if (alert.id === request.id || Number(alert.id) <= Number(request.up_to ?? 0)) alert.read = true;
        return alerts();
      case "pause": {
        const hours = { hour: 1, tomorrow: 14, off: 0 }[request.span];
        const notices = { ...scene.settings.settings.notices, paused_until: hours ? Date.now() + hours * 3600000 : null };
        scene.settings.settings = { ...scene.settings.settings, notices };
        fake.changed("settings"); return null;
      }
      case "test_notices": return { reply: "notice_test", hops: [
        { hop: "server", outcome: "passed" }, { hop: "socket", outcome: "but", why: "limited" }, { hop: "settings", outcome: "passed" },
        { hop: "desktop", outcome: "failed", why: "no_desktop" }, { hop: "shown", outcome: "failed", why: "refused" }, { hop: "sound", outcome: "passed" },
      ] };
      case "save_settings": scene.settings.settings = request.settings; fake.changed("settings"); return null;
      case "add_quick_reply":
        scene.quickReplies.replies.splice(scene.quickReplies.replies.filter((one) => one.own).length, 0, { id: "99", own: true, title: request.title, text: request.text });
        fake.changed("quick_replies"); return null;
      case "edit_quick_reply":
        Object.assign(scene.quickReplies.replies.find((one) => one.id === request.id), { title: request.title, text: request.text });
        fake.changed("quick_replies"); return null;
      case "remove_quick_reply":
        scene.quickReplies.replies = scene.quickReplies.replies.filter((one) => one.id !== request.id);
        fake.changed("quick_replies"); return null;
      case "move_quick_reply": {
        const { replies } = scene.quickReplies;
        replies.splice(request.to, 0, ...replies.splice(replies.findIndex((one) => one.id === request.id), 1));
        fake.changed("quick_replies"); return null;
      }
      case "keep_search": scene.recent = [request.text, ...scene.recent]; return null;
      case "forget_searches": scene.recent = []; fake.changed("search"); return null;
      case "next_opening": return { reply: "opening", opening: state === "no-hours" ? null : scene.opening };
      case "save_draft": {
        const room = rooms[request.room_id];
        const chosen = room.list?.find((item) => item.message_id === request.reply_to);
        const reply = chosen ? quote(Number(chosen.seq), chosen.own, chosen.text, chosen.retracted) : null;
        if ((room.arrived?.number ?? 0) > (request.seen ?? 0)) room.offer = { text: room.arrived.text, reply_to: null, reply: null };
        if (request.decides) room.offer = request.decides.instead ? { text: request.decides.instead, reply_to: null, reply: null } : null;
        Object.assign(room, { draft: request.text, reply });
        setTimeout(() => fake.changed("timeline"), 0);
        return { reply: "draft_kept", seen: room.arrived?.number ?? 0 };
      }
      case "open_room": return { reply: "room", room_id: "11" };
      case "sign_in": return { error: wanted.get("error") ?? "wrong_credentials", ...(wanted.get("error") === "too_many_attempts" ? { retry_after_s: 30 } : {}) };
      case "unlock": return { error: "wrong_passphrase" };
      case "sign_out": return request.discard_unsent ? null : { error: "unsent_messages", count: 3 };
      default: return null;
    }
  };
  return scene;
};
