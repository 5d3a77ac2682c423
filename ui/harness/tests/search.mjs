// Searching in all conversations and in one.
import { asked, equal, text, that, until } from "./check.mjs";

const FIELD = ".search-field__input";

export const search = async ({ test }) => {
  await test("a search shows names first, then messages by conversation with the match marked", { state: "conversation" }, async (page) => {
    await page.fill(FIELD, "an");
    await page.waitForSelector(".search-hit");
    const order = await page.evaluate(() => [...document.querySelectorAll(".search-heading")].map((heading) => heading.textContent));
    equal(order, ["Conversations", "Messages"], "headings");
    equal((await text(page, ".search-hit mark")).toLowerCase(), "an", "marked");
    that((await text(page, ".conversations__rows [role=status]")).includes("found"), "the number is said");
    await page.press(FIELD, "Escape");
    await until(page, () => document.querySelectorAll(".search-hit").length === 0 && document.querySelectorAll(".room-row").length > 5);
  });

  await test("a search result opens its conversation at the message and is remembered", { state: "conversation" }, async (page) => {
    await page.fill(FIELD, "dizzy");
    await page.press(FIELD, "ArrowDown");
    await page.waitForSelector(".search-hit:focus");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".message-bubble--visited, .message-bubble--visited-again");
    equal((await asked(page, "keep_search"))[0].text, "dizzy", "kept");
    that((await asked(page, "fetch_around")).length === 1, "what lies around it is fetched");
  });

  await test("Ctrl+Shift+F offers earlier searches and filters, and they can be forgotten", { state: "recent" }, async (page) => {
    await page.keyboard.press("Control+Shift+F");
    await page.waitForSelector(".search-recent__one");
    await page.click(".search-filters .chip >> text=From me");
    await page.waitForSelector(".search-hit");
    that(await page.evaluate(() => [...document.querySelectorAll(".search-hit")].every((hit) => hit.textContent.startsWith("You"))), "only one's own");
    await page.click(".search-filters .chip--on");
    await page.click("text=Clear recent searches");
    await until(page, () => document.querySelectorAll(".search-recent__one").length === 0);
  });

  await test("a search says how far back it looked", { state: "history-missing" }, async (page) => {
    await page.fill(FIELD, "zzzz");
    await page.waitForSelector(".search-note");
    that((await text(page, ".search-note")).includes("older messages are still loading"), "said");
  });

  for (const [state, said] of [["search-asking", "the server is being asked"], ["search-partly", "still making older messages searchable"], ["search-fully", "by the server"], ["search-failed", "cannot be asked"]]) {
    await test(`a search says what the server does about it: ${state}`, { state }, async (page) => {
      await page.fill(FIELD, "zzzz");
      await page.waitForSelector(".search-note");
      that((await text(page, ".search-note")).includes(said), "said");
      equal(await page.locator(".empty-state").count(), state === "search-asking" ? 0 : 1, "nothing found is said only once it is known");
    });
  }

  await test("a match inside a link is marked there, and the link stays one", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".message-text__link");
    await page.keyboard.press("Control+F");
    await page.waitForSelector(".find-bar__input:focus");
    await page.keyboard.type("diary.ex");
    await page.waitForSelector(".message-text__link mark.found");
    equal(await text(page, ".message-text__link mark.found"), "diary.ex", "marked");
    that((await text(page, ".message-text__link")).startsWith("https://diary.example.org/"), "the whole address");
  });

  await test("Ctrl+F searches the conversation, counts, and goes from match to match", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble");
    await page.keyboard.press("Control+F");
    await page.waitForSelector(".find-bar__input:focus");
    await page.keyboard.type("the");
    await page.waitForSelector(".message-bubble--found");
    that(/^1 of \d+/.test(await text(page, ".find-bar__count")), "counted");
    const first = await page.getAttribute(".message-bubble--found", "data-seq");
    await page.keyboard.press("Enter");
    await until(page, (before) => document.querySelector(".message-bubble--found")?.dataset.seq !== before, first);
    that((await text(page, ".find-bar__count")).startsWith("2 of "), "the next one");
    that(await page.locator(".message-text mark.found").count() > 1, "all are marked");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".find-bar") && !document.querySelector("mark.found"));
  });
};
