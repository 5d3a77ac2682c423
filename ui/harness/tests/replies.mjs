// Replying: by pointer and by keyboard, with the draft, and to where the original is.
import { asked, equal, text, that, until } from "./check.mjs";

const STATE = { state: "replies", room: "1" };
const at = (seq) => `[data-key='m:${seq}']`;
const focused = (page, selector) => until(page, (selector) => document.activeElement?.matches(selector), selector, `focus on ${selector}`);
const onScreen = (page, selector) => until(page, (selector) => {
  const view = document.querySelector(".message-list__viewport").getBoundingClientRect();
  const item = document.querySelector(selector)?.getBoundingClientRect();
  return item && item.top >= view.top && item.bottom <= view.bottom;
}, selector, `${selector} on screen`);
const plain = (text) => text.replace(/[\u2068\u2069]/g, "");

export const replies = async ({ test }) => {
  await test("R on a message begins a reply, which is sent with its id, and the bar is gone", STATE, async (page) => {
    await page.focus(at(8));
    await page.keyboard.press("r");
    await focused(page, ".composer__input");
    equal(plain(await text(page, ".reply-bar__to")), "Reply to Ana Ribeiro", "to whom");
    that((await text(page, ".reply-bar__text")).startsWith("هل أتناول"), "what");
    await page.keyboard.type("Yes");
    await page.keyboard.press("Enter");
    await until(page, () => !document.querySelector(".reply-bar") && document.querySelector(".composer__input").value === "");
    equal(await asked(page, "send"), [{ request: "send", room_id: "1", text: "Yes", urgent: false, reply_to: "1008" }], "asked");
    await page.fill(".composer__input", "And this");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_draft" && one.text === "And this"));
    equal((await asked(page, "save_draft")).at(-1).reply_to, undefined, "the next one replies to nothing");
  });

  await test("Escape cancels a reply and keeps the words", STATE, async (page) => {
    await page.hover(`${at(3)} .message-bubble__body`);
    await page.click(`${at(3)} .message-toolbar [aria-label='Reply']`);
    await focused(page, ".composer__input");
    await page.keyboard.type("Half a");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".reply-bar"));
    equal(await page.inputValue(".composer__input"), "Half a", "words");
    equal(await page.locator(".conversation-header").count(), 1, "the conversation is still open");
    await page.keyboard.press("Enter");
    await until(page, () => window.fake.asked.some((one) => one.request === "send"));
    equal((await asked(page, "send"))[0].reply_to, undefined, "replies to nothing");
  });

  await test("a draft is kept with what it replies to, and is there again", STATE, async (page) => {
    await page.click(`${at(6)} .message-text`, { button: "right" });
    await page.click(".menu__item >> text=Reply");
    await page.waitForSelector(".reply-bar");
    equal(await text(page, ".reply-bar__to"), "Reply to your own message", "to oneself");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_draft" && one.reply_to === "1006" && one.text === ""));
    await page.keyboard.type("Half a");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_draft" && one.reply_to === "1006" && one.text === "Half a"));
    await page.click(".room-row[data-room='3']");
    await until(page, () => !document.querySelector(".reply-bar"));
    await page.click(".room-row[data-room='1']");
    await page.waitForSelector(".reply-bar");
    equal(await page.inputValue(".composer__input"), "Half a", "words");
    await page.click(".reply-bar [aria-label='Cancel reply']");
    await focused(page, ".composer__input");
    await until(page, () => window.fake.asked.filter((one) => one.request === "save_draft").at(-1).reply_to === undefined);
  });

  await test("what is taken back while one replies to it is no longer shown", STATE, async (page) => {
    await page.focus(at(3));
    await page.keyboard.press("r");
    await page.waitForSelector(".reply-bar >> text=And the iron?");
    await page.evaluate(() => {
      const { list } = window.fake.scene.room;
      list[2] = { ...list[2], text: "", retracted: true, reactable: false };
      list[3] = { ...list[3], reply: { ...list[3].reply, text: "", retracted: true } };
      window.fake.changed("timeline");
    });
    await page.waitForSelector(".reply-bar >> text=Message taken back");
    equal(await text(page, `${at(4)} .message-quote__text`), "Message taken back", "the quote");
    that(!(await page.content()).includes("And the iron?"), "the words are nowhere");
  });

  await test("a quote says whom and what it replies to, in the message's own label as well", STATE, async (page) => {
    await page.waitForSelector(at(4));
    equal(await page.textContent(`${at(4)} .message-quote`), "Reply to Ana RibeiroThank you. And the iron?", "quote");
    equal((await page.textContent(`${at(3)} .message-quote`)).slice(0, 25), "Reply to YouAfter eating,", "own");
    that(plain(await page.getAttribute(at(6), "aria-label")).includes("Reply to Ana Ribeiro: Message taken back"), "label");
    equal(await text(page, `${at(6)} .message-quote__text`), "Message taken back", "text");
    equal(await page.locator(`${at(5)} .message-quote`).count(), 0, "what was taken back quotes nothing");
  });

  await test("a press on a quote goes to its original, which takes the focus", STATE, async (page) => {
    await page.click(`${at(4)} .message-quote`);
    await focused(page, at(3));
    await page.waitForSelector(`${at(3)}.message-bubble--visited`);
    await page.focus(`${at(3)} .message-quote`);
    await page.keyboard.press("Enter");
    await focused(page, at(2));
    await onScreen(page, at(2));
    equal(await page.locator("[class*='message-bubble--visited']").count(), 1, "only one is marked");
  });

  await test("an original far away is loaded, shown and focused", { state: "long", room: "1" }, async (page) => {
    await page.click("[data-key='m:100000'] .message-quote");
    await onScreen(page, at(500));
    await focused(page, at(500));
    await page.waitForSelector(`${at(500)}[class*='message-bubble--visited']`);
    await page.keyboard.press("ArrowDown");
    await focused(page, at(501));
  });

  await test("what the server does not have yet, or was taken back, is not replied to", STATE, async (page) => {
    await page.focus("[data-key^='c:']");
    await page.keyboard.press("r");
    await page.focus(at(5));
    await page.keyboard.press("r");
    equal(await page.locator(".reply-bar").count(), 0, "bars");
    await page.hover("[data-key^='c:'] .message-bubble__body");
    await page.waitForSelector("[data-key^='c:'] .message-toolbar");
    equal(await page.locator(".message-toolbar [aria-label='Reply']").count(), 0, "buttons");
  });

  await test("replying while a message is being changed leaves that as it is", STATE, async (page) => {
    await page.fill(".composer__input", "My draft");
    await page.click(`${at(4)} .message-bubble__body`, { button: "right" });
    await page.click(".menu__item >> text=Edit");
    await page.waitForSelector(".composer__editing");
    await page.focus(at(8));
    await page.keyboard.press("r");
    await page.waitForSelector(".reply-bar");
    equal([await page.inputValue(".composer__input"), await page.locator(".composer__editing").count()], ["My draft", 0], "box");
    equal(await asked(page, "edit_message"), [], "asked");
  });
};
