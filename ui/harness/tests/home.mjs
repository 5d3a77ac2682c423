// The home page: what waits for one, and the ways from there.
import { asked, equal, text, that, until } from "./check.mjs";

const go = async (page) => {
  await page.keyboard.press("Control+1");
  await page.waitForSelector(".home");
};
const focused = (page, selector) => until(page, (selector) => document.activeElement?.matches(selector), selector, `focus on ${selector}`);
const named = (name) => `.home-card:has(#home-${name})`;

export const home = async ({ test }) => {
  await test("conversations come first; home is one press away, and Escape leads back", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    equal(await page.locator(".home").count(), 0, "home pages at the start");
    await go(page);
    await focused(page, ".home__title");
    equal(await page.getAttribute(".rail__item >> nth=0", "aria-current"), "page", "the rail says where one is");
    await page.keyboard.press("Escape");
    await focused(page, ".composer__input");
    equal(await text(page, ".conversation-header__name"), "Ana Ribeiro", "the conversation that was open");
    await page.keyboard.press("Control+1");
    await page.keyboard.press("Control+2");
    await page.waitForSelector(".conversations");
  });

  await test("on the home page no conversation is in view", { state: "conversation", room: "1" }, async (page) => {
    await until(page, () => window.fake.asked.some((one) => one.request === "in_view" && one.displayed === "8"));
    await go(page);
    await until(page, () => window.fake.asked.filter((one) => one.request === "in_view").at(-1).room_id === null);
  });

  await test("who waits longest comes first, says how long, and a press opens the conversation", { state: "conversation" }, async (page) => {
    await go(page);
    const rows = page.locator(`${named("waiting")} .room-row`);
    equal(await rows.count(), 5, "rows");
    that(/^(39|40) days$/.test(await rows.first().locator(".room-row__time").innerText()), "forty days");
    that((await text(page, named("waiting"))).includes("and 2 more"), "how many more");
    await rows.nth(1).click();
    await page.waitForSelector(".conversation-header__name >> text=Dolores Castillo");
  });

  await test("how long somebody waits grows while one looks", { state: "conversation" }, async (page) => {
    await page.clock.install();
    await page.reload();
    await page.waitForSelector(".workspace");
    await go(page);
    const before = await text(page, `${named("waiting")} .room-row__time >> nth=1`);
    await page.clock.fastForward("48:00:05");
    await until(page, ([selector, before]) => {
      const rows = document.querySelectorAll(selector);
      return rows[1]?.textContent !== before;
    }, [`${named("waiting")} .room-row__time`, before]);
  });

  for (const [name, size] of [["beside the conversation", undefined], ["in one column", { width: 500, height: 800 }]]) {
    await test(`all unread are shown in the list, ${name}`, { state: "home-full", room: "1" }, async (page) => {
      await page.waitForSelector(".composer__input");
      await go(page);
      that((await text(page, named("unread"))).includes("and 21 more"), "how many more");
      await page.click(`${named("unread")} .button--link`);
      await until(page, () => document.querySelectorAll(".room-row").length === 2 && document.querySelector(".conversations").offsetWidth > 0);
      await focused(page, ".chip--on");
      that((await text(page, ".chip--on")).startsWith("Unread"), "the filter");
    }, size);
  }

  await test("what was not sent is said first and leads to its conversation", { state: "conversation", parked: "1" }, async (page) => {
    await go(page);
    that((await text(page, ".home .alert--error")).includes("1 message was NOT sent"), "said");
    that((await text(page, `${named("unsent")} .room-row >> nth=0`)).includes("Not sent:"), "what needs its author is first");
    await page.click(`${named("unsent")} .room-row >> nth=0`);
    await page.waitForSelector(".conversation-header__name >> text=Peter Whitfield");
  });

  await test("a patient finds the care team, and begins a conversation with a press", { state: "conversation", as: "patient" }, async (page) => {
    await go(page);
    equal((await asked(page, "refresh_people")).length, 1, "linked people asked for");
    equal(await page.locator(`${named("waiting")}, ${named("urgent")}`).count(), 0, "a practitioner's cards");
    that((await text(page, ".home-person >> nth=0")).includes("General practitioner"), "profession");
    await page.evaluate(() => { window.fake.held = []; });
    await page.click(".home-person >> nth=2");
    await page.waitForSelector(".home-person >> text=Opening");
    await page.click(".home-person >> nth=2");
    await page.evaluate(() => window.fake.release());
    await page.waitForSelector(".conversation-header");
    equal((await asked(page, "open_room")).map((one) => one.account_id), ["43"], "who, once");
  });

  await test("a conversation that cannot be begun is said on the home page", { state: "conversation", as: "patient" }, async (page) => {
    await go(page);
    await page.evaluate(() => { window.fake.scene.answer = (one) => (one.request === "open_room" ? { error: "offline" } : null); });
    await page.click(".home-person >> nth=2");
    await page.waitForSelector(".home .alert--error >> text=needs a connection");
    equal(await page.locator(".home").count(), 1, "still there");
  });

  await test("the clinic's card goes by the clinic's own clock", { state: "conversation", as: "patient" }, async (page) => {
    const said = (what) => until(page, (what) => document.querySelector(".clinic-card__state")?.textContent.includes(what), what, what);
    const opens = (opening) => page.evaluate((opening) => { window.fake.scene.opening = { date: "2026-12-01", ...opening }; }, opening);
    await page.clock.install({ time: new Date("2026-11-30T07:30:00Z") });
    await page.reload();
    await page.waitForSelector(".workspace");
    await opens({ weekday: 1, days: 0, from: "14:00", open_until: "12:00" });
    await go(page);
    await said("Open now, until 12:00");
    await opens({ weekday: 1, days: 0, from: "14:00" });
    await page.clock.fastForward("02:00");
    await said("Closed now. Opens today at 14:00");
    await opens({ weekday: 2, days: 1, from: "08:00" });
    await page.clock.fastForward("02:00");
    await said("Closed now. Opens Tuesday 08:00");
    await page.click(".clinic-card .phone-link >> nth=0");
    await until(page, () => window.fake.asked.some((one) => one.request === "open_external" && one.url === "tel:+493023125100"));
  }, { timezoneId: "America/New_York" });

  await test("whoever has not read for days can be called instead", { state: "conversation" }, async (page) => {
    await go(page);
    await page.click(`${named("unseen")} .phone-link`);
    await until(page, () => window.fake.asked.some((one) => one.request === "open_external" && one.url.startsWith("tel:+4930")));
  });

  await test("whoever has not read for days can be called from the list and from the conversation", { state: "marks" }, async (page) => {
    await page.click(".chip >> text=Unread by patient");
    await page.waitForSelector(".room-list__call .phone-link");
    await page.click(".room-list__call .phone-link >> nth=0");
    await until(page, () => window.fake.asked.some((one) => one.request === "open_external"));
    await page.click(".room-row >> nth=0");
    await page.waitForSelector(".unseen-notice .phone-link");
    await page.click(".unseen-notice .phone-link");
    await until(page, () => window.fake.asked.filter((one) => one.request === "open_external").length === 2);
  });

  await test("after how many days is a practitioner's choice", { state: "conversation" }, async (page) => {
    await page.keyboard.press("Control+,");
    await page.selectOption("#unseen-days", "7");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_settings" && one.settings.unseen_days === 7));
  });

  await test("when nothing waits it says so", { state: "home-quiet" }, async (page) => {
    await go(page);
    await page.waitForSelector(".empty-state >> text=Nothing is waiting for you");
  });

  await test("the first time a practitioner is shown where to begin", { state: "first-run" }, async (page) => {
    await go(page);
    await page.click(".home .empty-state .button");
    await page.waitForSelector(".dialog .person-row");
  });

  await test("the rows of all cards are walked with the arrows", { state: "conversation" }, async (page) => {
    await go(page);
    await page.focus(`${named("unsent")} .room-row >> nth=1`);
    await page.keyboard.press("ArrowDown");
    that(await page.evaluate(() => !!document.activeElement.closest(".home-card")?.querySelector("#home-urgent")), "on to the next card");
  });

  await test("the chat's badge says how much is unread, up to ninety-nine", { state: "conversation", badge: "140" }, async (page) => {
    const item = page.locator(".rail__item >> nth=1");
    equal(await item.locator(".badge").innerText(), "99+", "badge");
    that((await item.innerText()).includes("140 unread messages"), "in words, exactly");
  });
};
