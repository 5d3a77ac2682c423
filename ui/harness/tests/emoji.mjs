// The picker: searching, walking, tones, and where what was picked goes.
import { asked, equal, that, until } from "./check.mjs";

const STATE = { state: "changes", room: "1" };
const shown = (page) => page.$$eval(".emoji-picker__one", (all) => all.map((one) => one.textContent));
const open = async (page) => { await page.click(".composer__emoji"); await page.waitForSelector(".emoji-picker__one"); };

export const emoji = async ({ test }) => {
  await test("a searched emoji goes into the text at the caret", STATE, async (page) => {
    await page.fill(".composer__input", "Take the  twice");
    await page.evaluate(() => document.querySelector(".composer__input").setSelectionRange(9, 9));
    await open(page);
    await page.keyboard.type("pill");
    await until(page, () => document.querySelectorAll(".emoji-picker__one").length === 1);
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value === "Take the 💊 twice");
    that(await page.evaluate(() => document.activeElement.matches(".composer__input")), "focus in the box");
    equal(await page.evaluate(() => document.activeElement.selectionStart), 11, "caret behind it");
  });

  await test("the grid is walked with the arrows, in at the top and out there", STATE, async (page) => {
    await open(page);
    const all = await shown(page);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    equal(await page.evaluate(() => document.activeElement.textContent), all[9], "one down, one on");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    that(await page.evaluate(() => document.activeElement.matches(".search-field__input")), "out at the top");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".popup"));
    equal(await page.inputValue(".composer__input"), "", "nothing picked");
  });

  await test("only the open group is in the document, and a search that finds nothing says so", STATE, async (page) => {
    await open(page);
    that((await shown(page)).includes("😀") && !(await shown(page)).includes("🏥"), "smileys only");
    await page.click("[aria-label='Travel and places']");
    await until(page, () => [...document.querySelectorAll(".emoji-picker__one")].some((one) => one.textContent === "🏥"));
    that(!(await shown(page)).includes("😀"), "places only");
    await page.fill(".emoji-picker .search-field__input", "xyzzy");
    await page.waitForSelector(".emoji-picker__none");
  });

  await test("a tone and the emoji used last are kept as long as the app runs", STATE, async (page) => {
    await open(page);
    await page.click(".emoji-picker .segmented__choice >> nth=3");
    await page.fill(".emoji-picker .search-field__input", "thumbs up");
    await until(page, () => document.querySelector(".emoji-picker__one")?.textContent === "👍🏽");
    await page.click(".emoji-picker__one >> nth=0");
    await until(page, () => document.querySelector(".composer__input").value === "👍🏽");
    await open(page);
    equal(await shown(page), ["👍🏽"], "used last");
  });

  await test("a message is reacted to from all emoji", STATE, async (page) => {
    await page.hover("[data-key='m:3'] .message-bubble__body");
    await page.click(".message-toolbar [aria-label='React']");
    await page.click(".menu__emoji--all");
    await page.waitForSelector(".emoji-picker__one");
    await page.keyboard.type("hospital");
    await until(page, () => document.querySelectorAll(".emoji-picker__one").length === 1);
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-key='m:3'] .reactions__one--own >> text=🏥");
    equal((await asked(page, "react")).map((one) => [one.message_id, one.emoji, one.on]), [["1003", "🏥", true]], "asked");
  });
};
