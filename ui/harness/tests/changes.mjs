// Editing, taking back and reacting, by pointer and by keyboard.
import { asked, equal, text, that, until } from "./check.mjs";

const STATE = { state: "changes", room: "1" };
const value = (page) => page.inputValue(".composer__input");
const at = (seq) => `[data-key='m:${seq}']`;
const menu = (page, seq) => page.click(`${at(seq)} .message-bubble__body`, { button: "right" });
const focused = (page, selector) => until(page, (selector) => document.activeElement?.matches(selector), selector, `focus on ${selector}`);
const chips = (page, seq) => page.$$eval(`${at(seq)} .reactions__one`, (all) => all.map((one) => [one.getAttribute("aria-label").replace(/[\u2068\u2069]/g, ""), one.getAttribute("aria-pressed")]));
const answers = (page, name, answer) => page.evaluate(([name, answer]) => {
  const { scene } = window.fake;
  const before = scene.answer;
  scene.answer = (one, ...rest) => (one.request === name ? answer : before(one, ...rest));
}, [name, answer]);

export const changes = async ({ test }) => {
  await test("a message is reacted to with the keyboard alone, and keeps the focus", STATE, async (page) => {
    await page.focus(".message-list__viewport");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await focused(page, ".menu__emoji");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await until(page, (at) => document.querySelector(`${at} .reactions__one`), at(8));
    equal(await asked(page, "react"), [{ request: "react", room_id: "1", message_id: "1008", emoji: "❤️", on: true }], "asked");
    equal(await chips(page, 8), [["❤️ 1, You", "true"]], "chips");
    await focused(page, at(8));
  });

  await test("the arrows walk the whole menu, and Escape gives the focus back and leaves nothing", STATE, async (page) => {
    await page.focus(at(8));
    await page.keyboard.press("Shift+F10");
    await focused(page, ".menu__emoji");
    const seen = [];
    for (let n = 0; n < 6; n += 1) {
      await page.keyboard.press("ArrowDown");
      seen.push(await page.evaluate(() => document.activeElement.textContent));
    }
    equal(seen, ["Reply", "Copy text", "Edit", "Message details", "Take back", "👍"], "items");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".popup"));
    await focused(page, at(8));
    equal(await page.locator(".conversation-header").count(), 1, "the conversation is still open");
  });

  await test("the toolbar appears with the pointer and with the focus, and its targets are large enough", STATE, async (page) => {
    equal(await page.locator(".message-toolbar").count(), 0, "toolbars before");
    await page.hover(`${at(1)} .message-bubble__body`);
    await page.waitForSelector(`${at(1)} .message-toolbar`);
    await page.hover(".conversation-header");
    await until(page, () => !document.querySelector(".message-toolbar"));
    await page.focus(".message-list__viewport");
    await page.keyboard.press("ArrowUp");
    await page.waitForSelector(`${at(8)} .message-toolbar`);
    const small = await page.$$eval(".message-toolbar button, .reactions__one, .message-meta__edited", (all) => all.filter((one) => one.offsetHeight < 24 || one.offsetWidth < 24).map((one) => one.className));
    equal(small, [], "small targets");
    await page.keyboard.press("Tab");
    await focused(page, `${at(8)} .message-toolbar button`);
  });

  await test("a finger opens the menu by a tap, and it lies within a narrow window", STATE, async (page) => {
    await page.waitForSelector(at(8));
    await page.tap(`${at(8)} .message-bubble__body`);
    const box = await page.locator(".popup").boundingBox();
    that(box.x >= 0 && box.x + box.width <= 360 && box.y + box.height <= 640, JSON.stringify(box));
  }, { width: 360, height: 640, hasTouch: true });

  await test("a reaction says who set it, and a press toggles one's own", STATE, async (page) => {
    await page.waitForSelector(at(1));
    equal(await chips(page, 1), [["👍 2, You and Ana Ribeiro", "true"], ["🙏 1, Ana Ribeiro", "false"]], "chips");
    const chip = page.locator(`${at(1)} .reactions__one`).first();
    that(!(await chip.locator(".reactions__who").isVisible()), "hidden before");
    await chip.hover();
    that(await chip.locator(".reactions__who").isVisible(), "shown on hover");
    await chip.click();
    await until(page, () => document.querySelector("[data-key='m:1'] .reactions__one").getAttribute("aria-label") === "🙏 1, Ana Ribeiro");
    equal((await asked(page, "react"))[0].on, false, "taken off");
    that((await chips(page, 1)).some(([label, on]) => label === "👍 1, Ana Ribeiro" && on === "false"), "theirs stays");
  });

  await test("copying puts the text on the clipboard and says so", STATE, async (page) => {
    await menu(page, 8);
    await page.click(".menu__item >> text=Copy text");
    await page.waitForSelector(".copy-notice >> text=Copied");
    equal(await page.evaluate(() => navigator.clipboard.readText()), "See you then.", "clipboard");
  });

  await test("an edit that is cancelled changes nothing and gives the draft back", STATE, async (page) => {
    await page.fill(".composer__input", "My draft");
    await menu(page, 8);
    await page.click(".menu__item >> text=Edit");
    await page.waitForSelector(".composer__editing");
    await focused(page, ".composer__input");
    equal(await value(page), "See you then.", "text to edit");
    await page.fill(".composer__input", "Something else");
    await page.keyboard.press("Escape");
    await until(page, () => document.querySelector(".composer__input").value === "My draft");
    equal([await asked(page, "edit_message"), await page.locator(".composer__editing").count()], [[], 0], "asked, bar");
    const drafts = (await asked(page, "save_draft")).map((one) => one.text);
    that(drafts.every((draft) => draft === "My draft"), `drafts kept: ${drafts}`);
  });

  await test("Up in an empty box edits the last message, and Enter saves it", STATE, async (page) => {
    await page.press(".composer__input", "ArrowUp");
    await page.waitForSelector(".composer__editing");
    await page.press(".composer__input", "Enter");
    await until(page, () => !document.querySelector(".composer__editing"));
    equal(await asked(page, "edit_message"), [], "an unchanged text is not saved");
    await page.press(".composer__input", "ArrowUp");
    await page.fill(".composer__input", "See you on Thursday.");
    await page.press(".composer__input", "Enter");
    await until(page, () => document.querySelector(".composer__input").value === "");
    equal(await asked(page, "edit_message"), [{ request: "edit_message", room_id: "1", message_id: "1008", text: "See you on Thursday." }], "asked");
    equal(await asked(page, "send"), [], "nothing is sent as a new message");
    that((await page.getAttribute(at(8), "aria-label")).endsWith("edited, 14:28, Saving…"), "saving in words");
  });

  await test("an edit that cannot be kept stays in the box with the reason", STATE, async (page) => {
    await answers(page, "edit_message", { error: "not_changeable" });
    await page.press(".composer__input", "ArrowUp");
    await page.fill(".composer__input", "Another text");
    await page.press(".composer__input", "Enter");
    await page.waitForSelector(".composer .alert--error >> text=can no longer be changed");
    equal(await value(page), "Another text", "text");
  });

  await test("an emptied message is offered to be taken back, and the placeholder has its time", STATE, async (page) => {
    await page.press(".composer__input", "ArrowUp");
    await page.fill(".composer__input", " ");
    await page.press(".composer__input", "Enter");
    await page.waitForSelector(".dialog >> text=no longer be shown to Ana Ribeiro. It stays in the clinic’s record.");
    equal(await asked(page, "retract_message"), [], "nothing before the word");
    await page.click(".dialog .button--danger");
    await until(page, () => !document.querySelector(".dialog") && !document.querySelector(".composer__editing"));
    equal((await asked(page, "retract_message")).map((one) => one.message_id), ["1008"], "asked");
    equal((await text(page, at(8))).replace(/\s+/g, " "), "You took this message back 14:28 Read", "placeholder");
    await page.click(`${at(8)} .message-bubble__body`, { button: "right" });
    equal(await page.locator(".menu").count(), 0, "nothing is to be done with it");
  });

  await test("a take back that is not confirmed does nothing", STATE, async (page) => {
    await menu(page, 8);
    await page.click(".menu__item >> text=Take back");
    await page.waitForSelector(".dialog");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".dialog"));
    equal(await asked(page, "retract_message"), [], "asked");
    await focused(page, at(8));
  });

  await test("a refused change says why, and is tried again or discarded", STATE, async (page) => {
    await page.waitForSelector(at(7));
    equal(await text(page, `${at(6)} .message-problem__reason`), "Change not saved: it is too long.", "reason of the edit");
    equal(await text(page, `${at(7)} .message-problem__reason`), "Not taken back: you may not write here any more.", "reason of the retraction");
    await page.click(`${at(6)} .message-problem .button >> text=Retry`);
    await until(page, (at) => !document.querySelector(`${at} .message-problem`), at(6));
    await page.click(`${at(7)} .message-problem .button >> text=Discard change`);
    await until(page, (at) => !document.querySelector(`${at} .message-problem`), at(7));
    equal([(await asked(page, "retry_change"))[0].message_id, (await asked(page, "discard_change"))[0].message_id], ["1006", "1007"], "asked");
  });

  await test("the versions are shown newest first, and without a connection it says so", STATE, async (page) => {
    await answers(page, "versions", { error: "offline" });
    await page.click(`${at(2)} .message-meta__edited`);
    await page.waitForSelector(".dialog .alert--error >> text=This needs a connection");
    await page.evaluate(() => { window.fake.scene.answer = () => ({ reply: "versions", versions: [{ text: "Old", at: "2026-11-16T10:00:00.000Z" }, { text: "New", at: "2026-11-16T11:00:00.000Z" }] }); });
    await page.click(".dialog .button >> text=Try again");
    await page.waitForSelector(".versions__one");
    equal(await page.$$eval(".versions__text", (all) => all.map((one) => one.textContent)), ["New", "Old"], "texts");
    that((await text(page, ".versions__when")).startsWith("Now"), "the newest is marked");
  });

  await test("the details say when each thing happened, first what is here and then what the server knows", STATE, async (page) => {
    await answers(page, "message_details", { error: "offline" });
    await menu(page, 2);
    await page.click(".menu__item >> text=Message details");
    await page.waitForSelector(".moments__note");
    const rows = () => page.$$eval(".moments__row", (all) => all.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent.length > 18 ? "moment" : row.querySelector("dd").textContent]));
    equal(await rows(), [["Sent", "moment"], ["Delivered", "Time not known"], ["Read", "Time not known"]], "without a connection");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".dialog"));
    await focused(page, at(2));
    await page.evaluate(() => { const { scene } = window.fake; const before = scene.answer; scene.answer = (one, ...rest) => (one.request === "message_details" ? window.fake.details(one) : before(one, ...rest)); window.fake.details = (one) => ({ reply: "details", details: { state: { delivery: "read" }, written_at: "2026-11-16T10:00:00.000Z", sent_at: "2026-11-16T10:00:01.000Z", delivered_at: one.ask ? "2026-11-16T10:00:04.000Z" : null, read_at: one.ask ? "2026-11-16T11:20:00.000Z" : null, edited_at: "2026-11-16T12:00:00.000Z", retracted_at: null } }); });
    await page.keyboard.press("Enter");
    await focused(page, ".menu__emoji");
    for (let n = 0; n < 5; n += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelectorAll(".moments__row time").length === 5);
    equal((await rows()).map(([what]) => what), ["Written", "Sent", "Delivered", "Read", "Last edited"], "rows");
    that((await text(page, ".dialog__text")).includes("has read it"), "and in words");
  });

  await test("of a message that was taken back its moments are offered, and of one that waits what is known", { state: "problems", room: "1" }, async (page) => {
    await page.waitForSelector("[data-key='c:00000000-0000-4000-8000-000000000001']");
    await page.click("[data-key='c:00000000-0000-4000-8000-000000000001'] .message-bubble__body", { button: "right" });
    await page.click(".menu__item >> text=Message details");
    await page.waitForSelector(".moments__row");
    equal(await page.$$eval(".moments__when", (all) => all.slice(1).map((one) => one.textContent)), ["Not yet", "Not yet", "Not yet"], "moments");
    that((await text(page, ".dialog__text")).startsWith("On this device only"), "and in words");
  });

  await test("the exact time is there for the pointer and for the keyboard", STATE, async (page) => {
    const shown = () => page.$eval(`${at(8)} .message-meta__exact`, (one) => getComputedStyle(one).display);
    equal(await shown(), "none", "before");
    await page.hover(`${at(8)} .message-meta__time`);
    equal(await shown(), "block", "with the pointer");
    await page.hover(".conversation-header");
    await page.focus(".message-list__viewport");
    await page.keyboard.press("ArrowUp");
    await focused(page, at(8));
    equal(await shown(), "block", "with the focus");
  });

  await test("an edit that outlived the app goes on in the box, is kept while one types and forgotten once it is saved", { ...STATE, editing: "2" }, async (page) => {
    await page.waitForSelector(".composer__editing");
    equal(await value(page), "Come on Thursday at 10:00. Or at", "text");
    await page.focus(".composer__input");
    await page.keyboard.press("End");
    await page.keyboard.type(" 11:00?");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_edit"));
    equal((await asked(page, "save_edit")).at(-1).editing.message_id, "1002", "whose");
    await page.keyboard.press("Enter");
    await until(page, () => !document.querySelector(".composer__editing"));
    equal((await asked(page, "edit_message"))[0].text, "Come on Thursday at 10:00. Or at 11:00?", "saved");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_edit" && one.editing === null));
  });
};
