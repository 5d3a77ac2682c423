// The conversation list: its menu, its filters, and that nothing moves away under somebody's hand.
import { equal, that, until } from "./check.mjs";

const names = (page) => page.evaluate(() => [...document.querySelectorAll(".room-row__name")].map((name) => name.textContent));
const asked = (page) => page.evaluate(() => window.fake.asked.filter((request) => request.request === "set_up").map(({ deed, span }) => [deed, span].filter(Boolean).join(" ")));
const items = (page) => page.evaluate(() => [...document.querySelectorAll(".popup [role=menuitem]")].map((item) => item.textContent));
const focused = (page) => page.evaluate(() => document.activeElement.closest("[data-room]")?.dataset.room ?? document.activeElement.textContent);
const chip = (page, text) => page.locator(".chip", { hasText: text });
// Hands off the list.
const away = (page) => page.mouse.move(900, 5);

export const list = async ({ test }) => {
  await test("a row's menu opens with Shift+F10, is walked with the arrows and gives the focus back", { state: "conversation" }, async (page) => {
    await page.focus("[data-room='3']");
    await page.keyboard.press("Shift+F10");
    await page.waitForSelector(".popup [role=menu]");
    equal((await items(page)).length, 6, "items");
    that((await focused(page)).startsWith("Pin"), "the first item has the focus");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    that((await focused(page)).includes("8 hours"), "walked");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".popup"));
    equal(await focused(page), "3", "focus is where it was");
    await page.keyboard.press("ContextMenu");
    await page.waitForSelector(".popup [role=menu]");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".room-row__name").textContent.startsWith("Margarete"));
    equal(await asked(page), ["pin"], "asked");
    that(await page.locator("[data-room='3'] .room-row__sign").count() === 1, "the pin is shown");
  });

  await test("the right button and the button of a row open the same menu", { state: "conversation" }, async (page) => {
    await page.click("[data-room='4']", { button: "right" });
    await page.waitForSelector(".popup [role=menu]");
    await page.locator(".popup [role=menuitem]", { hasText: "Mark as unread" }).click();
    await page.waitForSelector("[data-room='4'] .unread-dot");
    await page.hover("[data-room='4']");
    await page.click(".room-list__item:has([data-room='4']) .room-row__more");
    await page.locator(".popup [role=menuitem]", { hasText: "Mark as read" }).click();
    await until(page, () => !document.querySelector("[data-room='4'] .unread-dot"));
    equal(await asked(page), ["mark_unread", "mark_read"], "asked");
  });

  await test("unread messages are not marked read without being looked at", { state: "conversation" }, async (page) => {
    await page.click("[data-room='1']", { button: "right" });
    that(!(await items(page)).some((item) => item.startsWith("Mark")), "nothing is offered");
  });

  await test("the tabulator goes from a row to its button", { state: "conversation" }, async (page) => {
    await page.focus("[data-room='2']");
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "More about the conversation with Ben Okafor", "label");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".popup [role=menu]");
  });

  await test("an archived conversation goes, can be brought back at once, and is kept under Archived", { state: "conversation" }, async (page) => {
    await page.click("[data-room='2']", { button: "right" });
    await page.locator(".popup [role=menuitem]", { hasText: "Archive" }).click();
    await until(page, () => !document.querySelector("[data-room='2']"));
    that((await page.textContent(".list-notice")).includes("Ben Okafor"), "said");
    await page.click(".list-notice__undo");
    await page.waitForSelector("[data-room='2']");
    equal(await page.locator(".list-notice").count(), 0, "notices");
    await page.click("[data-room='2']", { button: "right" });
    await page.locator(".popup [role=menuitem]", { hasText: "Archive" }).click();
    await chip(page, "Archived").click();
    await until(page, () => document.querySelectorAll(".room-row").length === 1);
    equal(await names(page), ["Ben Okafor"], "rows");
  });

  await test("what could not be kept is said", { state: "conversation" }, async (page) => {
    await page.evaluate(() => { window.fake.scene.refuseDeeds = true; });
    await page.click("[data-room='3']", { button: "right" });
    await page.locator(".popup [role=menuitem]", { hasText: "Archive" }).click();
    await until(page, () => document.querySelector(".list-notice")?.textContent.includes("could not be saved"));
    that(await page.locator("[data-room='3']").count() === 1, "the row is there");
  });

  await test("a conversation marked unread is left, so that it stays so", { state: "conversation", room: "3" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.click(".conversation-header [aria-label^='More']");
    await page.locator(".popup [role=menuitem]", { hasText: "Mark as unread" }).click();
    await until(page, () => !document.querySelector(".conversation-header"));
    await page.waitForSelector("[data-room='3'] .unread-dot");
  });

  await test("filters are walked with the arrows and say how many they show", { state: "marks" }, async (page) => {
    await page.focus(".chip--on");
    const seen = [];
    for (let n = 0; n < 5; n += 1) {
      await page.keyboard.press("ArrowRight");
      seen.push(await page.evaluate(() => document.activeElement.textContent.replace(/\s+/g, " ")));
    }
    equal(seen, ["Unread5", "Urgent1", "Waiting for me3", "Unread by patient2", "Archived2"], "chips");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelectorAll(".room-row").length === 2);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Space");
    await until(page, () => document.querySelector(".room-row__preview").textContent.startsWith("Not read since"));
    equal((await names(page)).length, 2, "rows");
  });

  await test("every chip is reachable in the narrowest list", { state: "marks" }, async (page) => {
    await chip(page, "Archived").click();
    await until(page, () => document.querySelectorAll(".room-row").length === 2);
    const [chips, wide] = await page.evaluate(() => [document.querySelector(".filter-chips").scrollWidth, document.documentElement.scrollWidth]);
    that(chips > 0 && wide <= 800, `the page does not scroll sideways (${wide})`);
  }, { width: 800, height: 700 });

  await test("no row moves under the pointer, what is new in it shows, and the order follows when it leaves", { state: "conversation" }, async (page) => {
    await page.hover("[data-room='3']");
    await page.mouse.move(200, 330);
    await page.mouse.move(202, 332);
    const before = await names(page);
    await page.evaluate(() => {
      const { allRows } = window.fake.scene;
      const [last] = allRows.splice(7, 1);
      allRows.unshift({ ...last, unread: 7 });
      window.fake.changed("rooms");
    });
    await page.waitForSelector("[data-room='8'] .badge");
    equal(await names(page), before, "order");
    await away(page);
    await until(page, () => document.querySelector(".room-row").dataset.room === "8");
  });

  await test("no row moves while the focus is in the list, until it has been still for three seconds", { state: "conversation" }, async (page) => {
    await page.clock.install();
    await page.focus("[data-room='3']");
    await page.keyboard.press("ArrowDown");
    await page.evaluate(() => {
      const { allRows } = window.fake.scene;
      allRows.unshift(...allRows.splice(7, 1).map((row) => ({ ...row, unread: 7 })));
      window.fake.changed("rooms");
    });
    await page.clock.runFor(500);
    await page.waitForSelector("[data-room='8'] .badge");
    equal((await names(page))[0], "Ana Ribeiro", "first");
    await page.clock.runFor(3000);
    await until(page, () => document.querySelector(".room-row").dataset.room === "8");
    equal(await focused(page), "4", "the focus is where it was");
  });

  await test("a conversation that is read stays listed under its filter until another is opened", { state: "conversation" }, async (page) => {
    await chip(page, "Unread").first().click();
    await until(page, () => document.querySelectorAll(".room-row").length === 2);
    await page.click("[data-room='1']");
    await page.waitForSelector(".composer__input");
    await away(page);
    await page.evaluate(() => { window.fake.scene.allRows[0].unread = 0; window.fake.changed("rooms"); });
    await until(page, () => !document.querySelector("[data-room='1'] .badge"));
    equal(await names(page), ["Ana Ribeiro", "Ben Okafor"], "rows");
    await page.click("[data-room='2']");
    await away(page);
    await until(page, () => document.querySelectorAll(".room-row").length === 1);
  });
};
