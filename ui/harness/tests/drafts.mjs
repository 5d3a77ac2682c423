// Drafts shared with the person's other devices: what arrives, what is offered, and that nothing is lost of either.
import { asked, equal, that, until } from "./check.mjs";

const OFFER = { state: "offer", room: "1" };
const MINE = "Dear Ana, the results are back.";
const THEIRS = "Good morning Ana,\nplease come fasting on Thursday, and bring the list of what you take.";
const value = (page) => page.inputValue(".composer__input");
const press = (page, words) => page.click(`.draft-offer button:has-text("${words}")`);
const shows = (page, words) => until(page, (words) => document.querySelector(".composer__input")?.value === words, words);
const arrive = (page, words) => page.evaluate((words) => window.fake.scene.arrive("1", words), words);

export const drafts = async ({ test }) => {
  await test("an offered draft is taken over and the other one offered", OFFER, async (page) => {
    await press(page, "Use this one");
    await shows(page, THEIRS);
    await until(page, (mine) => document.querySelector(".draft-offer__text")?.textContent === mine, MINE);
    const [saved] = (await asked(page, "save_draft")).filter((one) => one.decides);
    equal([saved.text, saved.decides.offered, saved.decides.instead], [THEIRS, THEIRS, MINE], "kept at once");
    equal(await page.evaluate(() => document.activeElement.className), "composer__input", "focus");
  });

  await test("an offered draft is added below, or discarded", OFFER, async (page) => {
    await press(page, "Add it below");
    await shows(page, `${MINE}\n\n${THEIRS}`);
    await until(page, () => !document.querySelector(".draft-offer"));
  });

  await test("an offered draft that is discarded leaves the box as it is", OFFER, async (page) => {
    await press(page, "Discard it");
    await until(page, () => !document.querySelector(".draft-offer"));
    equal(await value(page), MINE, "text");
  });

  await test("the list says that a draft from another device waits for a decision", OFFER, async (page) => {
    const row = page.locator('.room-row[data-room="1"]');
    await row.waitFor();
    const said = await row.textContent();
    that(said.includes("Draft from your other device Good morning Ana"), `the row says ${said}`);
  });

  await test("an offered draft is decided upon by keyboard alone", OFFER, async (page) => {
    await page.waitForSelector(".draft-offer");
    await page.focus(".composer__input");
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("Shift+Tab");
    equal(await page.evaluate(() => document.activeElement.textContent), "Use this one", "three steps back");
    await page.keyboard.press("Enter");
    await shows(page, THEIRS);
  });

  await test("an offered draft that cannot be kept leaves both as they were", OFFER, async (page) => {
    await page.evaluate(() => { window.fake.scene.answer = (one) => (one.request === "save_draft" ? { error: "disk" } : null); });
    await press(page, "Use this one");
    await shows(page, MINE);
    that(await page.locator(".draft-offer").count() === 1, "still offered");
  });

  await test("an arrived draft takes the place of what is kept and is said", { state: "draft", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await arrive(page, "Dear Ana, from home");
    await shows(page, "Dear Ana, from home");
    await until(page, () => [...document.querySelectorAll("[data-region=composer] [role=status]")].some((one) => one.textContent.includes("other device")));
  });

  await test("an arrived draft never takes the place of what is being typed", { state: "draft", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.evaluate(() => { const input = document.querySelector(".composer__input"); input.value = "Typed here"; input.dispatchEvent(new InputEvent("input", { bubbles: true })); window.fake.scene.arrive("1", "From home"); });
    await until(page, () => document.querySelector(".draft-offer__text")?.textContent === "From home");
    equal(await value(page), "Typed here", "text");
  });

  await test("sharing drafts is off until it is turned on", { state: "settings" }, async (page) => {
    await page.keyboard.press("Control+,");
    await page.waitForSelector("#share-drafts");
    equal(await page.getAttribute("#share-drafts", "aria-checked"), "false", "off");
    await page.click("#share-drafts");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_settings" && one.settings.share_drafts === true));
  });
};
