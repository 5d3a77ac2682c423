// The keyboard alone.
import { equal, that, until } from "./check.mjs";

const active = (page) => page.evaluate(() => document.activeElement.className || document.activeElement.id);
const name = () => document.querySelector(".conversation-header__name")?.textContent;

export const keyboard = async ({ test }) => {
  await test("Ctrl+K searches, and Enter opens the first conversation found", { state: "conversation" }, async (page) => {
    await page.keyboard.press("Control+k");
    await until(page, () => document.activeElement.classList.contains("search-field__input"));
    await page.keyboard.type("Ben");
    await until(page, () => document.querySelectorAll(".room-row").length === 1);
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector(".conversation-header__name")?.textContent === "Ben Okafor");
    await until(page, () => document.activeElement.classList.contains("composer__input"));
  });

  await test("Alt+Down and Alt+Up walk through conversations", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await page.keyboard.press("Alt+ArrowDown");
    await until(page, () => document.querySelector(".conversation-header__name").textContent === "Ben Okafor");
    await page.keyboard.press("Alt+ArrowUp");
    await until(page, () => document.querySelector(".conversation-header__name").textContent === "Ana Ribeiro");
    equal(await page.evaluate(name), "Ana Ribeiro", "name");
  });

  await test("Ctrl+comma opens settings and Escape leaves them", { state: "conversation" }, async (page) => {
    await page.keyboard.press("Control+,");
    await page.waitForSelector(".settings");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".conversations");
  });

  await test("F6 walks through the regions and back", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    const regions = [];
    for (let n = 0; n < 5; n += 1) {
      await page.keyboard.press("F6");
      regions.push(await page.evaluate(() => document.activeElement.closest("[data-region]")?.dataset.region));
    }
    equal(new Set(regions).size, 5, `regions visited (${regions})`);
    await page.keyboard.press("Shift+F6");
    equal(await page.evaluate(() => document.activeElement.closest("[data-region]").dataset.region), regions[3], "back");
  });

  await test("a question mark lists the keys, and focus returns on closing", { state: "conversation" }, async (page) => {
    await page.focus(".rail__item >> nth=0");
    await page.keyboard.press("?");
    await page.waitForSelector(".dialog .key-list");
    for (let n = 0; n < 4; n += 1) {
      await page.keyboard.press("Tab");
      that(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement.closest(".dialog")), "focus stays in the dialog");
    }
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector(".dialog"));
    that((await active(page)).includes("rail__item"), "focus is where it was");
  });

  await test("a question mark in the composer is only that", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".composer__input");
    await until(page, () => document.activeElement.classList.contains("composer__input"));
    await page.keyboard.type("Why?");
    equal(await page.inputValue(".composer__input"), "Why?", "text");
    equal(await page.locator(".dialog").count(), 0, "dialogs");
  });

  await test("messages are walked with the arrows and have one label each", { state: "conversation", room: "1" }, async (page) => {
    await page.focus(".message-list__viewport");
    await page.keyboard.press("ArrowUp");
    equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Ana Ribeiro: Should I still come on Thursday? 14:32", "label");
    for (let n = 0; n < 2; n += 1) await page.keyboard.press("ArrowUp");
    const label = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    that(label.startsWith("You: These look better") && label.endsWith("edited, 14:30, Read"), label);
  });

  await test("rows are walked with the arrows", { state: "conversation" }, async (page) => {
    await page.focus(".room-row >> nth=0");
    await page.keyboard.press("ArrowDown");
    that((await page.evaluate(() => document.activeElement.textContent)).includes("Ben Okafor"), "second row");
  });

  await test("the list is resized by keyboard within its limits", { state: "conversation" }, async (page) => {
    await page.focus(".resize-handle");
    for (let width = 336, n = 0; n < 6; n += 1) {
      await page.keyboard.press("ArrowRight");
      await until(page, (before) => Number(document.querySelector(".resize-handle").getAttribute("aria-valuenow")) > before || before === 360, width);
      width = Number(await page.getAttribute(".resize-handle", "aria-valuenow"));
    }
    await until(page, () => document.querySelector(".conversations").offsetWidth === 360);
    equal(await page.getAttribute(".resize-handle", "aria-valuenow"), "360", "value");
  });
};
