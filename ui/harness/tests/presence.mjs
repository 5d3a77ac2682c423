// Whether the other is there, and hiding it.
import { asked, equal, text, that, until } from "./check.mjs";

const dots = (page) => page.evaluate(() => [...document.querySelectorAll(".room-row")].slice(0, 5).map((row) => row.querySelector(".avatar__dot--good") !== null));
const header = (page) => text(page, ".conversation-header__about");
const opens = async (page, n, name) => {
  await page.click(`.room-row >> nth=${n}`);
  await until(page, (name) => document.querySelector(".conversation-header__name")?.textContent === name, name);
};

export const presence = async ({ test }) => {
  await test("who is there has a dot, and words for those who do not see it", { state: "presence", room: "1" }, async (page) => {
    await page.waitForSelector(".conversation-header__presence");
    equal(await dots(page), [true, false, true, false, false], "dots");
    const said = await page.locator(".room-row").first().evaluate((row) => row.textContent.includes("Online"));
    that(said, "in words, too");
    that((await header(page)).startsWith("Online · 54 years"), `the header says ${await header(page)}`);
    await page.waitForSelector(".details-panel__presence >> text=Online");
  });

  await test("who is away was last seen at a time, on a day, or it is not said", { state: "presence" }, async (page) => {
    await opens(page, 1, "Ben Okafor");
    that((await header(page)).startsWith("Last seen 13:58 · "), await header(page));
    await opens(page, 4, "Linh Nguyen");
    that((await header(page)).startsWith("Last seen yesterday at 18:20 · "), await header(page));
    await opens(page, 3, "Yusuf Haddad");
    equal(await page.locator(".conversation-header__presence, .details-panel__presence").count(), 0, "what is not known");
  });

  await test("coming and going moves the dot and the words", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble");
    const now = (presence) => page.evaluate((presence) => {
      window.fake.scene.others(0, { presence });
      window.fake.changed("rooms");
      window.fake.changed("timeline");
    }, presence);
    await now({ presence: "online" });
    await page.waitForSelector(".room-row--current .avatar__dot--good");
    await page.waitForSelector(".conversation-header__presence >> text=Online");
    await now(null);
    await until(page, () => !document.querySelector(".room-row--current .avatar__dot--good, .conversation-header__presence"));
  });

  await test("hiding it is shown once the server has it", { state: "conversation" }, async (page) => {
    await page.keyboard.press("Control+,");
    await page.waitForSelector("#hide-presence[aria-checked=false]");
    that((await page.locator("#hide-presence-hint").innerText()).includes("You do not see it of them either"), "fair both ways");
    await page.evaluate(() => { window.fake.held = []; });
    await page.click("#hide-presence");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_preferences"));
    equal(await page.getAttribute("#hide-presence", "aria-checked"), "false", "before the answer");
    await page.evaluate(() => window.fake.release());
    await page.waitForSelector("#hide-presence[aria-checked=true]");
    equal((await asked(page, "save_preferences")).map((one) => one.preferences), [{ hide_presence: true }], "asked for");
  });

  await test("without a connection it says that it needs one", { state: "offline" }, async (page) => {
    await page.keyboard.press("Control+,");
    await page.waitForSelector("text=Connect to see it or change it");
    equal(await page.locator("#hide-presence").count(), 0, "no switch that does nothing");
  });
};
