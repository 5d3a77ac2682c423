// Nothing that was typed is lost, sent twice, or sent to somebody else.
import { asked, equal, text, that, until } from "./check.mjs";

const type = (page, words) => page.locator(".composer__input").pressSequentially(words);
const value = (page) => page.inputValue(".composer__input");
const opened = (page, name) => until(page, (name) => document.querySelector(".conversation-header__name")?.textContent === name, name);
const answers = (page, name, error) => page.evaluate(([name, error]) => {
  const { scene } = window.fake;
  const before = scene.answer;
  scene.answer = (one, ...rest) => (one.request === name ? error : before(one, ...rest));
}, [name, error]);

export const writing = async ({ test }) => {
  await test("a text survives the settings, and so does its draft", { state: "conversation", room: "1" }, async (page) => {
    await type(page, "Dear Ana");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_draft" && one.text === "Dear Ana"));
    await page.keyboard.press("Control+,");
    await page.waitForSelector(".settings");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".composer__input");
    equal(await value(page), "Dear Ana", "text");
    await type(page, "!");
    await until(page, () => window.fake.asked.filter((one) => one.request === "save_draft").at(-1).text === "Dear Ana!");
  });

  await test("a message that was sent does not come back from the settings", { state: "draft", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.press(".composer__input", "Enter");
    await until(page, () => document.querySelector(".composer__input").value === "");
    await page.keyboard.press("Control+,");
    await page.waitForSelector(".settings");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".composer__input");
    equal(await value(page), "", "text");
    await page.press(".composer__input", "Enter");
    equal((await asked(page, "send")).length, 1, "sent");
  });

  await test("a message that fails after one has left is still there on coming back", { state: "conversation", room: "1" }, async (page) => {
    await type(page, "Keep me");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_draft" && one.text === "Keep me"));
    await answers(page, "send", { error: "disk" });
    await page.evaluate(() => { window.fake.held = []; });
    await page.press(".composer__input", "Enter");
    await page.click(".room-row >> nth=1");
    await opened(page, "Ben Okafor");
    await page.waitForSelector(".composer__input");
    equal(await value(page), "", "Ben's box");
    await page.evaluate(() => window.fake.release());
    await page.click(".room-row >> nth=0");
    await opened(page, "Ana Ribeiro");
    await page.waitForSelector(".composer .alert--error");
    equal(await value(page), "Keep me", "Ana's box");
  });

  await test("a draft that is not kept is said, and kept once it can be", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => { window.fake.scene.answer = (one) => (one.request === "save_draft" && one.text.length > 5 ? { error: "malformed" } : null); });
    await type(page, "Too long");
    await page.waitForSelector(".composer .alert--notice");
    that((await text(page, ".composer .alert--notice")).includes("too long to be kept"), "why");
    await page.fill(".composer__input", "Short");
    await until(page, () => !document.querySelector(".composer .alert--notice"));
  });

  await test("Enter in the search waits for the rows of this search", { state: "conversation" }, async (page) => {
    await page.evaluate(() => { window.fake.mute = "rooms"; });
    await page.fill(".search-field__input", "Ben");
    await page.press(".search-field__input", "Enter");
    await until(page, () => window.fake.muted.length > 0);
    equal(await page.locator(".conversation-header").count(), 0, "nobody is opened by the rows of before");
    await page.evaluate(() => window.fake.unmute());
    await opened(page, "Ben Okafor");
    await until(page, () => document.querySelector(".search-field__input").value === "");
  });

  await test("a conversation that is ready too late does not take one away from another", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.click("[aria-label='New conversation']");
    await page.evaluate(() => { window.fake.held = []; });
    await page.click(".person-row >> text=Arvid");
    await page.waitForSelector(".person-row >> text=Opening");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".dialog"));
    await page.evaluate(() => window.fake.release());
    await page.focus(".composer__input");
    await type(page, "and then");
    equal([await text(page, ".conversation-header__name"), await value(page)], ["Ana Ribeiro", "and then"], "still with Ana");
  });

  await test("what belongs to another conversation is never shown", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble");
    await page.evaluate(() => { const { scene } = window.fake; const before = scene.timeline; scene.timeline = (_, subscription) => before("1", subscription); });
    await page.click(".room-row >> nth=1");
    await opened(page, "Ben Okafor");
    await until(page, () => !window.fake.busy);
    equal(await page.locator(".message-bubble").count(), 0, "Ana's messages below Ben's name");
  });

  await test("the next person sees nothing of the last one", { state: "conversation" }, async (page) => {
    await page.fill(".search-field__input", "Ben");
    await until(page, () => document.querySelectorAll(".room-row").length === 1);
    await page.evaluate(() => {
      const { scene } = window.fake;
      window.before = scene.session.state;
      scene.session.state = { state: "signed_out", ended_by_server: false };
      window.fake.changed("session");
    });
    await page.waitForSelector(".sign-in-form");
    await page.evaluate(() => {
      window.fake.mute = "rooms";
      window.fake.scene.session.state = window.before;
      window.fake.changed("session");
    });
    await page.waitForSelector(".conversations");
    equal([await page.locator(".room-row").count(), await page.inputValue(".search-field__input")], [0, ""], "rows and search");
  });
};
