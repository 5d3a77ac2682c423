// A scripted shell for the browser tests: answers the webview's API from fixtures. Never part of the product.
// `window.fake` lets a test hold answers back, push changes and read what was asked.
(() => {
  const wanted = new URLSearchParams(location.search);
  const scene = window.fixtures(wanted.get("state") ?? "conversation", wanted);
  const callbacks = new Map();
  const subscriptions = new Map();
  let lastId = 0;
  const fake = { scene, asked: [], held: null, subscribed: 0, busy: 0, mute: null, muted: [] };

  const view = (query, subscription) => {
    switch (query.query) {
      case "session": return { view: "session", ...scene.session };
      case "connection": return { view: "connection", ...scene.connection };
      case "settings": return { view: "settings", ...scene.settings };
      case "home": return { view: "home", ...scene.home() };
      case "people": return { view: "people", ...scene.people };
      case "clinic": return { view: "clinic", ...scene.clinic };
      case "quick_replies": return { view: "quick_replies", ...scene.quickReplies };
      case "shell": return { view: "shell", ...scene.shell };
      case "rooms": return { view: "rooms", ...scene.rooms(query) };
      case "search": return { view: "search", ...scene.search(query) };
      case "find": return { view: "find", ...scene.find(query) };
      case "timeline": return { view: "timeline", ...scene.timeline(query.room_id, subscription) };
    }
  };

  const send = (subscription, body) => {
    subscription.revision += 1;
    const update = { subscription: subscription.id, revision: subscription.revision, body };
    const message = { message: JSON.stringify(update), index: subscription.index++ };
    fake.busy += 1;
    setTimeout(() => { fake.busy -= 1; callbacks.get(subscription.callback)?.(message); }, 0);
  };

  const snapshot = (subscription) => {
    if (fake.mute === subscription.query.query) { fake.muted.push(subscription); return; }
    subscription.held = view(subscription.query, subscription);
    if (subscription.query.query === "timeline" && !subscription.held.head) return;
    send(subscription, { body: "snapshot", view: subscription.held });
  };

  const listPatch = (old, now) => {
    const held = new Map(old.map((item) => [item.key, JSON.stringify(item)]));
    const order = now.map((item) => item.key);
    const same = order.join() === old.map((item) => item.key).join();
    return { upserted: now.filter((item) => held.get(item.key) !== JSON.stringify(item)), ...(same ? {} : { order }) };
  };

  const patch = (subscription) => {
    const old = subscription.held;
    const now = view(subscription.query, subscription);
    subscription.held = now;
    const base = subscription.revision;
    if (now.view === "timeline") {
      send(subscription, { body: "patch", base, patch: { patch: "timeline", head: now.head, items: listPatch(old.items, now.items) } });
    } else if (now.view === "rooms") {
      const { unread, unread_rooms, urgent_rooms, filters } = now;
      send(subscription, { body: "patch", base, patch: { patch: "rooms", unread, unread_rooms, urgent_rooms, filters, rows: listPatch(old.rows, now.rows) } });
    } else {
      send(subscription, { body: "snapshot", view: now });
    }
  };

  /** Sends everybody what has changed. */
  fake.changed = (kind) => {
    for (const subscription of subscriptions.values()) if (!kind || subscription.query.query === kind) patch(subscription);
  };
  /** A patch on a revision nobody holds. */
  fake.breakRevision = (kind) => {
    for (const subscription of subscriptions.values()) if (subscription.query.query === kind) { subscription.revision += 5; patch(subscription); }
  };
  /** The snapshots held back, in order. */
  fake.unmute = () => { const muted = fake.muted; fake.mute = null; fake.muted = []; muted.forEach(snapshot); };
  fake.release = () => { const held = fake.held; fake.held = []; held.forEach((go) => go()); fake.held = null; };

  const answer = async (request) => {
    if (fake.held && !["save_draft", "check_message"].includes(request.request)) await new Promise((go) => fake.held.push(go));
    const result = scene.answer(request, fake, subscriptions);
    if (result?.error) throw JSON.stringify(result);
    return JSON.stringify(result ?? { reply: "done" });
  };

  const commands = {
    request: ({ body }) => { const request = JSON.parse(body); fake.asked.push(request); return answer(request); },
    subscribe: async ({ query, channel }) => {
      const id = ++lastId;
      fake.subscribed += 1;
      const subscription = { id, query: JSON.parse(query), callback: Number(channel.replace("__CHANNEL__:", "")), revision: 0, index: 0 };
      subscriptions.set(id, subscription);
      snapshot(subscription);
      return id;
    },
    unsubscribe: async ({ subscription }) => { subscriptions.delete(subscription); },
    open_external: async ({ url }) => {
      fake.asked.push({ request: "open_external", url });
      await scene.holdLinks;
      if (scene.refuseLinks) throw JSON.stringify({ error: scene.refuseLinks });
    },
  };

  fake.patchTimeline = (id) => patch(subscriptions.get(id));
  window.fake = fake;
  window.__TAURI_INTERNALS__ = {
    transformCallback: (callback) => { const id = ++lastId; callbacks.set(id, callback); return id; },
    unregisterCallback: (id) => callbacks.delete(id),
    invoke: (command, payload) => commands[command](payload),
  };
})();
