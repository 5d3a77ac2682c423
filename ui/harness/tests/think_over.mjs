// What is noticed in a text before it goes, by keyboard: thought over once, never blocked, never lost.
import { asked, equal, text, that, until } from "./check.mjs";

const box = ".composer__input";
const write = async (page, words) => {
  await page.waitForSelector(box);
  await page.fill(box, words);
  await page.press(box, "Enter");
  await page.waitForSelector(".dialog");
};
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());
const closed = (page) => until(page, () => !document.querySelector(".dialog"));
const sent = async (page) => (await asked(page, "send")).map((one) => one.text);

export const thinkOver = async ({ test }) => {
  await test("another patient's name is asked about, and going back keeps the text", { state: "conversation", room: "1" }, async (page) => {
    await write(page, "As I told Ben Okafor, twice a day.");
    const said = await text(page, ".dialog");
    that(said.includes("This mentions Ben Okafor.") && said.includes("You are writing to Ana Ribeiro."), said);
    that(said.includes("name, date of birth"), "what matched");
    equal(await focused(page), "Go back", "the focus");
    await page.keyboard.press("Enter");
    await closed(page);
    equal([await page.inputValue(box), await sent(page)], ["As I told Ben Okafor, twice a day.", []], "the text, and nothing sent");
    equal(await page.evaluate(() => document.activeElement.matches(".composer__input")), true, "one writes on");
  });

  await test("it goes when its author wants it to, and is not asked about again", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => {
      const { scene } = window.fake;
      const before = scene.answer;
      scene.answer = (one, ...rest) => (one.request === "send" && !window.tried ? ((window.tried = true), { error: "disk" }) : before(one, ...rest));
    });
    await write(page, "Tell Ben Okafor.");
    await page.keyboard.press("Tab");
    equal(await focused(page), "Send anyway", "the second button");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".composer .alert--error");
    await page.press(box, "Enter");
    await until(page, () => document.querySelector(".composer__input").value === "");
    equal(await sent(page), ["Tell Ben Okafor.", "Tell Ben Okafor."], "sent, and once more without asking");
    equal((await asked(page, "check_message")).length, 1, "looked through once");
  });

  await test("an edit is looked through as well", { state: "changes", room: "1" }, async (page) => {
    await page.waitForSelector(box);
    await page.press(box, "ArrowUp");
    await page.waitForSelector(".composer__editing");
    await page.fill(box, "See Ben Okafor then.");
    await page.press(box, "Enter");
    await page.waitForSelector(".dialog");
    await page.keyboard.press("Escape");
    await closed(page);
    equal([(await asked(page, "edit_message")).length, await page.inputValue(box)], [0, "See Ben Okafor then."], "still being edited");
    await page.press(box, "Enter");
    await page.waitForSelector(".dialog");
    await page.click(".dialog >> text=Save anyway");
    await closed(page);
    await until(page, () => window.fake.asked.some((one) => one.request === "edit_message"));
  });

  await test("an emergency shows whom to call and when somebody is there", { state: "conversation", room: "1" }, async (page) => {
    await write(page, "I have chest pain and cannot breathe");
    const said = await text(page, ".dialog");
    for (const words of ["Could this be an emergency?", "pain or pressure in the chest, trouble breathing", "08:00–12:00", "14:00–18:00", "Messages are not watched around the clock."]) that(said.includes(words), words);
    equal(await focused(page), "Call 112", "the focus");
    await page.keyboard.press("Enter");
    await until(page, () => window.fake.asked.some((one) => one.request === "open_external"));
    equal((await asked(page, "open_external")).map((one) => one.url), ["tel:112"], "called");
    equal(await page.locator(".dialog").count(), 1, "the question stays");
    await page.click(".dialog >> text=Send anyway");
    await closed(page);
    await until(page, () => document.querySelector(".composer__input").value === "");
    equal(await sent(page), ["I have chest pain and cannot breathe"], "as it was written");
  });

  await test("whoever writes of suicide is spoken to with care", { state: "conversation", room: "1" }, async (page) => {
    await write(page, "There is no reason to live");
    const said = await text(page, ".dialog");
    that(said.includes("You are not alone with this") && said.includes("You can call 112 at any hour."), said);
    await page.keyboard.press("Escape");
    await closed(page);
    equal(await page.inputValue(box), "There is no reason to live", "kept");
  });
};
