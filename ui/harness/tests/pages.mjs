// The pages before and beside the conversation.
import { asked, equal, text, that, until } from "./check.mjs";

const sign_in = async (page) => {
  await page.fill("#password", "correct horse battery");
  await page.click(".button--primary");
};

export const pages = async ({ test }) => {
  await test("an incomplete sign-in names the missing field and asks the engine nothing", { state: "sign-in" }, async (page) => {
    await page.fill("#server", "chat.clinic.example");
    await page.click(".button--primary");
    equal(await text(page, "#username-note"), "Please fill this in.", "note");
    equal(await page.evaluate(() => document.activeElement.id), "username", "focus");
    equal(await asked(page, "sign_in"), [], "requests");
  });

  await test("a refused sign-in says what happened and what to do", { state: "sign-in-ended" }, async (page) => {
    equal(await page.evaluate(() => document.activeElement.id), "password", "the focus is on what is missing");
    await sign_in(page);
    await page.waitForSelector(".alert--error");
    that((await text(page, ".alert--error")).includes("User name or password is wrong."), "the error is explained");
    equal((await asked(page, "sign_in"))[0].server, "https://chat.clinic.example", "server");
  });

  for (const error of ["too_many_attempts", "invalid_server", "unreachable", "not_bedside", "certificate", "incompatible", "other_account", "administrator_account", "disk", "cache_newer"]) {
    await test(`sign-in explains ${error}`, { state: "sign-in-ended", error }, async (page) => {
      await sign_in(page);
      await page.waitForSelector(".alert--error");
      that(!/error-|[{}]/.test(await text(page, ".alert--error")), "in words");
    });
  }

  await test("where there is no keychain sign-in asks for a passphrase", { state: "sign-in-ended", error: "passphrase_needed" }, async (page) => {
    equal(await page.locator("#passphrase").count(), 0, "fields before");
    await sign_in(page);
    await page.fill("#passphrase", "four plain words here");
    await page.fill("#passphrase-repeated", "four plain word here");
    await page.click(".button--primary");
    equal(await text(page, "#passphrase-repeated-note"), "This is not the same passphrase.", "a slip is found");
    equal((await asked(page, "sign_in")).length, 1, "and nothing made with it");
    await page.fill("#passphrase-repeated", "four plain words here");
    await page.click(".button--primary");
    await until(page, () => window.fake.asked.filter((one) => one.request === "sign_in").length === 2);
    equal((await asked(page, "sign_in"))[1].passphrase, "four plain words here", "passphrase");
  });

  await test("two presses of Sign in are one attempt", { state: "sign-in-ended" }, async (page) => {
    await page.evaluate(() => { window.fake.held = []; });
    await sign_in(page);
    await page.press("#password", "Enter");
    equal((await asked(page, "sign_in")).length, 1, "attempts");
  });

  await test("a password can be shown", { state: "sign-in" }, async (page) => {
    await page.click("[aria-label='Show password']");
    equal(await page.getAttribute("#password", "type"), "text", "type");
  });

  await test("a wrong passphrase does not unlock and says so", { state: "locked" }, async (page) => {
    await page.fill("#passphrase", "wrong");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".alert--error");
  });

  for (const state of ["broken", "broken-newer", "broken-key-lost", "broken-keychain", "broken-in-use", "broken-disk"]) {
    const fresh = ["broken", "broken-key-lost", "broken-keychain"].includes(state);
    await test(`${state} can be tried again${fresh ? " and begun anew" : ""}`, { state }, async (page) => {
      await page.click(".button--primary");
      await page.waitForSelector("[role=status] >> text=still does not open");
      equal((await asked(page, "reopen")).length, 1, "tries");
      equal(await page.locator(".button--link").count(), fresh ? 1 : 0, "offers of a fresh start");
    });
  }

  for (const state of ["broken-key-lost", "locked"]) {
    await test(`${state}: a fresh start says what is lost, and only then begins`, { state }, async (page) => {
      await page.click(".button--link");
      that((await text(page, ".dialog")).includes("not sent yet"), "what is lost");
      equal(await asked(page, "start_anew"), [], "not yet");
      await page.evaluate(() => {
        const { scene } = window.fake;
        const before = scene.answer;
        scene.answer = (one, ...rest) => {
          if (one.request !== "start_anew") return before(one, ...rest);
          scene.session.state = { state: "signed_out", ended_by_server: false };
          window.fake.changed("session");
          return null;
        };
      });
      await page.click(".dialog .button--danger");
      await page.waitForSelector(".sign-in-form");
    });
  }

  await test("searching narrows the list as one types and Escape ends it", { state: "conversation" }, async (page) => {
    await page.fill(".search-field__input", "Ben");
    await until(page, () => document.querySelectorAll(".room-row").length === 1);
    await page.press(".search-field__input", "Escape");
    await until(page, () => document.querySelectorAll(".room-row").length > 5);
    await page.fill(".search-field__input", "Nobody");
    await page.waitForSelector(".empty-state >> text=Nothing found");
  });

  await test("the filters count and filter", { state: "conversation" }, async (page) => {
    await page.click(".chip >> text=Unread");
    await until(page, () => document.querySelectorAll(".room-row").length === 2);
    equal(await page.getAttribute(".chip--on", "aria-pressed"), "true", "pressed");
  });

  await test("a new conversation opens with somebody linked", { state: "conversation" }, async (page) => {
    await page.click("[aria-label='New conversation']");
    await page.fill(".dialog .search-field__input", "nystrom");
    await page.click(".person-row");
    await page.waitForSelector(".conversation-header__name >> text=Zoe Lindqvist");
    equal((await asked(page, "open_room"))[0].account_id, "30", "who");
    equal(await page.locator(".dialog").count(), 0, "dialogs");
  });

  await test("settings take effect and are kept", { state: "conversation" }, async (page) => {
    await page.click(".rail__item >> text=Settings");
    await page.click(".segmented__input >> nth=2");
    await until(page, () => document.documentElement.dataset.theme === "dark");
    await page.selectOption("#language", "ar");
    await until(page, () => document.documentElement.dir === "rtl" && document.documentElement.lang === "ar");
    await page.selectOption("#language", "de");
    await page.waitForSelector("h1 >> text=Einstellungen");
    await page.click("#enter-sends");
    await until(page, () => document.querySelector("#enter-sends").getAttribute("aria-checked") === "false");
    await page.locator("#text-size").fill("150");
    await until(page, () => document.documentElement.style.fontSize === "150%");
  });

  await test("signing out with unsent messages says what would be lost", { state: "conversation" }, async (page) => {
    await page.click(".rail__item >> text=Settings");
    await page.click(".account .button");
    await page.click(".button--danger");
    await page.waitForSelector(".alert--error >> text=3 messages and changes have not been sent");
    await page.click(".button--danger");
    equal((await asked(page, "sign_out")).map((one) => one.discard_unsent), [false, true], "asked twice");
  });

  await test("signed out elsewhere: reading goes on and the bar leads to sign-in", { state: "signed-out", room: "1" }, async (page) => {
    await page.waitForSelector(".message-bubble");
    await page.click(".connection-bar .button");
    await page.waitForSelector(".dialog #password");
    equal(await page.inputValue("#username"), "elena.duarte", "remembered");
  });
};
