// One room, live: the room socket, HTTP when it is blocked, read marks when the page is looked at.
"use strict";

const timeline = document.getElementById("timeline");
const list = document.getElementById("messages");
const form = document.getElementById("composer");
const { room, meType, meId, notSent, urgent } = timeline.dataset;
const showsLatest = timeline.dataset.newest === timeline.dataset.last;
let newest = Number(timeline.dataset.newest);
let socket = null;
let attempts = 0;
let marked = 0;

const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]*)/) || [])[1] || "";

function localTime(iso) {
  const at = new Date(iso);
  const today = new Date().toDateString() === at.toDateString();
  const parts = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang, parts).format(at);
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function show(message) {
  if (list.querySelector(`[data-id="${message.id}"]`)) return;
  const own = message.sender_type === meType && String(message.sender_id) === meId;
  const item = element("li", `message message--${own ? "out" : "in"}`, "");
  item.dataset.id = message.id;
  if (message.urgent) item.append(element("strong", "message__urgent", urgent));
  const text = element("p", "message__text", message.text);
  text.dir = "auto";
  const time = element("time", "", localTime(message.timestamp));
  time.dateTime = message.timestamp;
  const meta = element("span", "message__meta", "");
  meta.append(time);
  item.append(text, meta);
  const empty = timeline.querySelector(".timeline__empty");
  if (empty) empty.remove();
  list.append(item);
  newest = Math.max(newest, message.room_seq);
  item.scrollIntoView({ block: "end" });
  markRead();
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// What came while no socket was open; also the way without sockets.
async function catchUp() {
  for (let more = true; more; ) {
    const answer = await fetch(`/chat/messages/${room}/?after=${newest}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const page = await answer.json();
    for (const message of page.messages) {
      newest = Math.max(newest, message.room_seq);
      if (!message.retracted_at) show({ ...message, text: message.content });
    }
    more = page.has_more;
  }
}

function markRead() {
  if (document.visibilityState !== "visible" || !document.hasFocus() || newest <= marked) return;
  marked = newest;
  post(`/chat/room/${room}/read/`, { up_to: newest }).catch(() => { marked = 0; });
}

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/chat/${room}/`);
  socket.onopen = () => { attempts = 0; catchUp().catch(() => {}); };
  socket.onmessage = (frame) => {
    const data = JSON.parse(frame.data);
    if (data.type === "error") { form?.setAttribute("data-error", data.code); return; }
    show({ ...data, text: data.message });
  };
  socket.onclose = () => {
    socket = null;
    attempts += 1;
    const most = Math.min(30_000, 500 * 2 ** attempts);
    setTimeout(connect, most / 2 + Math.random() * (most / 2));
  };
}

function say(text) {
  let notice = document.getElementById("notice");
  if (!notice) {
    notice = element("p", "notice", "");
    notice.id = "notice";
    notice.setAttribute("role", "alert");
    form.before(notice);
  }
  notice.textContent = text;
  notice.hidden = !text;
}

// Over HTTP: the answer says that it is stored, and the client_id makes a second try harmless.
async function send(event) {
  event.preventDefault();
  const input = form.elements.message;
  const text = input.value.trim();
  if (!text) return;
  const command = { room_id: Number(room), message: text, client_id: form.elements.client_id.value };
  try {
    const stored = await post("/chat/send-message/", command);
    show({ ...stored.message, text: stored.message.content });
    if (input.value.trim() === text) input.value = "";
    form.elements.client_id.value = newClientId();
    say("");
  } catch {
    say(notSent);
  }
}

// crypto.randomUUID exists on https and localhost only.
function newClientId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

for (const time of document.querySelectorAll("time[datetime]")) time.textContent = localTime(time.dateTime);
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
  setInterval(() => { if (!socket || socket.readyState !== WebSocket.OPEN) catchUp().catch(() => {}); }, 5_000);
  addEventListener("focus", markRead);
  document.addEventListener("visibilitychange", markRead);
  markRead();
}
