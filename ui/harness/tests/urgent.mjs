// Urgent messages, and those that nobody has received.
import { asked, equal, text, that, until } from "./check.mjs";

const STATE = { state: "conversation", room: "1" };
const pressed = (page) => page.getAttribute(".composer__urgent", "aria-pressed");
const focused = (page, selector) => until(page, (selector) => document.activeElement?.matches(selector), selector, `focus on ${selector}`);
const plain = (text) => text.replace(/[\u2068\u2069]/g, "");

export const urgent = async ({ test }) => {
  await test("an urgent message says first what it does, and nothing leaves before the word", STATE, async (page) => {
    await page.fill(".composer__input", "Please call 112 now.");
    equal(await pressed(page), "false", "mark before");
    await page.click(".composer__urgent");
    equal(await pressed(page), "true", "mark");
    equal(await page.getAttribute(".send-button", "aria-label"), "Send as urgent", "the button");
    await page.focus(".composer__input");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".dialog >> text=Send as urgent?");
    that(plain(await text(page, ".dialog")).includes("at the top of Ana Ribeiro’s list until it is opened"), "what it does");
    that((await text(page, ".dialog")).includes("SMS"), "that it may be announced");
    equal(await asked(page, "send"), [], "asked before the word");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".dialog"));
    await focused(page, ".composer__input");
    equal([await asked(page, "send"), await page.inputValue(".composer__input"), await pressed(page)], [[], "Please call 112 now.", "true"], "nothing has changed");
    await page.click(".send-button");
    await page.click(".dialog .button--danger");
    await until(page, () => document.querySelector(".composer__input").value === "");
    equal((await asked(page, "send")).map((one) => [one.text, one.urgent]), [["Please call 112 now.", true]], "asked");
    equal(await pressed(page), "false", "the mark goes with the message");
    await page.waitForSelector(".message-bubble--urgent .message-bubble__urgent");
  });

  await test("a patient is told whom to call in an emergency, a practitioner is not", { state: "conversation", room: "51", as: "patient" }, async (page) => {
    await page.fill(".composer__input", "39.2 since last night");
    await page.click(".composer__urgent");
    await page.click(".send-button");
    await page.waitForSelector(".dialog .urgent-note");
    that((await text(page, ".urgent-note")).includes("emergency"), "the note");
  });

  await test("the mark is still there after a look at another conversation", STATE, async (page) => {
    await page.fill(".composer__input", "Come today.");
    await page.click(".composer__urgent");
    await page.click(".room-row[data-room='3']");
    await until(page, () => document.querySelector(".composer__urgent")?.getAttribute("aria-pressed") === "false");
    await page.click(".room-row[data-room='1']");
    await until(page, () => document.querySelector(".composer__urgent")?.getAttribute("aria-pressed") === "true");
    equal(await page.inputValue(".composer__input"), "Come today.", "words");
    await page.click(".send-button");
    await page.waitForSelector(".dialog");
    equal(await page.locator(".urgent-note").count(), 0, "no note for a practitioner");
  });

  await test("an urgent message is said to be urgent when it arrives", STATE, async (page) => {
    await page.waitForSelector(".message-bubble");
    await page.evaluate(() => {
      const { scene } = window.fake;
      scene.add(scene.message(9, new Date().toISOString(), "It bleeds again", { urgent: true }));
      window.fake.changed("timeline");
    });
    await until(page, () => [...document.querySelectorAll("[role='log'] p")].some((one) => one.textContent.replace(/\s+/g, " ").trim() === "Urgent: Ana Ribeiro: It bleeds again"));
  });

  await test("what waited too long goes all at once, oldest first, when its author says so", { state: "stale", room: "1" }, async (page) => {
    await page.waitForSelector(".stale-notice");
    that(plain(await text(page, ".stale-notice__text")).startsWith("Ana Ribeiro has NOT received 2 messages."), "what it says");
    await page.click(".stale-notice .button");
    await until(page, () => window.fake.asked.filter((one) => one.request === "retry").length === 2);
    equal((await asked(page, "retry")).map((one) => one.client_id.at(-1)), ["1", "2"], "asked, in order; what merely waits is not");
  });

  await test("one message that waited too long says it itself", { state: "problems", room: "1" }, async (page) => {
    await page.waitForSelector("[data-key^='c:'] .message-problem");
    equal(await page.locator(".stale-notice").count(), 0, "notices");
  });
};
