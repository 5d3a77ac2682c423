// Going from one place to another: what is seen is told, and the focus is always somewhere.
import { asked, equal, text, that, until } from "./check.mjs";

const focused = (page, selector, what) => until(page, (selector) => document.activeElement?.matches(selector), selector, what ?? `focus on ${selector}`);
const press = (page, init) => page.evaluate((init) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init })), init);
const wish = (page, message_id) => page.evaluate((message_id) => {
  const { scene } = window.fake;
  scene.shell = { wish: scene.shell.wish + 1, open: { room_id: "1", message_id } };
  window.fake.changed("shell");
}, message_id);

export const places = async ({ test }) => {
  await test("in the settings no conversation is in view", { state: "conversation", room: "1" }, async (page) => {
    await until(page, () => window.fake.asked.some((one) => one.request === "in_view" && one.displayed === "8"));
    await page.keyboard.press("Control+,");
    await page.waitForSelector(".settings");
    await until(page, () => window.fake.asked.filter((one) => one.request === "in_view").at(-1).room_id === null);
  });

  await test("what this computer does not have is never said to be displayed", { state: "gaps", room: "1", unread: "242" }, async (page) => {
    await page.waitForSelector(".new-line + .gap-row");
    await page.keyboard.press("Escape");
    const told = (await asked(page, "in_view")).map((one) => Number(one.displayed));
    that(Math.max(...told) <= 241, `displayed: ${told}`);
  });

  await test("a message that is sought is brought before the eye", { state: "long", room: "1", unread: "99950" }, async (page) => {
    await page.waitForSelector(".new-line");
    await wish(page, "100990");
    await until(page, () => {
      const view = document.querySelector(".message-list__viewport").getBoundingClientRect();
      const item = document.querySelector("[data-key='m:99990']")?.getBoundingClientRect();
      return item && item.top >= view.top && item.bottom <= view.bottom;
    });
  });

  await test("leaving a conversation leads to its row, also from its header", { state: "conversation", room: "2" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.keyboard.press("Escape");
    await focused(page, ".room-row[data-room='2']");
    await page.setViewportSize({ width: 500, height: 800 });
    await page.keyboard.press("Enter");
    await page.click(".conversation-header__back");
    await focused(page, ".room-row[data-room='2']");
  });

  await test("the settings take the focus and give it back", { state: "conversation", room: "1" }, async (page) => {
    await focused(page, ".composer__input");
    await page.keyboard.press("Control+,");
    await focused(page, ".settings__title");
    await page.keyboard.press("Escape");
    await focused(page, ".composer__input");
  });

  await test("jumping, Home and End keep the focus in the messages", { state: "long", room: "1", unread: "99000" }, async (page) => {
    await page.waitForSelector(".new-line");
    await page.focus(".jump-button");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-key='m:100000']");
    await until(page, () => !document.querySelector(".jump-button"));
    await focused(page, ".message-list__viewport");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    await page.waitForSelector("[data-key='m:1']");
    await focused(page, ".message-list__viewport");
  });

  await test("the arrows go from a link to the neighbour of its message", { state: "conversation", room: "1" }, async (page) => {
    await page.focus(".message-text__link");
    await page.keyboard.press("ArrowDown");
    await focused(page, "[data-key='m:6']");
  });

  await test("the cross of a dialog's search keeps the focus in the dialog", { state: "conversation" }, async (page) => {
    await page.click("[aria-label='New conversation']");
    await page.fill(".dialog .search-field__input", "zzz");
    await page.click(".dialog .search-field__clear");
    await focused(page, ".dialog .search-field__input");
  });

  await test("details over the conversation take the focus, and Escape closes only them", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.click("[aria-label^='Details about'][aria-pressed]");
    await page.waitForSelector("dialog.details-panel");
    for (let n = 0; n < 4; n += 1) {
      that(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement.closest(".details-panel")), "the focus is in the details");
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".details-panel"));
    equal(await text(page, ".conversation-header__name"), "Ana Ribeiro", "the conversation");
    await focused(page, "[aria-label^='Details about']");
    await page.click("[aria-label^='Details about'][aria-pressed]");
    await page.waitForSelector("dialog.details-panel");
    await page.mouse.click(100, 400);
    await until(page, () => !document.querySelector(".details-panel"));
  }, { width: 1000, height: 800 });

  await test("on an Arabic keyboard the keys of the list work, too", { state: "conversation" }, async (page) => {
    await page.focus(".rail__item >> nth=0");
    await press(page, { key: "ن", code: "KeyK", ctrlKey: true });
    await focused(page, ".search-field__input");
    await press(page, { key: "و", code: "Comma", ctrlKey: true });
    await page.waitForSelector(".settings");
    await press(page, { key: "؟", code: "Slash", shiftKey: true });
    await page.waitForSelector(".dialog .key-list");
  });

  await test("searching from the settings leaves the open conversation open", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.keyboard.press("Control+,");
    await page.waitForSelector(".settings");
    await page.keyboard.press("Control+k");
    await focused(page, ".search-field__input");
    equal(await text(page, ".conversation-header__name"), "Ana Ribeiro", "the conversation");
  });

  await test("at midnight today becomes yesterday", { state: "conversation", room: "1" }, async (page) => {
    await page.clock.install();
    await page.reload();
    await page.waitForSelector(".day-separator >> text=Today");
    await page.clock.fastForward("24:00:05");
    await page.waitForSelector(".day-separator >> text=Yesterday");
    await page.waitForSelector(".room-row >> nth=0 >> text=Yesterday");
  });

  await test("a message written on another day says so", { state: "problems", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble__written");
    await page.evaluate(() => {
      const { list } = window.fake.scene.room;
      const at = list.findIndex((one) => one.written_at);
      list[at] = { ...list[at], written_at: new Date(new Date(list[at].at).getTime() - 26 * 3600000).toISOString() };
      window.fake.changed("timeline");
    });
    await until(page, () => /Written .*[A-Z][a-z]{2}.*15:30.*sent .*17:30/.test(document.querySelector(".message-bubble__written").textContent));
  });

  for (const [place, size] of [["the list", { width: 500, height: 800 }], ["the settings", undefined]]) {
    await test(`${place} says how the server is reached`, { state: "signed-out" }, async (page) => {
      if (place === "the settings") await page.keyboard.press("Control+,");
      await page.click(".connection-bar .button");
      await page.waitForSelector(".dialog #password");
    }, size);
  }

  await test("a link that does not open says so", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => { window.fake.scene.refuseLinks = "internal"; });
    await page.click(".message-text__link");
    await page.waitForSelector(".dialog >> text=could not be opened");
    equal(await text(page, ".dialog__url"), "https://diary.example.org/ana/week-46", "in full");
  });

  await test("a message that can no longer be deleted says so at its row", { state: "problems", room: "1" }, async (page) => {
    await page.evaluate(() => { window.fake.scene.answer = (one) => (one.request === "discard" ? { error: "not_discardable" } : null); });
    await page.click(".message-problem >> nth=0 >> text=Delete");
    await page.waitForSelector("[data-key$='2'] [role=alert] >> text=can no longer be deleted");
    await page.click(".message-problem >> nth=0 >> text=Retry");
    await until(page, () => !document.querySelector(".message-problem [role=alert]"));
  });

  await test("keys are named as on the keyboard of the language", { state: "conversation", lang: "de" }, async (page) => {
    equal(await text(page, ".search-field__key"), "Strg K", "hint");
    await page.focus(".rail__item >> nth=0");
    await page.keyboard.press("?");
    await page.waitForSelector(".key-list kbd >> text=Strg");
  });
};
