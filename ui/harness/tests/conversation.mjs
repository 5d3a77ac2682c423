// Reading and writing.
import { asked, drawn, equal, text, that, until } from "./check.mjs";

const first = (page) => page.evaluate(() => {
  const top = document.querySelector(".message-list__viewport").getBoundingClientRect().top;
  const item = [...document.querySelectorAll("[data-key]")].find((one) => one.getBoundingClientRect().bottom > top);
  return { key: item.dataset.key, seq: Number(item.dataset.seq), offset: item.getBoundingClientRect().top - top };
});
const scroll = (page, by) => page.evaluate((by) => { document.querySelector(".message-list__viewport").scrollTop += by; }, by);
const at_end = () => {
  const view = document.querySelector(".message-list__viewport");
  return view.scrollHeight - view.clientHeight - view.scrollTop < 2;
};
/** Every request has been answered and every answer taken in. */
const settled = async () => { while (window.fake.busy) await new Promise((done) => setTimeout(done, 0)); };
const count = (page, selector) => page.locator(selector).count();

export const conversation = async ({ test }) => {
  await test("the box is cleared only once the message is stored", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => { window.fake.held = []; });
    await page.fill(".composer__input", "Yes, at 10:30.");
    await page.press(".composer__input", "Enter");
    await until(page, () => window.fake.asked.some((one) => one.request === "send"));
    await page.press(".composer__input", "Enter");
    equal(await page.inputValue(".composer__input"), "Yes, at 10:30.", "while the answer is due");
    await page.evaluate(() => window.fake.release());
    await until(page, () => document.querySelector(".composer__input").value === "");
    equal((await asked(page, "send")).map((one) => one.text), ["Yes, at 10:30."], "sent once");
    await page.waitForSelector(".message-bubble--own >> text=Yes, at 10:30.");
  });

  await test("a message that cannot be stored stays in the box with the reason", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => { window.fake.scene.answer = (one) => (one.request === "send" ? { error: "disk" } : null); });
    await page.fill(".composer__input", "Keep me");
    await page.click(".send-button");
    await page.waitForSelector(".composer .alert--error");
    equal(await page.inputValue(".composer__input"), "Keep me", "text");
  });

  await test("what is typed while the answer is due stays", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => { window.fake.held = []; });
    await page.fill(".composer__input", "One.");
    await page.press(".composer__input", "Enter");
    await page.type(".composer__input", " Two.");
    await page.evaluate(() => window.fake.release());
    await until(page, () => document.querySelector(".composer__input").value === "Two.");
  });

  await test("what is sent while the answer is due goes next, and what is typed after it stays", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => { window.fake.held = []; });
    await page.fill(".composer__input", "One.");
    await page.press(".composer__input", "Enter");
    await page.type(".composer__input", "Two.");
    await page.press(".composer__input", "Enter");
    await page.type(".composer__input", " Thr");
    await page.evaluate(() => window.fake.release());
    await until(page, () => document.querySelector(".composer__input").value === "Thr");
    equal((await asked(page, "send")).map((one) => one.text), ["One.", "Two."], "sent");
  });

  await test("what is typed while a text is looked through is not part of it", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => {
      const input = document.querySelector(".composer__input");
      const type = (words) => { input.value += words; input.dispatchEvent(new InputEvent("input", { bubbles: true })); };
      const enter = () => input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      // Faster than any answer.
      type("Hello."); enter(); type("How"); type(" are you?"); enter(); type(" I");
    });
    await until(page, () => document.querySelector(".composer__input").value === "I");
    equal((await asked(page, "send")).map((one) => one.text), ["Hello.", "How are you?"], "sent");
    equal((await asked(page, "check_message")).map((one) => one.text), ["Hello.", "How are you?"], "looked through");
  });

  await test("Shift+Enter breaks, and Enter of an input method sends nothing", { state: "conversation", room: "1" }, async (page) => {
    await page.fill(".composer__input", "a");
    await page.press(".composer__input", "Shift+Enter");
    await page.evaluate(() => document.querySelector(".composer__input").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })));
    equal(await page.inputValue(".composer__input"), "a\n", "text");
    equal(await asked(page, "send"), [], "sent");
  });

  await test("the composer grows to eight lines and no further", { state: "conversation", room: "1" }, async (page) => {
    const height = () => page.evaluate(() => document.querySelector(".composer__box").offsetHeight);
    await page.waitForSelector(".composer__box");
    const one = await height();
    await page.fill(".composer__input", Array(5).fill("line").join("\n"));
    that((await height()) >= one + 4 * 20, "five lines");
    await page.fill(".composer__input", Array(30).fill("line").join("\n"));
    equal(await height(), one + 7 * 20, "eight lines");
    await until(page, at_end, null, "the conversation stays at its end while the box grows");
  });

  await test("a scroll event on its way while the box grows does not cost the end", { state: "conversation", room: "1" }, async (page) => {
    await until(page, at_end, null, "the conversation opens at its end");
    await page.evaluate(() => new Promise((done) => {
      const box = document.querySelector(".composer__input");
      box.value = Array(30).fill("line").join("\n");
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      // Drawn by then, and before the browser tells observers of a size.
      requestAnimationFrame(() => { document.querySelector(".message-list__viewport").dispatchEvent(new Event("scroll")); done(); });
    }));
    await drawn(page);
    that(await page.evaluate(at_end), "at the end");
  });

  await test("a draft is kept while one writes, and on leaving", { state: "conversation", room: "1" }, async (page) => {
    await page.type(".composer__input", "Dear Ana");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_draft"));
    await page.type(".composer__input", ", hello");
    await page.click(".room-row >> nth=1");
    await until(page, () => window.fake.asked.some((one) => one.request === "save_draft" && one.text === "Dear Ana, hello" && one.room_id === "1"));
    await page.click(".room-row >> nth=0");
    await until(page, () => document.querySelector(".composer__input")?.value === "Dear Ana, hello");
  });

  await test("near the limit characters are counted, and beyond it nothing is sent", { state: "conversation", room: "1" }, async (page) => {
    await page.fill(".composer__input", "x".repeat(7990));
    equal(await text(page, ".composer__count"), "10 characters left", "left");
    await page.fill(".composer__input", "x".repeat(8001));
    equal(await text(page, ".composer__count"), "1 character too many", "over");
    await page.press(".composer__input", "Enter");
    equal(await asked(page, "send"), [], "sent");
  });

  await test("a patch on a revision nobody holds is answered by subscribing anew", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble");
    const before = await page.evaluate(() => window.fake.subscribed);
    await page.evaluate(() => window.fake.breakRevision("rooms"));
    await until(page, (before) => window.fake.subscribed > before, before);
    that((await count(page, ".room-row")) > 5, "and the list stays meanwhile");
  });

  await test("a new message is shown, announced once, and the end is kept", { state: "conversation", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble");
    await page.evaluate(() => {
      const { scene } = window.fake;
      scene.add(scene.message(9, new Date().toISOString(), "One more thing."));
      window.fake.changed("timeline");
    });
    await page.waitForSelector("[data-key='m:9']");
    equal(await page.locator("[role=log] p").allInnerTexts(), ["Ana Ribeiro: One more thing."], "announced");
    await until(page, at_end);
    await page.evaluate(() => window.fake.changed("timeline"));
    await drawn(page);
    equal(await count(page, "[role=log] p"), 0, "and not again");
  });

  await test("it opens at the first unread message", { state: "long", room: "1", unread: "99000" }, async (page) => {
    await page.waitForSelector(".new-line");
    await drawn(page);
    const place = await page.evaluate(() => {
      const view = document.querySelector(".message-list__viewport").getBoundingClientRect();
      return (document.querySelector(".new-line").getBoundingClientRect().top - view.top) / view.height;
    });
    that(place > 0.1 && place < 0.4, `the line is a quarter down, not at ${place}`);
    equal(await text(page, ".new-line"), "1001 new messages", "line");
    await page.click(".jump-button");
    await until(page, at_end);
    await page.waitForSelector("[data-key='m:100000']");
  });

  await test("a conversation of 100,000 messages never fills the document", { state: "long", room: "1" }, async (page) => {
    await page.waitForSelector("[data-key='m:100000']");
    let most = 0;
    for (let step = 0; step < 60; step += 1) {
      await scroll(page, -700);
      await drawn(page);
      most = Math.max(most, await page.evaluate(() => document.querySelectorAll("*").length));
    }
    const { seq } = await first(page);
    that(seq < 99700, `the window slid up to ${seq}`);
    that(most < 4500, `at most ${most} nodes`);
    for (let step = 0; step < 70; step += 1) { await scroll(page, 900); await drawn(page); }
    await until(page, () => !!document.querySelector("[data-key='m:100000']"));
    await until(page, at_end);
  });

  await test("nothing moves while older messages load above", { state: "long", room: "1" }, async (page) => {
    await page.waitForSelector("[data-key='m:100000']");
    for (let step = 0; step < 25; step += 1) {
      await scroll(page, -400);
      const before = await first(page);
      await page.evaluate(settled);
      await drawn(page);
      const offset = await page.evaluate((key) => {
        const top = document.querySelector(".message-list__viewport").getBoundingClientRect().top;
        return document.querySelector(`[data-key='${key}']`).getBoundingClientRect().top - top;
      }, before.key);
      that(Math.abs(offset - before.offset) <= 1, `${before.key} moved by ${offset - before.offset} in step ${step}`);
    }
  });

  await test("reading above, a new message moves nothing and is counted", { state: "long", room: "1" }, async (page) => {
    await page.waitForSelector("[data-key='m:100000']");
    await scroll(page, -1200);
    await drawn(page);
    const before = await first(page);
    await page.evaluate(() => {
      const { scene } = window.fake;
      scene.room.unread = 1;
      scene.add(scene.message(100001, new Date().toISOString(), "new below"));
      window.fake.changed("timeline");
    });
    await page.waitForSelector(".jump-button .badge");
    const after = await first(page);
    equal(after.key, before.key, "first on screen");
    that(Math.abs(after.offset - before.offset) <= 1, "and where it was");
  });

  await test("the thumb leads anywhere in the conversation", { state: "long", room: "1" }, async (page) => {
    await page.waitForSelector("[data-key='m:100000']");
    await page.hover(".message-list");
    const thumb = await page.locator(".message-list__thumb").boundingBox();
    const track = await page.locator(".message-list__track").boundingBox();
    await page.mouse.move(thumb.x + 4, thumb.y + 5);
    await page.mouse.down();
    await page.mouse.move(thumb.x + 4, track.y + track.height / 2, { steps: 4 });
    await until(page, () => Math.abs(Number(document.querySelectorAll("[data-seq]")[0].dataset.seq) - 50000) < 5000);
    await page.mouse.move(thumb.x + 4, track.y - 20, { steps: 4 });
    await page.waitForSelector("[data-key='m:1']");
    await page.mouse.up();
    that((await page.evaluate(() => document.querySelectorAll("*").length)) < 4500, "and the document stays small");
  });

  await test("what is displayed is told, and that it is no longer", { state: "conversation", room: "1" }, async (page) => {
    await until(page, () => window.fake.asked.some((one) => one.request === "in_view" && one.room_id === "1" && one.displayed === "8" && one.focused));
    await page.keyboard.press("Escape");
    await until(page, () => { const last = window.fake.asked.filter((one) => one.request === "in_view").at(-1); return last.room_id === null && last.displayed === null; });
  });

  await test("a change of one message draws one message", { state: "long", room: "1" }, async (page) => {
    await page.waitForSelector("[data-key='m:100000']");
    await page.evaluate(() => {
      window.touched = new Set();
      const watch = new MutationObserver((all) => all.forEach(({ target }) => {
        const item = (target.nodeType === 1 ? target : target.parentElement).closest("[data-key]");
        if (item) window.touched.add(item.dataset.key);
      }));
      watch.observe(document.querySelector(".message-list__viewport"), { childList: true, characterData: true, attributes: true, subtree: true });
      const { scene } = window.fake;
      scene.add(scene.mine(100001, new Date().toISOString(), "one more", "sent"));
      window.fake.changed("timeline");
    });
    await page.waitForSelector("[data-key='m:100001']");
    await drawn(page);
    equal(await page.evaluate(() => [...window.touched].filter((key) => key !== "m:100001")), [], "others touched");
  });

  await test("a failed message offers Retry and Delete, a stale one Send now", { state: "problems", room: "1" }, async (page) => {
    await page.click(".message-problem >> text=Retry");
    await page.click(".message-problem >> text=Send now");
    await page.click(".message-problem >> nth=0 >> text=Delete");
    equal((await asked(page, "retry")).map((one) => one.client_id.at(-1)), ["2", "3"], "retried");
    equal((await asked(page, "discard")).map((one) => one.client_id.at(-1)), ["2"], "discarded");
    that((await text(page, "[data-key^='c:'] >> nth=2")).includes("has NOT received this"), "stale is said plainly");
  });

  await test("a link is handed to the shell, which asks once at a time", { state: "conversation", room: "1" }, async (page) => {
    await page.evaluate(() => { window.fake.scene.holdLinks = new Promise(() => {}); });
    await page.dblclick(".message-text__link");
    equal((await asked(page, "open_external")).map((one) => one.url), ["https://diary.example.org/ana/week-46"], "asked");
    equal(await page.locator(".dialog").count(), 0, "dialogs of the page");
  });

  await test("a closed conversation says why there is no composer", { state: "closed", room: "1" }, async (page) => {
    await page.waitForSelector(".composer--closed >> text=no longer linked");
    equal(await count(page, ".composer__input"), 0, "boxes");
  });
};
