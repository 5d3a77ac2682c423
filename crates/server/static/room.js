// One room, live: the room socket, HTTP when it is blocked, read marks when the page is looked at.
"use strict";

const timeline = document.getElementById("timeline");
const list = document.getElementById("messages");
const form = document.getElementById("composer");
const { room, me, meType, meId, you, other, notSent, notWritable, urgent, retracted } = timeline.dataset;
const { signedOut, signIn, missing } = timeline.dataset;
const showsLatest = timeline.dataset.newest === timeline.dataset.last;
// Everything up to this place is shown, without a hole. Only it is asked for and marked as read by.
let place = Number(timeline.dataset.newest);
let socket = null;
let attempts = 0;
let marked = 0;
// Whether something may be missing, and whether it is being asked for.
let behind = false;
let catching = false;
// The text last tried and its id: the same text again is the same message.
let tried = null;

// Whether the session has ended: only signing in again helps then.
let over = false;

const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]*)/) || [])[1] || "";

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function bubble(message) {
  const own = message.sender_type === meType && String(message.sender_id) === meId;
  const item = element("li", `message message--${own ? "out" : "in"}`, "");
  item.dataset.id = message.id;
  item.dataset.seq = message.room_seq;
  item.id = `m${message.room_seq}`;
  if (message.urgent) item.append(element("strong", "message__urgent", urgent));
  if (message.quote) item.append(quoted(message.quote));
  const text = element("p", "message__text", message.text);
  text.dir = "auto";
  const time = element("time", "", localTime(message.timestamp));
  time.dateTime = message.timestamp;
  const meta = element("span", "message__meta", "");
  meta.append(time);
  item.append(text, meta);
  return item;
}

// What a message replies to; it leads there, on this page or on the one that has it.
function quoted(quote) {
  const link = element("a", "message__quote", "");
  link.href = `${shownAt(quote.room_seq) ? "" : `?before=${quote.room_seq + 1}`}#m${quote.room_seq}`;
  const name = element("strong", "", String(quote.sender_account) === me ? you : other);
  const text = element("span", quote.retracted ? "message__text--gone" : "", quote.retracted ? retracted : quote.text);
  for (const part of [name, text]) part.dir = "auto";
  link.append(name, text);
  return link;
}

// At its place in the order, whenever it came.
function show(message) {
  if (tried && message.client_id === tried.id) stored(tried);
  if (shownAt(message.room_seq)) return;
  const item = bubble(message);
  const after = Array.from(list.children).find((other) => Number(other.dataset.seq) > message.room_seq);
  timeline.querySelector(".timeline__empty")?.remove();
  list.insertBefore(item, after || null);
  if (!after) item.scrollIntoView({ block: "end" });
}

const shownAt = (seq) => list.querySelector(`[data-seq="${seq}"]`);

// A message by the socket or as the answer to one's own: shown at once; what lies before it is asked for.
function arrived(message) {
  show(message);
  while (shownAt(place + 1)) place += 1;
  if (message.room_seq > place) catchUp();
  markRead();
}

async function post(path, body) {
  return said(await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
  }));
}

async function said(answer) {
  if (answer.ok) return answer.json();
  if (answer.status === 401) end();
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.code || String(answer.status));
}

// Nothing is sent or received any more; what was written stays in its box.
function end() {
  over = true;
  const link = element("a", "", signIn);
  link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
  say(signedOut, link);
}

// What came while no socket was open, or is missing before what did; also the way without sockets.
async function catchUp() {
  behind = true;
  if (catching) return;
  catching = true;
  try {
    while (behind) {
      behind = false;
      behind = (await nextPage()) || behind;
    }
    if (noticed === missing) say("");
  } catch {
    behind = true; // Asked again by the timer.
    if (!over && !noticed) say(missing);
  } finally {
    catching = false;
  }
}

// Everything between the last place and the page's end is on the page: places are dense.
async function nextPage() {
  const page = await said(
    await fetch(`/chat/messages/${room}/?after=${place}`, { headers: { Accept: "application/json" } }),
  );
  for (const message of page.messages) {
    if (!message.retracted_at) show({ ...message, text: message.content });
    place = Math.max(place, message.room_seq);
  }
  markRead();
  return page.has_more;
}

function markRead() {
  if (document.visibilityState !== "visible" || !document.hasFocus() || place <= marked) return;
  marked = place;
  post(`/chat/room/${room}/read/`, { up_to: place }).catch(() => { marked = 0; });
}

function connect() {
  if (over) return;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/chat/${room}/`);
  socket.onopen = () => { attempts = 0; catchUp(); };
  socket.onmessage = (frame) => {
    const data = JSON.parse(frame.data);
    if (data.type === "error") { troubled(data.code); return; }
    arrived({ ...data, text: data.message });
  };
  socket.onclose = () => {
    socket = null;
    attempts += 1;
    const most = Math.min(30_000, 500 * 2 ** attempts);
    setTimeout(connect, most / 2 + Math.random() * (most / 2));
  };
}

// What the socket ends for; what may have been missed is asked for, and said to be missing if that fails too.
function troubled(code) {
  if (code === "unauthenticated") end();
  else catchUp();
}

let noticed = "";

function say(text, ...links) {
  noticed = text;
  let notice = document.getElementById("notice");
  if (!notice) {
    notice = element("p", "notice", "");
    notice.id = "notice";
    notice.setAttribute("role", "alert");
    timeline.after(notice);
  }
  notice.replaceChildren(text);
  for (const link of links) notice.append(" ", link);
  notice.hidden = !text;
}

// Over HTTP: the answer says that it is stored, and the client_id makes a second try harmless.
async function send(event) {
  event.preventDefault();
  const text = form.elements.message.value.trim();
  if (!text) return;
  if (tried?.text !== text) tried = { text, id: newClientId() };
  const attempt = tried;
  try {
    const answer = await post("/chat/send-message/", { room_id: Number(room), message: text, client_id: attempt.id });
    stored(attempt);
    if (showsLatest) arrived({ ...answer.message, text: answer.message.content });
    else location.assign(location.pathname);
  } catch (error) {
    failed(attempt, error);
  }
}

function stored(attempt) {
  if (tried !== attempt) return;
  const input = form.elements.message;
  if (input.value.trim() === attempt.text) input.value = "";
  tried = null;
  say("");
}

// The answer alone may have been lost: what is stored shows in the conversation, and clears the composer then.
function failed(attempt, error) {
  if (error.message === "client_id_reused" && tried === attempt) tried = null;
  if (over) return;
  say(error.message === "forbidden" ? notWritable : notSent);
  if (showsLatest) catchUp();
}

// crypto.randomUUID exists on https and localhost only.
function newClientId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

if (form) {
  form.addEventListener("submit", send);
  form.elements.message.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}
if (showsLatest) {
  list.lastElementChild?.scrollIntoView({ block: "end" });
  connect();
  setInterval(() => { if (!over && (behind || socket?.readyState !== WebSocket.OPEN)) catchUp(); }, 5_000);
  addEventListener("focus", markRead);
  document.addEventListener("visibilitychange", markRead);
  markRead();
}
