// Quick replies: found behind a slash, filled in, never sent with a gap unseen; changed in the settings.
import { asked, equal, that, text, until } from "./check.mjs";

const STATE = { state: "conversation", room: "1" };
const type = (page, words) => page.locator(".composer__input").pressSequentially(words);
const value = (page) => page.inputValue(".composer__input");
const titles = (page) => page.$$eval(".suggestions__one", (all) => all.map((one) => one.querySelector(".suggestions__words > .cut").textContent));
const rows = (page) => page.$$eval(".reply-row__title", (all) => all.map((one) => one.textContent));
const selected = (page) => page.evaluate(() => { const area = document.querySelector(".composer__input"); return area.value.slice(area.selectionStart, area.selectionEnd); });
const settings = async (page) => { await page.keyboard.press("Control+,"); await page.waitForSelector(".reply-row"); };

export const quickReplies = async ({ test }) => {
  await test("a slash in an empty box offers quick replies, looked for and inserted with everything filled in", STATE, async (page) => {
    await page.waitForSelector(".composer__input");
    await type(page, "/");
    await page.waitForSelector(".suggestions");
    equal(await titles(page), ["Blood test", "Call the ward", "Exercises", "Closed"], "all");
    await type(page, "blo te");
    await until(page, () => document.querySelectorAll(".suggestions__one").length === 1);
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value.startsWith("Dear Ana,"));
    equal(await value(page), "Dear Ana,\nplease come fasting on the morning of your blood test.\nElena Duarte", "filled");
    equal([(await asked(page, "send")).length, await selected(page)], [0, ""], "nothing sent, nothing left to fill");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value === "");
    equal((await asked(page, "send")).length, 1, "sent");
  });

  await test("when the clinic opens next is asked of the engine and said in words", STATE, async (page) => {
    await page.waitForSelector(".composer__input");
    await type(page, "/closed");
    await page.waitForSelector(".suggestions__one");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value.includes("1 December"));
    equal(await value(page), "Harbour Street Practice opens again Tuesday 1 December, 08:00. In an emergency call 112.", "filled");
  });

  await test("what cannot be filled in is left selected, and is asked about before it is sent", { ...STATE, state: "no-hours" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await type(page, "/closed");
    await page.waitForSelector(".suggestions__one");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value.includes("{next opening}"));
    equal(await selected(page), "{next opening}", "selected");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".dialog");
    that((await text(page, ".dialog__text")).includes("{next opening}"), "says which");
    equal((await asked(page, "send")).length, 0, "not sent");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".dialog"));
    await until(page, () => { const area = document.querySelector(".composer__input"); return area.value.slice(area.selectionStart, area.selectionEnd) === "{next opening}"; });
    await page.keyboard.type("on Monday");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value === "");
    that((await asked(page, "send"))[0].text.includes("opens again on Monday."), "sent once it is filled");
  });

  await test("a text with a gap is sent as it is if one says so", STATE, async (page) => {
    await page.waitForSelector(".composer__input");
    await type(page, "Use {braces} here");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".dialog");
    await page.click(".dialog__deeds .button--secondary");
    await until(page, () => document.querySelector(".composer__input").value === "");
    equal((await asked(page, "send")).map((one) => one.text), ["Use {braces} here"], "sent");
  });

  await test("the button offers them at the caret of a text that is being written", STATE, async (page) => {
    await page.fill(".composer__input", "Dear Ana. ");
    await page.click(".composer__reply");
    await page.waitForSelector(".suggestions");
    that(await page.evaluate(() => document.activeElement.matches(".composer__input")), "focus in the box");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value === "Dear Ana. Three times ten, twice a day, and stop if it hurts.");
  });

  await test("patients see nothing of quick replies", STATE, async (page) => {
    await page.evaluate(() => { window.fake.scene.session.state.me.role = "patient"; window.fake.changed("session"); });
    await page.waitForSelector(".composer__input");
    await until(page, () => !document.querySelector(".composer__reply"));
    await type(page, "/");
    equal(await page.locator(".suggestions").count(), 0, "no list");
    await page.keyboard.press("Control+,");
    await page.waitForSelector(".settings");
    equal(await page.locator(".reply-row").count(), 0, "nothing in the settings");
  });

  await test("one's own are added, changed, moved and deleted in the settings, by keyboard", STATE, async (page) => {
    await settings(page);
    equal(await rows(page), ["Blood test", "Call the ward", "Exercises", "Closed"], "listed");
    await page.focus("text=Add a quick reply");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#reply-title");
    await page.focus("#reply-title");
    await page.keyboard.type("Results");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Good news, ");
    await page.click(".reply-form .chip >> text=patient first name");
    await page.keyboard.type("!");
    await page.click(".reply-form .button--primary");
    await until(page, () => !document.querySelector(".dialog"));
    equal((await asked(page, "add_quick_reply")).map((one) => [one.title, one.text]), [["Results", "Good news, {patient first name}!"]], "added");
    await page.focus("[aria-label='Move “Results” up']");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelectorAll(".reply-row__title")[2].textContent === "Results");
    that(await page.evaluate(() => document.activeElement.closest("[data-reply='99']") !== null), "focus stays with it");
    await page.click("[aria-label='Change “Results”']");
    await page.fill("#reply-title", "");
    await page.click(".reply-form .button--primary");
    await page.waitForSelector(".text-field--failed");
    await page.click(".reply-form .button--danger");
    await until(page, () => !document.querySelector(".dialog"));
    equal(await rows(page), ["Blood test", "Call the ward", "Exercises", "Closed"], "deleted");
  });

  await test("without a connection they are seen and used, not changed", { ...STATE, state: "offline" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await type(page, "/exer");
    await page.waitForSelector(".suggestions__one");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value.startsWith("Three times"));
    await settings(page);
    equal([await page.locator(".reply-row__edit").count(), await page.locator("text=Add a quick reply").count()], [0, 0], "no deeds");
  });
};
