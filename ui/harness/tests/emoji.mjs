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

  await test("a tone and the emoji used last are kept with the settings, and come back from them", STATE, async (page) => {
    await open(page);
    await page.click(".emoji-picker .segmented__choice >> nth=3");
    await page.fill(".emoji-picker .search-field__input", "thumbs up");
    await until(page, () => document.querySelector(".emoji-picker__one")?.textContent === "👍🏽");
    await page.click(".emoji-picker__one >> nth=0");
    await until(page, () => document.querySelector(".composer__input").value === "👍🏽");
    await open(page);
    equal(await shown(page), ["👍🏽"], "used last");
    const { settings } = (await asked(page, "save_settings")).at(-1);
    equal([settings.emoji_tone, settings.emoji_recent], [3, ["👍🏽"]], "kept");
    await page.keyboard.press("Escape");
    await page.evaluate(() => {
      Object.assign(window.fake.scene.settings.settings, { emoji_tone: 5, emoji_recent: ["🏥"] });
      window.fake.changed("settings");
    });
    await until(page, () => !document.querySelector(".popup"));
    await open(page);
    equal(await shown(page), ["🏥"], "of the last time");
    that(await page.isChecked(".emoji-picker .segmented__input >> nth=5"), "tone of the last time");
  });

  for (const [lang, sought, found, name] of [["de", "Tablette", "💊", "Kapsel"], ["ar", "مستشفى", "🏥", "مستشفى"], ["de", "hospital", "🏥", "Krankenhaus"]]) {
    await test(`emoji are found and named in the language: ${lang} ${sought}`, { ...STATE, lang }, async (page) => {
      await page.waitForSelector(".composer__input");
      await open(page);
      await page.keyboard.type(sought);
      await until(page, ([found, name]) => {
        const first = document.querySelector(".emoji-picker__one");
        return first?.textContent === found && first.getAttribute("aria-label") === name;
      }, [found, name]);
    });
  }

  await test("the groups are one stop of the tabulator, walked with the arrows", STATE, async (page) => {
    await open(page);
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Smileys and feelings", "way in");
    await page.keyboard.press("End");
    await until(page, () => document.querySelector(".emoji-picker__one").textContent === "🏁", undefined, "flags");
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => document.activeElement.textContent), "🏁", "into the emoji");
  });

  await test("the tones of one emoji are chosen from by keyboard, and Escape goes back to it", STATE, async (page) => {
    await open(page);
    await page.keyboard.type("waving");
    await until(page, () => document.querySelector(".emoji-picker__one")?.textContent === "👋");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+ArrowDown");
    await until(page, () => document.querySelector(".emoji-picker__head") && document.activeElement.matches(".emoji-picker__one"));
    await page.keyboard.press("Escape");
    await until(page, () => document.activeElement.dataset.emoji === "👋", undefined, "back");
    await page.keyboard.press("Alt+ArrowDown");
    await until(page, () => document.querySelector(".emoji-picker__head") && document.activeElement.matches(".emoji-picker__one"));
    await page.keyboard.press("End");
    equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "waving hand: dark skin tone", "named");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value === "👋🏿");
  });

  await test("an emoji that is held shows its tones and is not taken", STATE, async (page) => {
    await open(page);
    await page.keyboard.type("waving");
    await until(page, () => document.querySelector(".emoji-picker__one")?.textContent === "👋");
    await page.hover(".emoji-picker__one >> nth=0");
    await page.mouse.down();
    await page.waitForSelector(".emoji-picker__head");
    await page.mouse.up();
    that(await page.locator(".emoji-picker").isVisible(), "still open");
    await page.click(".emoji-picker__one >> nth=2");
    await until(page, () => document.querySelector(".composer__input").value === "👋🏼");
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

  const offered = (page) => page.$$eval(".suggestions__one", (all) => all.map((one) => one.textContent));
  const type = (page, words) => page.locator(".composer__input").pressSequentially(words);
  const value = (page) => page.inputValue(".composer__input");

  await test("a name begun in the text is offered, chosen with the arrows and taken with Enter or Tab", STATE, async (page) => {
    await type(page, "Take the :pi");
    await page.waitForSelector(".suggestions__one--chosen");
    const before = await offered(page);
    const chosen = (text, what) => until(page, (text) => document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))?.textContent === text, text, what);
    await chosen(before[0], "first");
    await page.keyboard.press("ArrowUp");
    await chosen(before.at(-1), "round");
    await page.keyboard.press("ArrowDown");
    await chosen(before[0], "round again");
    await type(page, "ll");
    await until(page, () => document.querySelectorAll(".suggestions__one").length === 1);
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value === "Take the 💊");
    await until(page, () => !document.querySelector(".suggestions"), undefined, "nothing offered");
    equal((await asked(page, "send")).length, 0, "nothing sent");
    await type(page, " :hospital");
    await page.waitForSelector(".suggestions__one");
    await page.keyboard.press("Tab");
    await until(page, () => document.querySelector(".composer__input").value === "Take the 💊 🏥");
    that(await page.evaluate(() => document.activeElement.matches(".composer__input")), "focus stays");
  });

  await test("what is offered can be pressed, and Escape refuses it for this name", STATE, async (page) => {
    await type(page, ":thumbs u");
    await until(page, () => !document.querySelector(".suggestions"), undefined, "a space ends a name");
    await page.fill(".composer__input", "");
    await type(page, ":thumb");
    await page.click(".suggestions__one >> nth=0");
    await until(page, () => document.querySelector(".composer__input").value === "👍");
    await type(page, " :th");
    await page.waitForSelector(".suggestions");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".suggestions"));
    await type(page, "u");
    equal((await offered(page)).length, 0, "refused");
    that(await page.locator(".composer__input").isVisible(), "nothing else closed");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".composer__input").value === "");
    equal((await asked(page, "send")).map((one) => one.text), ["👍 :thu"], "sent as it stands");
  });

  await test("a whole name between colons is its emoji, and a time of day is none", STATE, async (page) => {
    await type(page, "At 10:30: :thumbs_up: and :+1:");
    await until(page, () => document.querySelector(".composer__input").value === "At 10:30: 👍 and 👍");
  });

  await test("names are offered in the language of the interface", { ...STATE, lang: "de" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await type(page, ":tablett");
    await until(page, () => document.querySelector(".suggestions__one")?.textContent.includes("Kapsel"));
    await page.keyboard.press("Enter");
    await type(page, " :daumen_hoch:");
    await until(page, () => document.querySelector(".composer__input").value.includes("👍"));
    equal(await value(page), "💊 👍", "both");
  });
};
