// One is told that the other types, and the other that one does.
import { asked, drawn, equal, that, until } from "./check.mjs";

const said = async (page) => (await asked(page, "typing")).map((one) => [one.room_id, one.typing]);
const says = (page, count) => until(page, (count) => window.fake.asked.filter((one) => one.request === "typing").length === count, count);
/** The other of the first conversation types, or no longer does. */
const types = (page, typing) => page.evaluate((typing) => {
  window.fake.scene.others(0, { typing });
  window.fake.changed("rooms");
  window.fake.changed("timeline");
}, typing);
const status = (page) => page.evaluate(() => [...document.querySelectorAll(".conversation > p[role=status]")].map((one) => one.textContent).join(""));

export const typing = async ({ test }) => {
  await test("typing is said with the first key, not with each, and taken back when the box is empty", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.locator(".composer__input").pressSequentially("Hel");
    await says(page, 1);
    await page.fill(".composer__input", "");
    await says(page, 2);
    equal(await said(page), [["1", true], ["1", false]], "said");
  });

  await test("typing ends with leaving the box, and with the conversation", { state: "conversation", room: "1" }, async (page) => {
    await page.locator(".composer__input").pressSequentially("A");
    await page.focus(".search-field__input");
    await says(page, 2);
    await page.locator(".composer__input").pressSequentially("B");
    await says(page, 3);
    await page.keyboard.press("Alt+ArrowDown");
    await says(page, 4);
    equal((await said(page)).map(([, typing]) => typing), [true, false, true, false], "said");
  });

  await test("editing a message is not typing one", { state: "changes", room: "1" }, async (page) => {
    await page.press(".composer__input", "ArrowUp");
    await page.waitForSelector(".composer__editing");
    await page.locator(".composer__input").pressSequentially("!");
    equal(await said(page), [], "said");
  });

  await test("that the other types is shown in the list and at the end of the conversation", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble");
    await page.evaluate(() => { const view = document.querySelector(".message-list__viewport"); view.scrollTop = view.scrollHeight; });
    await types(page, true);
    await page.waitForSelector(".room-row--current .room-row__typing");
    await page.waitForSelector(".typing-bubble");
    await drawn(page);
    const { below, still } = await page.evaluate(() => {
      const view = document.querySelector(".message-list__viewport");
      const moving = document.getAnimations().filter((one) => one.effect.target?.matches(".typing-bubble__dot"));
      return { below: view.scrollHeight - view.clientHeight - view.scrollTop, still: moving.length === 0 };
    });
    that(below < 2, "whoever was at the end is still there");
    that(still, "nothing moves where motion is not wished for");
    await types(page, false);
    await until(page, () => !document.querySelector(".typing-bubble, .room-row--current .room-row__typing"));
  });

  await test("that the other types is said once, until their message has come", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble");
    await types(page, true);
    await until(page, () => document.querySelector(".conversation > p[role=status]").textContent === "Ana Ribeiro is typing");
    await types(page, false);
    await until(page, () => document.querySelector(".conversation > p[role=status]").textContent === "");
    await types(page, true);
    await page.waitForSelector(".typing-bubble");
    equal(await status(page), "", "the second time");
  });
};
