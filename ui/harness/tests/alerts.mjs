// Alerts: listed, marked, opened; and how one is reached outside the app.
import { asked, equal, that, text, until } from "./check.mjs";

const ALERTS = ".rail__item >> nth=2";
const titles = (page) => page.$$eval(".alert-row__title", (all) => all.map((one) => one.textContent));
const badge = (page) => page.locator(ALERTS).locator(".badge").allInnerTexts();
const settings = async (page) => { await page.keyboard.press("Control+,"); await page.waitForSelector("#settings-outreach"); };
const changes = async (page) => (await asked(page, "change_contact")).map((one) => one.change);

export const alerts = async ({ test }) => {
  await test("alerts are counted on the rail, listed with their time, and filtered", { state: "alerts" }, async (page) => {
    await until(page, () => document.querySelectorAll(".rail__item")[2].querySelector(".badge"));
    equal(await badge(page), ["2"], "badge");
    that((await page.locator(ALERTS).innerText()).includes("2 unread alerts"), "and said");
    await page.click(ALERTS);
    await page.waitForSelector(".alert-row");
    equal(await titles(page), ["Urgent message", "Rota for December", "New message"], "all");
    that((await text(page, ".alert-row__time")).length > 0, "with a time");
    await page.click(".alerts .segmented__choice >> nth=1");
    equal(await titles(page), ["Urgent message", "Rota for December"], "unread");
    await page.click(".alerts .segmented__choice >> nth=2");
    equal(await titles(page), ["Urgent message"], "urgent");
  });

  await test("an alert about a message opens its conversation and is read by that", { state: "alerts" }, async (page) => {
    await page.click(ALERTS);
    await page.click("[data-alert='9']");
    await page.waitForSelector(".conversation-header");
    equal((await asked(page, "read_alerts")).map((one) => one.id), ["9"], "marked");
    equal(await badge(page), ["1"], "counted anew");
  });

  await test("an alert of the platform hands its link to the shell", { state: "alerts" }, async (page) => {
    await page.click(ALERTS);
    await page.click("[data-alert='8']");
    await until(page, () => window.fake.asked.some((one) => one.request === "open_external"));
    equal((await asked(page, "open_external")).map((one) => one.url), ["https://portal.example.org/rota/"], "the link");
  });

  await test("all alerts are marked as read at once", { state: "alerts" }, async (page) => {
    await page.click(ALERTS);
    await page.click(".alerts__head .button");
    await until(page, () => !document.querySelector(".alert-row--unread"));
    equal((await asked(page, "read_alerts")).map((one) => one.up_to), ["9"], "up to the newest");
    equal([await badge(page), await page.locator(".alerts__head .button").count()], [[], 0], "nothing is left to mark");
  });

  await test("alerts say when they cannot be asked for", { state: "offline" }, async (page) => {
    await page.click(ALERTS);
    await page.waitForSelector(".alerts .empty-state");
    that((await text(page, ".alerts .empty-state")).includes("cannot be shown now"), "said");
  });

  await test("an address is given, confirmed by its code, stopped and removed", { state: "conversation" }, async (page) => {
    await settings(page);
    await page.fill("#contact-email", " elena@example.org ");
    await page.press("#contact-email", "Enter");
    await page.waitForSelector("form.contact [role=status]");
    that((await text(page, "form.contact [role=status]")).includes("elena@example.org"), "where the code went");
    await page.fill("#contact-email", "000000");
    await page.press("#contact-email", "Enter");
    await page.waitForSelector(".alert--error");
    await page.fill("#contact-email", "123456");
    await page.press("#contact-email", "Enter");
    await page.waitForSelector("#contact-email[aria-checked=true]");
    await page.click("#contact-email");
    await page.waitForSelector("#contact-email[aria-checked=false]");
    await page.click(".contact__deeds .button >> text=Remove");
    await page.waitForSelector("input#contact-email");
    equal((await changes(page)).map((one) => one.action), ["add", "confirm", "confirm", "stop", "remove"], "asked for");
    equal((await changes(page))[0], { action: "add", channel: "email", address: "elena@example.org" }, "trimmed");
  });

  await test("delays, quiet hours and reminders are kept by the server", { state: "reached" }, async (page) => {
    await settings(page);
    await page.waitForSelector("#email-after");
    await page.selectOption("#email-after", "30");
    await page.selectOption("#reminder", "15");
    await page.click("#quiet");
    await page.waitForSelector("#quiet-from");
    await page.fill("#quiet-to", "06:30");
    await until(page, () => window.fake.asked.filter((one) => one.request === "save_outreach").length === 4);
    const kept = (await asked(page, "save_outreach")).at(-1).wishes;
    equal(kept, { email_after: 30, sms_after: 5, sms_for: "urgent", quiet: { from: 1320, to: 390 }, reminder: 15 }, "all of it");
  });

  await test("a clinic that sends nothing says so", { state: "no-outreach" }, async (page) => {
    await settings(page);
    await until(page, () => document.querySelector("[aria-labelledby=settings-outreach]").innerText.includes("does not send"));
    equal(await page.locator("#contact-email").count(), 0, "no field that leads nowhere");
  });
};
