// Nothing is cut off or overlaps, at any size, in any language.
import { drawn, that, equal, until } from "./check.mjs";

const SIZES = [[1360, 860], [900, 700], [680, 500], [500, 800], [360, 640]];
const STATES = [
  { state: "sign-in" }, { state: "sign-in-passphrase" }, { state: "broken" }, { state: "broken-key-lost", lang: "de", size: "150" }, { state: "conversation" }, { state: "problems", room: "1" },
  { state: "offline", room: "1" }, { state: "first-run" }, { state: "rtl", lang: "ar", room: "1" }, { state: "offline", lang: "de", room: "1" },
  { state: "conversation", room: "1", size: "150" }, { state: "problems", room: "1", size: "150", lang: "de" },
];

/** Elements that reach out of the window, or whose words are cut without an ellipsis. */
const overflowing = () => {
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (!box.width || style.visibility === "hidden" || element.tagName === "BDI" || element.closest(".visually-hidden, .skip-link, .resize-handle, svg")) continue;
    // The filters are a line that scrolls: each of them has to fit, not all of them.
    const line = element.closest(".filter-chips");
    if (line) {
      if (box.width > line.getBoundingClientRect().width) found.push(`${element.className} is wider than its line`);
      continue;
    }
    const region = element.closest(".conversations, .conversation, .home-card, .home, .details-panel, .rail, .gate__card")?.getBoundingClientRect();
    const reached = region && !element.matches(".details-panel__close") && (box.left < region.left - 1 || box.right > region.right + 1);
    if (reached && style.position !== "absolute") found.push(`${element.className} reaches out of its region`);
    if (box.left < -1 || box.right > innerWidth + 1) found.push(`${element.className} reaches ${box.left}..${box.right}`);
    const cut = element.scrollWidth > element.clientWidth + 1 && style.overflowX !== "visible" && style.textOverflow !== "ellipsis" && element.clientWidth;
    if (cut) found.push(`${element.className} is ${element.scrollWidth} wide in ${element.clientWidth}`);
  }
  return found.slice(0, 4);
};

export const layout = async ({ test }) => {
  for (const query of STATES) {
    await test(`${Object.values(query).join(" ")} is not cut off at any size`, query, async (page) => {
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        if (query.room) await page.waitForSelector(".message-bubble");
        await drawn(page);
        const found = await page.evaluate(overflowing);
        that(found.length === 0, `at ${width}×${height}: ${found.join("; ")}`);
      }
    });
  }

  for (const query of [{ state: "home-full", parked: "2" }, { state: "offline", as: "patient" }, { state: "home-full", lang: "ar" }, { state: "home-full", lang: "de", size: "150" }, { state: "first-run" }]) {
    await test(`the home page ${Object.values(query).join(" ")} is not cut off at any size`, query, async (page) => {
      await page.keyboard.press("Control+1");
      await page.waitForSelector(".home .home-card, .home .empty-state");
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await drawn(page);
        const found = await page.evaluate(overflowing);
        that(found.length === 0, `at ${width}×${height}: ${found.join("; ")}`);
      }
    });
  }

  await test("what is cut is cut at its own end, whatever the language around it", { state: "rtl", lang: "ar", room: "1" }, async (page) => {
    const hidden = await page.evaluate(() => [...document.querySelectorAll(".room-row .cut")]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .filter((one) => {
        const first = document.createRange();
        first.setStart(one.firstChild, 0);
        first.setEnd(one.firstChild, 1);
        const [sign, box] = [first.getBoundingClientRect(), one.getBoundingClientRect()];
        return sign.left < box.left - 1 || sign.right > box.right + 1;
      }).map((one) => one.textContent));
    equal(hidden, [], "without their first letter");
    that(await page.locator(".room-row .cut").evaluateAll((all) => all.some((one) => one.scrollWidth > one.clientWidth)), "some are cut");
  });

  await test("one column at a time below 760, with a way back", { state: "conversation" }, async (page) => {
    await page.click(".room-row >> nth=0");
    await page.waitForSelector(".message-bubble");
    that(!(await page.isVisible(".conversations")), "the list is away");
    await page.click(".conversation-header__back");
    await until(page, () => document.querySelector(".conversations").offsetWidth > 300);
    that(await page.isVisible(".rail__item >> nth=3"), "and settings can be reached");
  }, { width: 500, height: 800 });

  await test("every target is at least 24 pixels", { state: "problems", room: "1" }, async (page) => {
    await page.waitForSelector(".message-problem");
    const small = await page.evaluate(() => [...document.querySelectorAll("button, input, textarea, select")]
      .filter((one) => one.offsetWidth && !one.closest(".message-text, .skip-link") && !one.classList.contains("skip-link"))
      .filter((one) => one.offsetWidth < 24 || one.offsetHeight < 24).map((one) => one.className));
    equal(small, [], "small targets");
  });
};
